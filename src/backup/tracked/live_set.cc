// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/live_set.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "system/files/digest.h"
#include "system/files/durability.h"

namespace backstep {
namespace {

FileEntry odd_entry(const std::string& path) { return {.path = path, .sha256 = kNoContent}; }

// Whoever records it must know that nothing is known of it. What was named is there all the same,
// so that a restore replaces it.
FileEntry unseen_entry(const std::string& path, bool is_named) {
  return {.path = path, .absent = !is_named, .unstored = true, .sha256 = kNoContent};
}

FileEntry entry_of_not_present(const TrackedFile& file) {
  if (file.kind == TrackedFile::Kind::kOdd) return odd_entry(file.path);
  if (file.kind == TrackedFile::Kind::kClosed) return unseen_entry(file.path, false);
  return file.kind == TrackedFile::Kind::kAbsent ? absent_entry(file.path) : unstored_entry(file.path);
}

// nullopt: it is not there. What cannot be read is named and left out, or else thrown.
std::optional<FileEntry> read_or_leave_out(const Tree& tree, const std::string& path, Oddities oddities,
                                           LiveSet& live) {
  const Directory& workspace = tree.workspace.directory;
  try {
    return read_live_file(workspace, path);
  } catch (const Error& error) {
    const bool named = is_named(tree.patterns, path);
    live.warnings.push_back(left_out_words(workspace, path, error, oddities, named));
    return unseen_entry(path, named);
  }
}

void add_present(const Tree& tree, const Index* index, const TrackedFile& file, Oddities oddities, LiveSet& live) {
  const std::string& path = file.path;
  if (is_held(file.status)) live.held.emplace(path, file.status);
  const IndexRecord* known = index == nullptr ? nullptr : index->find(path);
  if (known != nullptr && !tree.checksum && Index::live_unchanged(*known, file.status)) {
    live.files.push_back(entry_of(path, file.status));
    live.files.back().sha256 = known->sha256;
    live.files.back().capability = known->capability;
    return;
  }
  std::optional<FileEntry> entry = read_or_leave_out(tree, path, oddities, live);
  // One that looks the same may have been too young to be believed unread.
  const bool is_same =
      known != nullptr && Index::live_same(*known, file.status) && entry && entry->sha256 == known->sha256;
  if (entry && entry->has_content() && !is_same) {
    live.rewritten.push_back({path, file.status.device});
  }
  live.files.push_back(entry ? std::move(*entry) : absent_entry(path));
}

using Names = std::set<std::string_view>;  // parts of the paths of files

// A new file may lie in a new directory, whose own name is in the one above it.
void add_directories_above(std::string_view path, Names& directories) {
  while (!path.empty()) {
    path = parts_of(path).parent;
    directories.emplace(path);
  }
}

Names directories_with_new_names(const std::vector<FileEntry>& before,
                                 const std::vector<LiveSet::Rewritten>& rewritten) {
  Names directories;
  for (const auto& [path, device] : rewritten) {
    if (find_present(before, path) == nullptr) add_directories_above(path, directories);
    directories.emplace(parts_of(path).parent);
  }
  return directories;
}

// A link in the place of a directory, or a closed one, has no names that could be flushed, and is
// named where it matters.
void flush_names(const Directory& workspace, std::string_view path, SyncBatch& batch) {
  try {
    if (const auto found = workspace.find_directory_or_root(path)) batch.renamed(*found);
  } catch (const SystemError& error) {
    if (error.error_number() != EACCES) throw;
  } catch (const Error&) {
    return;
  }
}

Names directories_with_gone_names(const std::vector<FileEntry>& before, const LiveSet& live) {
  Names directories;
  for (const FileEntry& old : before) {
    if (old.absent || find_present(live.files, old.path) != nullptr) continue;
    add_directories_above(old.path, directories);
  }
  return directories;
}

}  // namespace

bool LiveSet::empty() const {
  return std::ranges::all_of(files, [](const FileEntry& f) { return f.absent; });
}

std::optional<FileEntry> read_live_file(const Directory& workspace, const std::string& path) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    const std::optional<FoundFile> file = workspace.find_regular(path);
    if (!file) return std::nullopt;
    FileEntry entry = entry_of(path, file->status);
    entry.sha256 = sha256_of_file(file->fd.get(), path, entry.size);
    entry.capability = capability_of(file->fd.get(), path);
    if (!changed_meanwhile(file->status, status_of(file->fd.get(), path))) return entry;
  }
  throw Error(ExitCode::kBackupFailed,
              fmt::format("cannot read {}: it keeps changing while it is read", in_quotes(path)));
}

LiveSet read_live_set(const Tree& tree, const Index* index, Oddities oddities) {
  TrackedFiles tracked = find_tracked_files(tree, oddities);
  LiveSet live;
  live.warnings = std::move(tracked.warnings);
  live.files.reserve(tracked.files.size());
  Work work(tree.progress, {.doing = "reading", .count = tracked.present()});
  for (const TrackedFile& file : tracked.files) {
    if (file.kind == TrackedFile::Kind::kPresent) {
      add_present(tree, index, file, oddities, live);
      work.add(live.files.back().size);
    } else {
      live.files.push_back(entry_of_not_present(file));
    }
  }
  live.digest = set_digest(live.files);
  return live;
}

std::map<std::string, std::string> odd_directories(const Directory& workspace, const std::vector<FileEntry>& files) {
  const Owner usual = workspace.own_status().owner();
  Names above;
  for (const FileEntry& file : files) {
    if (!file.absent) add_directories_above(file.path, above);
  }
  std::map<std::string, std::string> odd;
  for (const std::string_view path : above) {
    // What the workspace itself lies in is not made again.
    if (path.empty() || path.ends_with("..") || !is_utf8(path)) continue;
    const auto status = workspace.glance(path);
    if (!status || (status->mode == kNewDirectoryMode && status->owner() == usual)) continue;
    odd[std::string(path)] = fmt::format("{:04o} {}:{}", status->mode, status->uid, status->gid);
  }
  return odd;
}

std::vector<std::string> paths_changed_between(const std::vector<FileEntry>& before,
                                               const std::vector<FileEntry>& after) {
  std::vector<std::string> changed;
  side_by_side(before, after, [&](const FileEntry* old, const FileEntry* now) {
    const bool was = old != nullptr && !old->absent;
    const bool is = now != nullptr && !now->absent;
    if (was == is && (!was || same_version(*old, *now))) return;
    changed.push_back((was ? old : now)->path);
  });
  return changed;
}

std::vector<std::string> changed_between(const std::vector<FileEntry>& before, const std::vector<FileEntry>& after,
                                         const Patterns& patterns) {
  std::vector<std::string> names = paths_changed_between(before, after);
  const auto is_service = [&](const std::string& path) { return !patterns.service_of(path).empty(); };
  const auto others = std::ranges::stable_partition(names, is_service);
  for (std::string& name : std::span(names.begin(), others.begin())) {
    name = patterns.service_of(name);
  }
  return names;
}

void flush_live(const Tree& tree, const std::vector<FileEntry>& before, const LiveSet& live) {
  const Directory& workspace = tree.workspace.directory;
  Names directories = directories_with_gone_names(before, live);
  if (directories.empty() && live.rewritten.empty()) return;
  SyncBatch batch(workspace, 2 * live.rewritten.size() + directories.size());
  // Those of many that lie on the batch's own file system need no look each, nor do their directories.
  std::vector<LiveSet::Rewritten> looked_at = live.rewritten;
  std::erase_if(looked_at, [&](const auto& file) { return batch.reaches_unseen(file.device); });
  Work work(tree.progress, {.doing = "writing to disk", .count = looked_at.size()});
  for (const auto& [path, device] : looked_at) {
    if (const auto file = workspace.find_regular(path)) batch.written(file->fd.get(), path);
    work.add();
  }
  directories.merge(directories_with_new_names(before, looked_at));
  for (const std::string_view path : directories) {
    flush_names(workspace, path, batch);
  }
  batch.flush();
}

}  // namespace backstep
