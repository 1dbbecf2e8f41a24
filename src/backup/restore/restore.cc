// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr uint64_t kLongToRead = uint64_t{16} * 1024 * 1024;

constexpr const char* kMovedAway = "_in_the_way/";  // in the evidence

// Whether it says what lies there, or who may what; else the copy, the disk or the machine is not
// in order, which concerns all files.
bool concerns_one(const Error& error) {
  constexpr auto kOfOne =
      std::to_array({EACCES, EPERM, EROFS, ENOENT, ENOTDIR, EISDIR, EEXIST, ENOTEMPTY, ELOOP, EBUSY, EXDEV});
  const int number = error.error_number();
  if (number == 0) return error.code() != ExitCode::kDamaged;
  return std::ranges::find(kOfOne, number) != kOfOne.end();
}

// Whether it lies in the place of a directory, so that nothing can be staged yet.
bool is_blocked(const RestoreStep& step) { return !step.in_the_way.empty() && step.in_the_way != step.path(); }

uint64_t bytes_of(const RestorePlan& plan) {
  uint64_t bytes = 0;
  for (const RestoreStep& step : plan.steps) bytes += step.size();
  return bytes;
}

}  // namespace

Restore::Restore(const Tree& tree, const Store& store, const StoredSet& target, const RestorePlan& plan,
                 Reserve* reserve)
    : tree_(tree),
      store_(store),
      target_(target),
      plan_(plan),
      places_(tree.workspace.directory),
      reserve_(reserve),
      batch_(tree.workspace.directory, plan.steps.size()),
      stamps_(tree.workspace.directory.fd()) {}

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

void Restore::make_parent(const std::string& path, Owner of_file) {
  const std::string parent(parts_of(path).parent);
  if (parent.empty() || tree_.workspace.directory.status(parent)) return;
  make_parent(parent, of_file);
  make_directory(parent, of_file);
}

// It gets its name when it is as it was stored, or as git and mkdir would have made it: a kill
// leaves no other under that name.
void Restore::make_directory(const std::string& path, Owner of_file) {
  const Directory& workspace = tree_.workspace.directory;
  const auto stored = target_.manifest.directories.find(path);
  const bool is_known = stored != target_.manifest.directories.end();
  mode_t mode = kNewDirectoryMode;
  Owner owner = store_.owner();
  if (is_known) std::sscanf(stored->second.c_str(), "%o %u:%u", &mode, &owner.uid, &owner.gid);
  const bool is_fit = fit_owner(owner, target_.manifest.tree_owner, store_.owner(), of_file);
  const std::string staged = StagedFile::temporary_name(path);
  workspace.remove_directory(staged);
  created_.push_back(staged);
  const Directory made = workspace.make_directories(staged, owner, mode & 0777);
  if (!target_.unverified) set_mode(made.fd(), mode & 03777, path);
  const FileStatus now = made.own_status();
  if (is_known && (!is_fit || now.mode != (mode & 03777) || now.owner() != owner)) {
    lose(path + "/", {stored->second + (is_fit ? " (not permitted)" : " (not of this tree)")});
  }
  workspace.rename_within(staged, path, IfExists::kFail);
  created_.back() = path;
}

void Restore::note_renamed(const std::string& path) {
  const auto parent = tree_.workspace.directory.find_directory_or_root(parts_of(path).parent);
  if (parent) batch_.renamed(*parent);
}

template <typename Action>
void Restore::attempt(const std::string& path, const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    if (!committed_ && !concerns_one(error)) throw;
    failed_.push_back({path, error.message()});
  }
}

void Restore::stage() {
  const uint64_t bytes = bytes_of(plan_);
  Work work(tree_.progress, {.doing = "staging", .count = plan_.steps.size(), .bytes = bytes});
  for (const RestoreStep& step : plan_.steps) {
    if (step.kind != RestoreStep::Kind::kRemove && !is_blocked(step)) {
      const FoundFile source = target_.open(*step.file);  // without it nothing is whole
      attempt(step.path(), [&] { stage_step(step, source); });
    }
    work.add(step.size());
  }
  batch_.flush();
}

// What is written in place needs room there.
StagedFile Restore::staged_for(const RestoreStep& step, const Places::Place& place) {
  const std::string& path = step.path();
  if (reserve_ == nullptr || step.in_place || !reserve_->holds(path)) {
    return {place.directory, place.name};
  }
  return {place.directory, place.name, reserve_->directory(), reserve_->name_of(path)};
}

void Restore::stage_step(const RestoreStep& step, const FoundFile& source) {
  if (step.kind == RestoreStep::Kind::kCreate) make_parent(step.path(), step.owner);
  const Places::Place place = places_.at(step.path());
  Staged staged{.step = &step, .file = staged_for(step, place)};
  const std::string shown = target_.shown(*step.file);
  if (staged.file.copy_from(source.fd.get(), source.status.size, shown) != step.file->sha256) {
    refuse_damaged(fmt::format("damaged: {} is not what its manifest says", in_quotes(shown)));
  }
  staged.is_complete = set_state(staged, place, source.status);
  // A mount point cannot be renamed over. Staging it all the same proves that the stored copy is
  // whole and that there is room, before the first live file changes.
  const FileStatus status = staged.file.finish(batch_);
  staged.id = {status.device, status.inode};
  staged.mtime_ns = status.mtime_ns;
  staged.copy_inode = source.status.inode;
  staged.copy_mtime_ns = source.status.mtime_ns;
  staged_.push_back(std::move(staged));
}

bool Restore::lose(const std::string& path, const std::vector<std::string>& lost) {
  if (lost.empty()) return false;
  warnings_.push_back(fmt::format("{}: could not be given back: {}", path, joined(lost, ", ")));
  return true;
}

// In the order of file_status.h. What cannot be given back is said, and no reason to give up.
bool Restore::set_state(Staged& staged, const Places::Place& place, const FileStatus& copy) {
  StagedFile& file = staged.file;
  const RestoreStep& step = *staged.step;
  FileEntry wanted = step.target();
  // Who owns the store may write in a manifest, and so would get what root alone may read.
  const bool is_roots = copy.uid == 0 && (copy.mode & 04) == 0 && store_.owner().uid != 0;
  if (is_roots) wanted.owner = copy.owner();
  if (is_roots) wanted.mode &= copy.mode;
  std::vector<std::string> lost;
  std::vector<std::string> kept;
  // The original restored content and mode and left the owner alone; it stored none.
  const auto owner = target_.unverified ? std::nullopt : std::optional(wanted.owner);
  if (!file.set_mode_and_owner(wanted.mode, owner)) {
    lost.push_back(fmt::format("owner {}:{} (not permitted)", owner->uid, owner->gid));
  }
  const bool replaces = step.kind == RestoreStep::Kind::kReplace && step.in_the_way.empty();
  if (replaces && !step.in_place && !is_roots) kept = take_over(place, staged, lost);
  if (!kept.empty()) set_mode(file.fd(), wanted.mode, wanted.path);
  if (give_capability(file.fd(), wanted.capability, lost)) kept.emplace_back("capability");
  if (!kept.empty()) attributed_.push_back(fmt::format("{} ({})", wanted.path, joined(kept, ", ")));
  return !lose(wanted.path, lost);
}

// What the live file has for the one that takes its place.
std::vector<std::string> Restore::take_over(const Places::Place& place, Staged& staged,
                                            std::vector<std::string>& lost) {
  try {
    const FoundFile live = place.directory.open_regular_file(place.name);
    staged.replaced = {live.status.device, live.status.inode};
    if (live.status.links > 1) {
      warnings_.push_back(
          fmt::format("{}: the failed content stays under {} of this file: a change in place reaches every hard link, "
                      "a restore this name only",
                      staged.step->path(), counted(live.status.links - 1, "other name")));
    }
    return carry_attributes(live.fd.get(), staged.file.fd(), lost);
  } catch (const Error& error) {
    lost.push_back(fmt::format("an ACL or attributes, if it had any ({})", error.message()));
    return {};
  }
}

void Restore::commit(const SetRef& evidence) {
  committed_ = true;
  evidence_ = evidence;
  renamed_after_ = stamps_.now();
  Work work(tree_.progress, {.doing = "restoring", .count = plan_.steps.size()});
  const size_t staged_before = staged_.size();
  for (size_t i = 0; i < staged_before; ++i) {
    attempt(staged_[i].step->path(), [&] { put_in_place(staged_[i]); });
    work.add();
  }
  for (const RestoreStep& step : plan_.steps) {
    const bool is_removed = step.kind == RestoreStep::Kind::kRemove;
    if (!is_removed && !is_blocked(step)) continue;
    attempt(step.path(), [&] { is_removed ? remove(step) : restore_behind(step); });
    work.add();
  }
  attempt("", [&] {
    for (const std::string& made : created_) note_renamed(made);
    batch_.flush();
  });
}

void Restore::put_in_place(Staged& staged) {
  if (staged.step->in_place) return overwrite(*staged.step);
  move_away(*staged.step);
  staged.file.commit();
  // What was staged lies in the directory itself, and so on its device.
  if (!batch_.reaches(staged.id.first)) note_renamed(staged.step->path());
}

// The content is on the disk before the name is.
void Restore::restore_behind(const RestoreStep& step) {
  move_away(step);
  stage_step(step, target_.open(*step.file));
  batch_.flush();
  put_in_place(staged_.back());
}

// What has no bytes (a link, a socket, the empty directory that docker makes for a file that it
// should mount) need not be kept; anything else stays where it cannot be.
void Restore::move_away(const RestoreStep& step) {
  const std::string& path = step.in_the_way;
  const Directory& workspace = tree_.workspace.directory;
  const auto found = path.empty() ? std::nullopt : workspace.status(path);
  // Of several files behind one thing, the first has made the directory.
  if (!found || (found->type == FileType::kDirectory && is_blocked(step))) return;
  try {
    keep(step, *found);
  } catch (const Error& error) {
    const bool is_directory = found->type == FileType::kDirectory;
    if (found->type == FileType::kRegular || (is_directory && !workspace.open_directory(path).list().empty())) {
      throw;
    }
    is_directory ? workspace.remove_directory(path) : workspace.remove_file(path);
    warnings_.push_back(fmt::format("{} was in the way and is gone: {}", path, error.message()));
  }
  note_renamed(path);
}

// The evidence is published, so that whoever goes on after a kill finds what lies in it.
void Restore::keep(const RestoreStep& step, const FileStatus& found) {
  const std::string& path = step.in_the_way;
  const std::optional<Directory> evidence = evidence_.id.empty() ? std::nullopt : store_.find_set(evidence_);
  if (!evidence) {
    throw Error(ExitCode::kRollbackFailed,
                fmt::format("cannot move {} away: there is no place to keep it", in_quotes(path)));
  }
  std::string_view rest = path;
  while (rest.starts_with("../")) rest.remove_prefix(3);
  std::string name = kMovedAway + std::string(rest);
  evidence->make_directories(parts_of(name).parent, store_.owner());
  const auto is_another = [&](const FileStatus& kept) {
    return kept.inode != found.inode || kept.device != found.device;
  };
  auto kept = evidence->status(name);
  while (kept && is_another(*kept)) kept = evidence->status(name += "_");
  // A file that cannot be read has two names until it is renamed over, so that no kill leaves its place empty.
  const Directory& workspace = tree_.workspace.directory;
  const bool stays = found.type == FileType::kRegular && step.kind != RestoreStep::Kind::kRemove && !is_blocked(step);
  if (!kept && !(stays && workspace.link(path, *evidence, name))) {
    workspace.rename(path, *evidence, name, IfExists::kFail);
  }
  evidence->sync_names(name);
  warnings_.push_back(fmt::format("{} was in the way: it is kept as {}", printable(path), evidence->shown(name)));
}

std::vector<ReplacedFile> Restore::replaced() const {
  std::vector<ReplacedFile> files;
  for (const Staged& staged : staged_) {
    if (staged.replaced == FileId()) continue;
    files.push_back({staged.step->path(), staged.replaced, staged.was_written_in_place});
  }
  return files;
}

// Nobody else could write to a file under its temporary name, and whoever has written to it since
// its rename has given it a later stamp than it was staged with, if the clock had gone on by then.
void Restore::teach(Index& index) {
  for (Staged& staged : staged_) {
    const IndexRecord* record = index.find(staged.step->path());
    staged.was_written_in_place = record != nullptr && record->live_inode == staged.replaced.second;
  }
  if (target_.unverified) return;
  // What was renamed within this tick would be read once more.
  if (bytes_of(plan_) > kLongToRead) stamps_.wait_past_this_moment();
  for (const Staged& staged : staged_) {
    if (staged.step->in_place || !staged.is_complete) continue;
    const FileEntry wanted = staged.step->target();
    const int64_t looked_at = stamps_.now();
    const auto now = tree_.workspace.directory.glance(wanted.path);
    if (!now || now->inode != staged.id.second || now->size != wanted.size || now->mtime_ns != staged.mtime_ns ||
        now->mode != wanted.mode || now->owner() != wanted.owner ||
        staged.mtime_ns >= stamps_.at_rest_before(renamed_after_, *now)) {
      continue;
    }
    const int64_t at_rest = stamps_.at_rest_before(looked_at, *now);
    index.put(wanted.path, target_.place_of(wanted).ref,
              record_of(wanted, *now, at_rest, staged.copy_inode, staged.copy_mtime_ns));
  }
}

void Restore::overwrite(const RestoreStep& step) {
  const FileEntry wanted = step.target();
  const FoundFile source = target_.open(wanted);
  auto [live, status] = tree_.workspace.directory.open_regular_file(wanted.path, O_WRONLY);
  require_ours(status, status, wanted.path);  // none but root can have mounted it here
  overwrite_in_place({live.get(), wanted.path}, source.fd.get(), wanted.mode);
  std::vector<std::string> lost;
  give_capability(live.get(), wanted.capability, lost);
  lose(wanted.path, lost);
  batch_.written(live.get(), wanted.path);
  live.close(wanted.path);
  warnings_.push_back(wanted.path + " is a mount point: written in place, not by rename");
}

void Restore::remove(const RestoreStep& step) {
  const std::string& path = step.path();
  move_away(step);
  if (reserve_ == nullptr || !reserve_->take(path)) tree_.workspace.directory.remove_file(path);
  note_renamed(path);
}

void remove_staged_leftover(const Directory& workspace, const std::string& path) {
  StagedFile::remove_leftovers(workspace, path);
  for (std::string_view at = parts_of(path).parent; !at.empty(); at = parts_of(at).parent) {
    workspace.remove_directory(StagedFile::temporary_name(at));
  }
}

}  // namespace backstep
