// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore.h"

#include <fmt/core.h>

#include <cstdio>

#include "base/error.h"
#include "base/text.h"
#include "system/files/attributes.h"

namespace backstep {
namespace {

constexpr uint64_t kLongToRead = uint64_t{16} * 1024 * 1024;

uint64_t bytes_of(const RestorePlan& plan) {
  uint64_t bytes = 0;
  for (const RestoreStep& step : plan.steps) bytes += step.target.size;
  return bytes;
}

}  // namespace

Restore::Restore(const Tree& tree, const Store& store, const StoredSet& target,
                 const RestorePlan& plan, Places& places)
    : tree_(tree),
      store_(store),
      target_(target),
      plan_(plan),
      places_(places),
      batch_(tree.workspace.directory, plan.steps.size()),
      stamps_(tree.workspace.directory) {}

// What was staged and not committed goes away, and with it the directories made for it.
Restore::~Restore() {
  staged_.clear();
  if (committed_) return;
  for (auto made = created_.rbegin(); made != created_.rend(); ++made) {
    try {
      tree_.workspace.directory.remove_directory(*made);
    } catch (const Error&) {
      continue;  // somebody put a file there meanwhile: then it is theirs
    }
  }
}

void Restore::make_parent(const std::string& path) {
  const Directory& workspace = tree_.workspace.directory;
  std::vector<std::string> missing;
  for (std::string_view at = parts_of(path).parent; !at.empty() && !workspace.status(at);
       at = parts_of(at).parent) {
    missing.emplace_back(at);
  }
  for (auto made = missing.rbegin(); made != missing.rend(); ++made) make_directory(*made);
}

// It gets its name when it is as it was stored, or as git and mkdir would have made it: a kill
// leaves no other under that name.
void Restore::make_directory(const std::string& path) {
  const Directory& workspace = tree_.workspace.directory;
  const auto stored = target_.manifest.directories.find(path);
  const bool is_known = stored != target_.manifest.directories.end();
  mode_t mode = kNewDirectoryMode;
  Owner owner = store_.owner();
  if (is_known) std::sscanf(stored->second.c_str(), "%o %u:%u", &mode, &owner.uid, &owner.gid);
  const std::string staged = StagedFile::temporary_name(path);
  workspace.remove_directory(staged);
  created_.push_back(staged);
  const Directory made = workspace.make_directories(staged, owner, mode & 0777);
  if (!target_.unverified) set_mode(made.fd(), mode & 03777, path);
  const FileStatus now = made.own_status();
  if (is_known && (now.mode != (mode & 03777) || now.owner() != owner)) {
    lose(path + "/", {stored->second + " (not permitted)"});
  }
  workspace.rename_within(staged, path, IfExists::kFail);
  created_.back() = path;
}

// Docker makes an empty directory where a file that it should mount is missing. One that holds
// something is somebody's: it stops the restore before anything has changed.
void Restore::refuse_full_directory(const std::string& path) const {
  const Directory& workspace = tree_.workspace.directory;
  if (!is_directory(path) || workspace.open_directory(path).list().empty()) return;
  throw Error(
      ExitCode::kRollbackFailed,
      fmt::format("cannot restore {}: a directory that is not empty lies there", in_quotes(path)));
}

bool Restore::is_directory(const std::string& path) const {
  const auto status = tree_.workspace.directory.glance(path);
  return status && status->type == FileType::kDirectory;
}

void Restore::note_renamed(const std::string& path) {
  const auto parent = tree_.workspace.directory.find_directory_or_root(parts_of(path).parent);
  if (parent) batch_.renamed(*parent);
}

// What was staged lies in the directory itself, and so on its device.
void Restore::note_renamed(const std::string& path, uint64_t device) {
  if (!batch_.reaches(device)) note_renamed(path);
}

void Restore::stage() {
  const uint64_t bytes = bytes_of(plan_);
  Work work(tree_.progress, {.doing = "staging", .count = plan_.steps.size(), .bytes = bytes});
  for (const RestoreStep& step : plan_.steps) {
    if (!step.over_file) refuse_full_directory(step.target.path);
    if (step.kind != RestoreStep::Kind::kRemove) stage_step(step);
    work.add(step.target.size);
  }
  batch_.flush();
}

void Restore::stage_step(const RestoreStep& step) {
  const FileEntry& wanted = step.target;
  if (step.kind == RestoreStep::Kind::kCreate) make_parent(wanted.path);
  const Places::Place place = places_.at(wanted.path);
  StagedFile staged(place.directory, place.name);
  const FoundFile source = target_.open(wanted);
  const std::string shown = target_.shown(wanted);
  if (staged.copy_from(source.fd.get(), source.status.size, shown) != wanted.sha256) {
    refuse_damaged(fmt::format("damaged: {} is not what its manifest says", in_quotes(shown)));
  }
  const bool is_complete = set_state(staged, step, place);
  // A mount point cannot be renamed over. Staging it all the same proves that the stored copy is
  // whole and that there is room, before the first live file changes.
  const FileStatus status = staged.finish(batch_);
  staged_.push_back(Staged{&step, std::move(staged), status, source.status, is_complete});
}

bool Restore::lose(const std::string& path, const std::vector<std::string>& lost) {
  if (lost.empty()) return false;
  warnings_.push_back(fmt::format("{}: could not be given back: {}", path, joined(lost, ", ")));
  return true;
}

// In the order of attributes.h. What cannot be given back is said, and no reason to give up.
bool Restore::set_state(StagedFile& staged, const RestoreStep& step, const Places::Place& place) {
  const FileEntry& wanted = step.target;
  std::vector<std::string> lost;
  std::vector<std::string> kept;
  // The original restored content and mode and left the owner alone; it stored none.
  const auto owner = target_.unverified ? std::nullopt : std::optional(wanted.owner);
  if (!staged.set_mode_and_owner(wanted.mode, owner)) {
    lost.push_back(fmt::format("owner {}:{} (not permitted)", owner->uid, owner->gid));
  }
  if (step.over_file && !step.in_place) kept = take_over(place, wanted.path, staged.fd(), lost);
  if (!kept.empty()) set_mode(staged.fd(), wanted.mode, wanted.path);
  if (give_capability(staged.fd(), wanted.capability, lost)) kept.emplace_back("capability");
  if (!kept.empty()) attributed_.push_back(fmt::format("{} ({})", wanted.path, joined(kept, ", ")));
  return !lose(wanted.path, lost);
}

// What the live file has for the one that takes its place.
std::vector<std::string> Restore::take_over(const Places::Place& place, const std::string& path,
                                            int staged, std::vector<std::string>& lost) {
  try {
    const FoundFile live = place.directory.open_regular_file(place.name);
    replaced_.push_back({path, {live.status.device, live.status.inode}, false});
    if (live.status.links > 1) {
      warnings_.push_back(fmt::format(
          "{}: the failed content stays under {} of this file: a change in place reaches "
          "every hard link, a restore this name only",
          path, counted(live.status.links - 1, "other name")));
    }
    return carry_attributes(live.fd.get(), staged, lost);
  } catch (const Error& error) {
    lost.push_back(fmt::format("an ACL or attributes, if it had any ({})", error.message()));
    return {};
  }
}

void Restore::commit() {
  committed_ = true;
  renamed_after_ = stamps_.now();
  Work work(tree_.progress, {.doing = "restoring", .count = plan_.steps.size()});
  for (Staged& staged : staged_) {
    work.add();
    if (staged.step->in_place) {
      overwrite(*staged.step);
      continue;
    }
    const std::string& path = staged.step->target.path;
    if (!staged.step->over_file && is_directory(path)) {
      tree_.workspace.directory.remove_directory(path);
    }
    staged.file.commit();
    note_renamed(path, staged.status.device);
  }
  for (const std::string& made : created_) note_renamed(made);
  for (const RestoreStep& step : plan_.steps) {
    if (step.kind != RestoreStep::Kind::kRemove) continue;
    remove(step);
    work.add();
  }
  batch_.flush();
}

// Nobody else could write to a file under its temporary name, and whoever has written to it since
// its rename has given it a later stamp than it was staged with, if the clock had gone on by then.
void Restore::teach(Index& index) {
  for (ReplacedFile& file : replaced_) {
    const IndexRecord* record = index.find(file.path);
    file.written_in_place = record != nullptr && record->live_inode == file.id.second;
  }
  if (target_.unverified) return;
  // What was renamed within this tick would be read once more.
  if (bytes_of(plan_) > kLongToRead) stamps_.wait_past_this_moment();
  for (const Staged& staged : staged_) {
    const FileStatus& then = staged.status;
    const FileEntry& wanted = staged.step->target;
    if (staged.step->in_place || !staged.is_complete) continue;
    const int64_t looked_at = stamps_.now();
    const auto now = tree_.workspace.directory.glance(wanted.path);
    if (then.mtime_ns >= stamps_.at_rest_before(renamed_after_, then)) continue;
    if (!now || now->inode != then.inode || now->size != then.size ||
        now->mtime_ns != then.mtime_ns || now->mode != wanted.mode ||
        now->owner() != wanted.owner) {
      continue;
    }
    FileEntry entry = wanted;
    entry.in_base = false;
    index.put({.entry = std::move(entry),
               .set = target_.ref_of(wanted),
               .live_inode = now->inode,
               .live_ctime_ns = now->ctime_ns,
               .live_mtime_ns = now->mtime_ns,
               .at_rest_ns = stamps_.at_rest_before(looked_at, *now),
               .copy_inode = staged.source.inode,
               .copy_mtime_ns = staged.source.mtime_ns});
  }
}

void Restore::overwrite(const RestoreStep& step) {
  const FileEntry& wanted = step.target;
  const FoundFile source = target_.open(wanted);
  UniqueFd live = tree_.workspace.directory.open_in_place(wanted.path);
  overwrite_in_place({live.get(), wanted.path}, source.fd.get(), wanted.mode);
  std::vector<std::string> lost;
  give_capability(live.get(), wanted.capability, lost);
  lose(wanted.path, lost);
  batch_.written(live.get(), wanted.path);
  live.close(wanted.path);
  warnings_.push_back(wanted.path + " is a mount point: written in place, not by rename");
}

void Restore::remove(const RestoreStep& step) {
  const std::string& path = step.target.path;
  if (!step.over_file && is_directory(path)) {
    tree_.workspace.directory.remove_directory(path);
  } else {
    tree_.workspace.directory.remove_file(path);
  }
  note_renamed(path);
}

void remove_staged_leftover(const Directory& workspace, const std::string& path) {
  StagedFile::remove_leftovers(workspace, path);
  for (std::string_view at = parts_of(path).parent; !at.empty(); at = parts_of(at).parent) {
    workspace.remove_directory(StagedFile::temporary_name(at));
  }
}

}  // namespace backstep
