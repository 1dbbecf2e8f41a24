// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "backup/tracked/live_set.h"
#include "store/sets/manifest.h"
#include "store/sets/set_reader.h"

namespace backstep {

// One change of a live file. A plan is data: it is shown by --dry-run, checked against the target
// before anything is written, and then done.
struct RestoreStep {
  enum class Kind {
    kCreate,   // the target has it, the tree lacks it
    kReplace,  // content, mode or owner differ
    kRemove,   // the tree has it, the target lacks it
  };
  Kind kind = Kind::kReplace;
  const FileEntry* file = nullptr;  // in the target; of kRemove in the live set
  Owner owner = {};                 // who gets it, which may be another than the target says
  bool gives_capability = true;     // as the target says
  bool in_place = false;            // the live file is itself a mount point: rename would fail with EBUSY
  // What lies in the place of the file, or of a directory on the way to it, and holds what no
  // evidence can be made of: it is moved into the evidence. "": nothing.
  std::string in_the_way = {};

  const std::string& path() const { return file->path; }
  uint64_t size() const { return kind == Kind::kRemove ? 0 : file->size; }  // of what is written
  FileEntry target() const;  // the file as the step brings it; one that is removed is absent
};

// A file that differs from the target, or that the target lacks, and is not touched.
struct LeftFile {
  enum class Why {  // words_of() knows their order
    kNotTracked,    // the target has it, and nothing looks for it any more
    kUnknownThen,   // the target never looked for it
    kUnstored,      // something that cannot be stored lies there, or lay there then
    kLayThere,      // it lay there when the run began
  };
  std::string path;
  Why why = Why::kNotTracked;
};
std::string_view words_of(LeftFile::Why why);

// It points into the target and the live set, which must outlive it and keep their files.
struct RestorePlan {
  std::vector<RestoreStep> steps;             // sorted by path
  std::vector<std::string> kept_newer;        // paths of work that came later, left as it is
  std::vector<std::string> kept_added;        // paths the target lacks, left because not `exact`
  std::vector<LeftFile> left;                 // what is none of this restore's business
  std::vector<std::string> missing_services;  // their directory does not exist: skipped
  std::vector<std::string> strangers;         // paths that go to another than their owner, and who

  bool empty() const { return steps.empty(); }
};

// What a person asks of a rollback; an automatic one is exact, and of all services unless
// rollback_scope says otherwise.
struct RestoreScope {
  bool exact = true;                            // remove what the target looked for and did not see
  bool recreate_services = true;                // make a service directory that vanished again
  std::vector<std::string> only_services = {};  // empty: everything
};

struct RestoreRules {
  RestoreScope scope = {};
  // What lay there when the run began, which is not removed: only what the run brought is. Null: a
  // person asks, who has said by `exact` what is to become of it.
  const std::vector<FileEntry>* before = nullptr;
  const Index* index = nullptr;  // who had files that are gone by now
  // Whether the live file at `path` (null: it is not there) may be replaced or removed; asked only
  // where it differs from the target. Unset: always.
  std::function<bool(const std::string& path, const FileEntry* live)> may_touch = {};
};

// The one decision of what a restore writes, removes and leaves: dry run, diff, restore and evidence go by it. Only
// what the tree's patterns look for is touched, and of that only what `live` knows.
RestorePlan plan_restore(const Tree& tree, const StoredSet& target, const LiveSet& live, const RestoreRules& rules);

// A number in a set may be another user's here. Who owned the tree `then` is who owns it `now`;
// root, `now` and who had the file `last` stay; anybody else becomes `last`. False: that is said.
bool fit_owner(Owner& owner, Owner then, Owner now, Owner last);

// The live set's files once the plan is done; where none are given, those that it brings or removes.
std::vector<FileEntry> files_after(std::vector<FileEntry> live, const RestorePlan& plan);

// Reads what the plan would put in place and compares it with the manifest: throws Error (kDamaged)
// naming the file. Writes nothing.
void check_sources(const StoredSet& target, const RestorePlan& plan);

// Sets that were taken under different settings, compared: each speaks only of what it looked for.

// Whether the set says anything of `path`: it looked for it, and what it saw there it stored. One
// without a manifest looked for nothing; it only has what it has.
bool tells_of(const Manifest& set, const std::string& path);

// Whether going back to the set could mean anything for who tracks this today: it is of the same
// place and holds at least one file that is looked for.
bool shares_a_file(const Manifest& set, const Patterns& today);

// The files of `here` that the set does not hold: it never looked for them, or saw none. Sorted.
std::vector<std::string> not_held_by(const Manifest& set, const std::vector<FileEntry>& here);

// Whether both are one version over what both looked for, which is at least one file.
bool same_over_shared(const Manifest& a, const Manifest& b);

}  // namespace backstep
