// SPDX-License-Identifier: Apache-2.0
#include "store/file_entry.h"

#include <algorithm>

namespace backstep {
namespace {

constexpr size_t kLongestServiceName = 64;

bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

bool same_version(const FileEntry& a, const FileEntry& b) {
  if (a.absent || b.absent) return a.absent == b.absent;
  return a.sha256 == b.sha256 && a.executable() == b.executable();
}

bool same_state(const FileEntry& a, const FileEntry& b, bool compare_owner) {
  if (a.absent || b.absent) return a.absent == b.absent;
  return a.sha256 == b.sha256 && a.mode == b.mode && (!compare_owner || a.owner == b.owner);
}

void SetDigest::add(const FileEntry& file) {
  if (file.absent) return;
  line_ = file.path;
  line_ += '\0';
  line_ += file.executable() ? 'x' : '-';
  line_ += '\0';
  line_ += file.sha256;
  line_ += '\n';
  sum_.update(line_);
}

std::string set_digest(std::span<const FileEntry> files) {
  SetDigest digest;
  for (const FileEntry& file : files) digest.add(file);
  return digest.hex();
}

std::string service_digest(const FileEntry& entrypoint) {
  FileEntry alone = entrypoint;
  alone.path = "service:" + alone.path;
  return set_digest({&alone, 1});
}

const FileEntry* find_entry(std::span<const FileEntry> files, std::string_view path) {
  const auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const FileEntry& file, std::string_view wanted) { return file.path < wanted; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

bool is_storable_service(std::string_view name, std::string_view entrypoint_file) {
  if (name.empty() || name.size() > kLongestServiceName) return false;
  if (!is_ascii_alphanumeric(name.front())) return false;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return is_ascii_alphanumeric(c) || c == '.' || c == '_' || c == '-';
  });
  return plain && name.find("_" + std::string(entrypoint_file)) == std::string_view::npos;
}

std::string service_of(std::string_view path, std::string_view services_dir,
                       std::string_view entrypoint_file) {
  if (!services_dir.empty()) {
    if (!path.starts_with(services_dir)) return {};
    path.remove_prefix(services_dir.size());
    if (!path.starts_with('/')) return {};
    path.remove_prefix(1);
  }
  if (!path.ends_with(entrypoint_file)) return {};
  path.remove_suffix(entrypoint_file.size());
  if (!path.ends_with('/')) return {};
  path.remove_suffix(1);
  return is_storable_service(path, entrypoint_file) ? std::string(path) : std::string();
}

}  // namespace backstep
