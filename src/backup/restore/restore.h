// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "backup/restore/reserve.h"
#include "backup/restore/restore_plan.h"
#include "store/sets/manifest.h"
#include "store/store.h"
#include "system/files/durability.h"
#include "system/files/staged_file.h"
#include "system/process/process.h"

namespace backstep {

// The directories of the files that a restore replaces. Each is opened once, by the rules of
// Directory, and kept from the first look to the rename, so that all of them mean the same
// directory; as many as descriptors are there for. The rest is found by its path each time.
class Places {
 public:
  // `workspace` must outlive this object.
  explicit Places(const Directory& workspace) : workspace_(workspace), most_(spare_descriptors(kMost)) {}

  // Where to say what of a file that lies at this path: its directory and its name there, or the
  // workspace and the whole path. Valid as long as this object.
  struct Place {
    const Directory& directory;
    std::string_view name;  // a part of the path
  };
  Place at(const std::string& path) {
    const auto [parent, name] = parts_of(path);
    if (parent.empty()) return {workspace_, path};
    const auto kept = kept_.find(parent);
    if (kept != kept_.end()) return {kept->second, name};
    if (kept_.size() >= most_) return {workspace_, path};
    std::optional<Directory> directory = workspace_.find_directory(parent);
    if (!directory) return {workspace_, path};
    return {kept_.emplace(parent, std::move(*directory)).first->second, name};
  }

 private:
  static constexpr size_t kMost = 256;

  const Directory& workspace_;
  size_t most_;
  std::map<std::string, Directory, std::less<>> kept_;
};

// A live file whose place a restore takes: who holds that inode keeps the failed content.
struct ReplacedFile {
  std::string path;
  FileId id;
  bool written_in_place = false;  // it is the inode that was backed up
};

// Puts a plan in place.
//
// Order of calls: stage(), keep_evidence(), commit(); where the evidence
// becomes of a reserve, it comes last. stage()
// writes every file beside its place, hashing while it copies; if anything is damaged or there is
// no room it throws and nothing has changed. commit() renames file by file and removes; a kill
// between two renames leaves each file old or new, and the same plan made again finishes the rest.
// A file that is itself a mount point is overwritten in place: that one can be torn by a kill,
// which is why the journal must be at `restoring` before commit().
//
// What lies in the way of a file is moved into the published evidence by one rename, just before that file is put in
// place. A kill leaves it here or there, and so the same plan made again finds it, or finds nothing in the way. Where
// it lies in the place of a directory, the file is staged only then.
//
// A file that cannot be put back, and why, is in failed(); the others come back all the same.
class Restore {
 public:
  // All of them must outlive this object. With a reserve, each file for which one is held is staged
  // in that, and what it replaces is in its place afterwards; what is removed moves there, too.
  Restore(const Tree& tree, const Store& store, const StoredSet& target, const RestorePlan& plan,
          Reserve* reserve = nullptr);
  ~Restore();
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;

  void stage();
  // Keeps what is about to be replaced: failed/<id>, whose manifest names all tracked files as they are now (`live`,
  // which is lent to it), so that `rollback --to failed/ID` brings exactly this back. A file that the plan replaces or
  // removes is a hard link where the file system allows it (its inode leaves the live tree with the rename). What is as
  // the target has it stays in the target, which retention keeps as long as the evidence: a thousand services of which
  // one is replaced cost one link. Every other file is a link to a stored copy of the same version, or a copy. `header`
  // brings everything but files and digest; its id names the set. Published and durable when this returns.
  //
  // Where the reserve lies in the store, it becomes the evidence: it has what was replaced, and
  // says nothing of what it could not keep, so that no rollback to it takes that away.
  void keep_evidence(const Index& index, LiveSet& live, Manifest header, const std::string& check_output);
  bool evidence_is_reserve() const { return reserve_ != nullptr && reserve_->is_in_store(); }
  // Throws nothing. `evidence` may name no set: then what cannot be lost is not moved.
  void commit(const SetRef& evidence = {});
  // After commit(): what lies there now needs no reading to be known again.
  void teach(Index& index);

  // What could not be given back, files written in place, hard links, what was moved away: said after commit().
  const std::vector<std::string>& warnings() const { return warnings_; }
  // The files with an ACL, attributes or a capability: "services/api/entrypoint.sh (ACL)".
  const std::vector<std::string>& attributed() const { return attributed_; }
  std::vector<ReplacedFile> replaced() const;  // after teach()

  struct Failed {
    std::string path;  // "": it concerns all of them
    std::string why;
  };
  const std::vector<Failed>& failed() const { return failed_; }

 private:
  struct Staged {
    const RestoreStep* step;
    StagedFile file;
    FileId id = {};  // of what is staged
    int64_t mtime_ns = 0;
    uint64_t copy_inode = 0;  // of the stored copy
    int64_t copy_mtime_ns = 0;
    FileId replaced = {};               // of what it takes the place of
    bool was_written_in_place = false;  // and that is the inode that was backed up
    bool is_complete = false;           // all of its state could be given back
  };
  template <typename Action>
  void attempt(const std::string& path, const Action& action);
  bool set_state(Staged& staged, const Places::Place& place, const FileStatus& copy);
  std::vector<std::string> take_over(const Places::Place& place, Staged& staged, std::vector<std::string>& lost);
  bool lose(const std::string& path, const std::vector<std::string>& lost);
  StagedFile staged_for(const RestoreStep& step, const Places::Place& place);
  void stage_step(const RestoreStep& step, const FoundFile& source);
  void make_parent(const std::string& path, Owner of_file);
  void make_directory(const std::string& path, Owner of_file);
  void put_in_place(Staged& staged);
  void restore_behind(const RestoreStep& step);
  void move_away(const RestoreStep& step);
  void keep(const RestoreStep& step, const FileStatus& found);
  void note_renamed(const std::string& path);
  void overwrite(const RestoreStep& step);
  void remove(const RestoreStep& step);

  const Tree& tree_;
  const Store& store_;
  const StoredSet& target_;
  const RestorePlan& plan_;
  Places places_;
  Reserve* reserve_;  // null: everything is staged beside its place
  SyncBatch batch_;
  std::vector<std::string> created_;  // directories, to be taken back when staging fails
  std::deque<Staged> staged_;
  std::vector<std::string> warnings_;
  std::vector<std::string> attributed_;
  std::vector<Failed> failed_;
  SetRef evidence_;
  StampClock stamps_;
  int64_t renamed_after_ = 0;  // by that clock
  bool committed_ = false;
};

// Removes what a killed restore staged beside this tracked file, and in the place of directories on its way.
void remove_staged_leftover(const Directory& workspace, const std::string& path);

inline constexpr const char* kCheckOutputFile = "_health_check.txt";  // what the check printed

}  // namespace backstep
