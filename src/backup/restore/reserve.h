// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "backup/tracked/live_set.h"
#include "store/sets/manifest.h"
#include "store/store.h"

namespace backstep {

// The tracked files that may have to come back, each with the size of its largest version.
using RoomSizes = std::map<std::string, uint64_t>;

// Room for the way back, held while a run may change something: a deploy that fills the disk, with
// bytes or with many files, must not take its own rollback away. One file lies ready for each
// tracked one, which a restore fills and puts in place. None is freed for that: whoever fills the
// disk would take the room. One more is held for the manifest of the evidence, and behind the
// records there is room for their next lines.
//
// All lies in one directory of a fixed name, in the store's `.backstep` if that is on the file
// system of the tree, else in the tree: so `finish`, and whoever settles after a crash, find it. It
// is ours alone (0700), so nobody else has put there what is written to. It is not flushed.
//
// Order of calls: hold() once the journal is written; find() when a restore has no room; release()
// on every way out. What a dead run left is removed by hold() and by the next run.
class Reserve {
 public:
  // At the most 256 files and 16 MiB. Throws SystemError; release() removes what was made by then.
  static void hold(const Tree& tree, const Store& store, const RoomSizes& sizes);
  static std::optional<Reserve> find(const Tree& tree, const Store& store);
  static void release(const Tree& tree, const Store& store);

  const Directory& directory() const { return directory_; }
  // What a tracked file is called in it, as in a set.
  std::string name_of(const std::string& path) const;
  // Whether a file is held for that one, can be renamed to its place, and has no other name by
  // which it is part of a set.
  bool holds(const std::string& path) const;
  bool is_in_store() const;
  // Moves a file of the tree here; false: it stays.
  bool take(const std::string& path) const;
  // Puts back the failed file that a restore has taken, where the target lies in its place still.
  void give_back(const FileEntry& failed, const FileEntry& target) const;
  // Becomes the set failed/<id>, of those files of the manifest that it has and that are in no
  // base; the others are no part of it. Durable on return. Throws where it does not lie in the
  // store.
  void become(Manifest manifest);

 private:
  bool has(const FileEntry& replaced) const;
  Reserve(Directory directory, const Tree& tree, const Store& store)
      : directory_(std::move(directory)), tree_(tree), store_(store) {}

  Directory directory_;
  Tree tree_;
  const Store& store_;
};

// Asks, before anything is changed, whether the way back is open: directories that can be written,
// files that can be replaced, room for every file once more beside the one it replaces, and for the
// journal. What cannot be known is let pass: the restore itself checks again before it changes
// anything. Two system calls a directory, some more for each kind of directory and each device.
//
// `files`: what would have to be written, sorted; an absent one is only removed. Of `held` only
// what is among them counts.
//
// Throws Error (kBackupFailed) with path, cause and what to do. Returns warnings: mount points,
// which are written in place, and a store that has no room for what a rollback replaces.
std::vector<std::string> require_way_back(const Tree& tree, const Store& store, std::span<const FileEntry> files,
                                          const HeldFiles& held);

// The same for the store's own directories, before anything is made in them: in an append-only one
// names can be made and never taken away again.
void require_writable_store(const Store& store);

}  // namespace backstep
