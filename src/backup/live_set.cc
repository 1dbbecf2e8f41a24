// SPDX-License-Identifier: Apache-2.0
#include "backup/live_set.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "system/digest.h"

namespace backstep {
namespace {

FileEntry entry_of(const std::string& path, const FileStatus& status) {
  FileEntry entry;
  entry.path = path;
  entry.size = status.size;
  entry.mode = status.mode & 0777;
  entry.owner = {status.uid, status.gid};
  entry.mtime_ns = status.mtime_ns;
  return entry;
}

bool changed_meanwhile(const FileStatus& before, const FileStatus& after) {
  return before.size != after.size || before.mtime_ns != after.mtime_ns ||
         before.ctime_ns != after.ctime_ns;
}

FileEntry absent_entry(const std::string& path) {
  FileEntry entry;
  entry.path = path;
  entry.absent = true;
  return entry;
}

std::optional<FileEntry> known_entry(const Tree& tree, const Index* index,
                                     const std::string& path) {
  const IndexRecord* record = index == nullptr ? nullptr : index->find(path);
  if (record == nullptr) return std::nullopt;
  const auto status = tree.workspace.directory.status(path);
  if (!status || !Index::live_unchanged(*record, *status)) return std::nullopt;
  FileEntry entry = entry_of(path, *status);
  entry.sha256 = record->entry.sha256;
  return entry;
}

}  // namespace

bool LiveSet::empty() const {
  return std::all_of(files.begin(), files.end(), [](const FileEntry& f) { return f.absent; });
}

std::optional<FileEntry> read_live_file(const Directory& workspace, const std::string& path) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    const std::optional<UniqueFd> file = workspace.find_file(path);
    if (!file) return std::nullopt;
    const FileStatus before = status_of(file->get(), path);
    FileEntry entry = entry_of(path, before);
    entry.sha256 = sha256_of_file(file->get(), path);
    if (!changed_meanwhile(before, status_of(file->get(), path))) return entry;
  }
  throw Error(ExitCode::kBackupFailed,
              fmt::format("cannot read {}: it keeps changing while it is read", in_quotes(path)));
}

LiveSet read_live_set(const Tree& tree, const Index* index, Oddities oddities) {
  TrackedFiles tracked =
      find_tracked_files(tree.workspace.directory, tree.patterns, tree.store, oddities);
  LiveSet live;
  live.warnings = std::move(tracked.warnings);
  live.services_dir_missing = tracked.services_dir_missing;
  live.files.reserve(tracked.present.size() + tracked.absent.size());
  for (const std::string& path : tracked.present) {
    std::optional<FileEntry> entry = known_entry(tree, index, path);
    if (!entry) entry = read_live_file(tree.workspace.directory, path);
    live.files.push_back(entry ? std::move(*entry) : absent_entry(path));
  }
  for (const std::string& path : tracked.odd) {
    live.files.push_back(entry_of(path, {}));
    live.files.back().sha256 = kNoContent;
  }
  for (const std::string& path : tracked.absent) live.files.push_back(absent_entry(path));
  std::sort(live.files.begin(), live.files.end(),
            [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
  live.digest = set_digest(live.files);
  return live;
}

std::vector<std::string> changed_between(const std::vector<FileEntry>& before,
                                         const std::vector<FileEntry>& after,
                                         const Patterns& patterns) {
  std::vector<std::string> services;
  std::vector<std::string> others;
  const auto note = [&](const std::string& path) {
    const std::string service = service_of(path, patterns.services_dir, patterns.entrypoint_file);
    (service.empty() ? others : services).push_back(service.empty() ? path : service);
  };
  for (const FileEntry& entry : after) {
    const FileEntry* old = find_entry(before, entry.path);
    const bool was = old != nullptr && !old->absent;
    if (was != !entry.absent || (was && !same_version(*old, entry))) note(entry.path);
  }
  for (const FileEntry& entry : before) {
    if (!entry.absent && find_entry(after, entry.path) == nullptr) note(entry.path);
  }
  services.insert(services.end(), others.begin(), others.end());
  return services;
}

}  // namespace backstep
