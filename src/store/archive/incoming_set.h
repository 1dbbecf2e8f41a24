// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/set_id.h"
#include "store/sets/set_reader.h"
#include "store/sets/set_writer.h"
#include "system/files/tar_file.h"

namespace backstep {

// The store as one tar has the store's own layout, so that any tar program unpacks it into a place
// where backups may lie. Each set is a run of entries that belong together: its directory, its
// manifest before all other files (the reader knows from there what may follow, and how much), then
// what the manifest names. Lock, journal and index are of one place and moment: never in it.
struct ArchiveName {
  enum class Kind {
    kDirectory,  // .backstep/, <id>/, or one within a set
    kSetFile,
    kRecords,  // verdicts.jsonl, history.jsonl
  };
  Kind kind = Kind::kDirectory;
  std::optional<SetRef> ref;  // of a set, and of what lies in it
  std::string path;           // within the set; the records' own name

  // Notes that stand beside the files of a set (`_output.txt`): no manifest knows them.
  bool is_note() const;
};

// nullopt: no name that a store of ours has; `..`, absolute and dot names are among those.
std::optional<ArchiveName> parse_archive_name(std::string_view name);

std::string archive_name(const SetRef& ref, std::string_view path);  // "" is the set's directory
std::string archive_name_of_records(std::string_view name);

// Which ID each set has where stores come together. Each wants the one of its manifest's time; on
// each the smaller uid wins, and the other goes on to the next second. So all stores end with the
// same names, in whatever order they were merged, and no set is lost to another.
//
// Never moved: directories without a manifest, damaged or newer ones, foreign names. Where a set
// stands later than it wants though nobody is there, a smaller uid was, and retention took it:
// whoever would have lost to that one does not move in either, so names do not depend on when a
// store was pruned. A set that has its name is not moved without need.
class MergedIds {
 public:
  // Null: an empty store.
  MergedIds(const Store* store, const Catalog& catalog);

  struct Move {
    SetRef from;
    std::string to;
  };
  struct Placed {
    std::string id;
    std::vector<Move> moves;  // of sets that have to go on, in the order in which to rename them
  };
  // The place of a set that comes in, which counts as taken from then on. `there`: its ID where it
  // comes from; a set of the original, whose manifest is empty, can only have that one. nullopt: a
  // thousand seconds are taken; nothing was changed then.
  std::optional<Placed> place(const Manifest& manifest, const SetRef& there);

 private:
  struct Holder {
    std::string uid;  // "": it stays where it is
    int64_t wanted = 0;
    SetRef ref;
  };
  struct Step {
    int64_t at;
    Holder holder;
  };

  bool may_have(const Holder& holder, int64_t at) const;
  bool is_gap_of_a_smaller_one(const Holder& holder, int64_t at) const;
  std::optional<Placed> settle(std::vector<Step> steps);
  std::optional<Placed> place(Holder newcomer, int64_t from, int64_t until);

  std::map<int64_t, Holder> holders_;
};

// Durable on return; a crash leaves each set whole under its old name or its new one.
void rename_set(const Store& store, const MergedIds::Move& move);

struct MergedRecords {
  std::string text;   // of both, in order
  size_t added = 0;   // lines that were not there yet
  size_t broken = 0;  // lines of the other that are none of ours: left out
};

// One of the files of records as it is and the same file from elsewhere, united: each line once,
// as it stands there, for a newer version may have written members that we do not know. In the
// order of their sequence, then of the run's uid, then of their own file, so that all stores that
// were merged have the same file, and merging again adds nothing. What is broken in ours stays
// behind what it follows; a torn last line goes.
MergedRecords merge_records(std::string_view ours, std::string_view other);

// Without a last line that a crash tore.
std::string_view whole_lines(std::string_view text);

// What an import builds on.
struct ImportGround {
  struct Known {
    SetRef ref;
    bool unverified = false;
    std::string digest;  // "" = nothing to compare with: damaged or newer
  };

  const Store* store = nullptr;  // null: there is none yet, and this is a dry run
  bool dry_run = false;
  MergedIds ids;
  std::map<std::string, Known> sets = {};  // by Manifest::name(), those that came in included
  uint64_t undeclared_left = 0;            // bytes that sets without a manifest may still bring
  // Where content lies that came in, by SHA-256 and mode: a later set shares it by a hard link.
  struct Place {
    std::string set;  // its name, for it may be renamed meanwhile
    std::string stored;
  };
  std::map<std::string, Place> contents = {};
  // The manifests of whole sets on which evidence rests, as far as they were read.
  std::map<std::string, Manifest> bases = {};
  std::vector<MergedIds::Move> renamed = {};  // sets that had to make place for others
};

struct ImportedSet {
  enum class Fate { kCameIn, kAlreadyThere, kClash, kNoBase, kDamaged };
  std::string label;  // here, if it came in; else in the archive
  Fate fate = Fate::kCameIn;
  size_t files = 0;
  std::string reason;  // of kClash, kNoBase and kDamaged
};

// One set of an archive on its way into the store: built under a dot name, every file checked
// against the manifest, visible by one rename. By its uid it is known or new; which ID it has here,
// and who has to make place for it, MergedIds says. The archive may be of an enemy: nothing is
// written that the manifest does not name, and no more of it than the manifest says.
//
// Order of calls: construct, take() for each of its entries, finish(). What is wrong with the set
// is its fate; Errors are what is wrong with the store. What did not come in is removed.
class IncomingSet {
 public:
  IncomingSet(ImportGround& ground, SetRef ref);

  const SetRef& ref() const { return ref_; }
  void take(const ArchiveName& name, const TarEntry& entry, TarReader& archive);
  ImportedSet finish();
  // The archive breaks off here: a set that is not known to be whole does not come in.
  ImportedSet give_up(const std::string& why);

 private:
  void take_file(const ArchiveName& name, const TarEntry& entry, TarReader& archive);
  void take_manifest(TarReader& archive);
  void expect_files();
  void meet_base();
  const Manifest& whole_base(const SetRef& ref);
  void take_declared(FileEntry file, const TarEntry& entry, TarReader& archive);
  bool shared(const FileEntry& file);
  void take_note(const std::string& name, TarReader& archive);
  void take_undeclared(const std::string& path, const TarEntry& entry, TarReader& archive);
  void compare_undeclared(const std::string& path, TarReader& archive);
  void meet_known();
  const std::string& name() const { return manifest_text_ ? manifest_.uid : ref_.id; }
  void come_in();
  void make_place(const MergedIds::Move& move);
  void begin_writing();
  void settle(ImportedSet::Fate fate, std::string reason);
  void settle_clash();
  bool settled() const { return fate_.has_value(); }

  ImportGround& ground_;
  SetRef ref_;
  std::optional<std::string> manifest_text_;
  Manifest manifest_;
  std::map<std::string, const FileEntry*, std::less<>> expected_;  // by stored name
  std::set<std::string> seen_;
  std::unique_ptr<SetWriter> writer_;
  std::optional<ImportedSet::Fate> fate_;
  std::string reason_;
  size_t files_ = 0;
  size_t notes_ = 0;
  bool comparing_ = false;  // a set of the original that is there already
};

}  // namespace backstep
