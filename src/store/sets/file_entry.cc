// SPDX-License-Identifier: Apache-2.0
#include "store/sets/file_entry.h"

#include <fmt/core.h>

#include <charconv>
#include <chrono>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "store/sets/manifest.h"

namespace backstep {
namespace {

bool all_digits(std::string_view text, char last) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) { return c >= '0' && c <= last; });
}

bool is_stored_name(std::string_view name) {
  return is_plain_relative_path(name) && !name.starts_with('.') && name != Manifest::kFileName;
}

// Four octal digits: setuid, setgid and sticky have no place in them.
mode_t mode_of(const std::string& text) {
  if (text.size() != 4 || text[0] != '0' || !all_digits(text, '7')) {
    refuse_damaged(fmt::format("mode {} is not in 0000 to 0777", in_quotes(text)));
  }
  return static_cast<mode_t>(std::stoul(text, nullptr, 8));
}

// Text, because a JSON number would lose the nanoseconds in half of all readers. Seconds are
// rounded down, so the fraction counts upwards before 1970 too.
std::string text_of_ns(int64_t ns) {
  const std::chrono::nanoseconds whole(ns);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(whole);
  return fmt::format("{}.{:09}", seconds.count(), (whole - seconds).count());
}

int64_t ns_of_text(const std::string& text) {
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max() / kNsPerSecond - 1;
  const size_t point = text.find('.');
  if (point != std::string::npos && text.size() == point + 10) {
    int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + point, seconds);
    const std::string_view fraction = std::string_view(text).substr(point + 1);
    if (error == std::errc() && end == text.data() + point && seconds >= -kMost && seconds <= kMost &&
        all_digits(fraction, '9')) {
      return seconds * kNsPerSecond + std::stoll(std::string(fraction));
    }
  }
  refuse_damaged(fmt::format("mtime {} is not seconds with nine decimals", in_quotes(text)));
}

template <typename Number>
Number number_in(const Json& line, std::string_view key) {
  const int64_t value = line.number(key);
  if (!std::in_range<Number>(value)) refuse_damaged(fmt::format("{} is {}", key, value));
  return static_cast<Number>(value);
}

void check_encodable(const FileEntry& entry) {
  const auto fail = [&](std::string_view why) {
    throw Error(ExitCode::kBackupFailed, fmt::format("cannot back up {}: {}", in_quotes(entry.path), why));
  };
  if (!is_utf8(entry.path)) fail("its name is not UTF-8");
  if (!is_relative_path(entry.path)) fail("it is not beneath the workspace");
  if (!entry.has_content()) return;
  if (!is_stored_name(entry.stored)) fail(in_quotes(entry.stored) + " cannot be its stored name");
  if (entry.mode > 0777) fail("it is setuid, setgid or sticky");
  if (entry.sha256.empty()) fail("it was not hashed");
}

}  // namespace

FileEntry entry_of(const std::string& path, const FileStatus& status) {
  return {.path = path,
          .size = status.size,
          .mtime_ns = status.mtime_ns,
          .mode = status.mode & 0777,
          .owner = status.owner()};
}

FileEntry absent_entry(const std::string& path) { return {.path = path, .absent = true}; }

FileEntry unstored_entry(const std::string& path) { return {.path = path, .absent = true, .unstored = true}; }

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
    line.assign(file.path) += '\0';
    line += file.executable() ? 'x' : '-';
    line += '\0';
    line.append(file.sha256.hex()) += '\n';
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

bool stays_beneath(std::string_view pattern) {
  while (pattern.starts_with("../")) pattern.remove_prefix(3);
  if (pattern == "..") return true;
  if (pattern.starts_with('/') || pattern.find('\0') != std::string_view::npos) return false;
  const std::vector<std::string> parts = split(pattern, '/');
  return std::ranges::find(parts, "..") == parts.end();
}

Json encode_entry(const FileEntry& entry) {
  check_encodable(entry);
  Json line;
  line.set("path", entry.path);
  if (!entry.has_content()) {
    line.set(entry.unstored || !entry.absent ? "unstored" : "absent", true);
    return line;
  }
  line.set("stored", entry.stored);
  if (entry.in_base) line.set("in_base", true);
  line.set("size", entry.size);
  line.set("mode", fmt::format("{:04o}", entry.mode));
  line.set("uid", entry.owner.uid);
  line.set("gid", entry.owner.gid);
  line.set("mtime", text_of_ns(entry.mtime_ns));
  line.set("sha256", entry.sha256.hex());
  if (!entry.capability.empty()) line.set("capability", entry.capability);
  return line;
}

FileEntry decode_entry(const Json& line) {
  FileEntry entry;
  entry.path = line.text("path");
  if (!is_relative_path(entry.path)) {
    refuse_damaged(fmt::format("path {} leaves the workspace", in_quotes(entry.path)));
  }
  entry.unstored = line.flag_or("unstored", false);
  entry.absent = entry.unstored || line.flag_or("absent", false);
  if (entry.absent) return entry;
  entry.stored = line.text("stored");
  if (!is_stored_name(entry.stored)) {
    refuse_damaged(fmt::format("stored name {} is not allowed", in_quotes(entry.stored)));
  }
  entry.in_base = line.flag_or("in_base", false);
  entry.size = number_in<uint64_t>(line, "size");
  entry.mode = mode_of(line.text("mode"));
  entry.owner = {number_in<uid_t>(line, "uid"), number_in<gid_t>(line, "gid")};
  entry.mtime_ns = ns_of_text(line.text("mtime"));
  const auto hash = ContentHash::from_hex(line.text("sha256"));
  if (!hash) refuse_damaged("'sha256' is not 64 hex digits");
  entry.sha256 = *hash;
  entry.capability = line.text_or("capability", "");
  return entry;
}

}  // namespace backstep
