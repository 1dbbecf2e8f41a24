// SPDX-License-Identifier: Apache-2.0
#include "store/sets/file_entry.h"

#include "system/files/digest.h"

namespace backstep {

FileEntry entry_of(const std::string& path, const FileStatus& status) {
  FileEntry entry;
  entry.path = path;
  entry.size = status.size;
  entry.mode = status.mode & 0777;
  entry.owner = status.owner();
  entry.mtime_ns = status.mtime_ns;
  return entry;
}

FileEntry absent_entry(const std::string& path) {
  FileEntry entry;
  entry.path = path;
  entry.absent = true;
  return entry;
}

FileEntry unstored_entry(const std::string& path) {
  FileEntry entry = absent_entry(path);
  entry.unstored = true;
  return entry;
}

bool same_version(const FileEntry& a, const FileEntry& b) {
  if (a.absent || b.absent) return a.absent == b.absent;
  return a.sha256 == b.sha256 && a.executable() == b.executable();
}

bool same_state(const FileEntry& a, const FileEntry& b, bool compare_owner) {
  if (a.absent || b.absent) return a.absent == b.absent;
  if (a.sha256 != b.sha256 || a.mode != b.mode) return false;
  if (!compare_owner) return true;
  const bool same_capability = a.capability == b.capability || !may_change_owner();
  return same_capability && !could_give(a.owner, b.owner);
}

std::string set_digest(std::span<const FileEntry> files) {
  Sha256 sum;
  std::string line;
  for (const FileEntry& file : files) {
    if (!file.has_content()) continue;
    line = file.path;
    line += '\0';
    line += file.executable() ? 'x' : '-';
    line += '\0';
    line += file.sha256;
    line += '\n';
    sum.update(line);
  }
  return sum.hex();
}

std::string service_digest(const FileEntry& entrypoint) {
  FileEntry alone = entrypoint;
  alone.path = "service:" + alone.path;
  return set_digest({&alone, 1});
}

const FileEntry* find_present(std::span<const FileEntry> files, std::string_view path) {
  const FileEntry* found = find_entry(files, path);
  return found == nullptr || found->absent ? nullptr : found;
}

bool is_unstored(std::span<const FileEntry> files, std::string_view path) {
  return holds_on_the_way(files, path, &FileEntry::unstored);
}

bool is_unseen(std::span<const FileEntry> files, std::string_view path) {
  return holds_on_the_way(files, path, &FileEntry::unseen);
}

}  // namespace backstep
