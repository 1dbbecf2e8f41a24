// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "backup/tracked/tracked_files.h"
#include "store/sets/file_entry.h"
#include "store/sets/index.h"

namespace backstep {

// The tracked files as they are now, with their hashes.
struct LiveSet {
  std::vector<FileEntry> files;  // sorted, absent ones included
  std::string digest;
  std::vector<std::string> warnings;
  HeldFiles held;  // those of them that are
  // Files that the index does not know in this state: somebody wrote them, and they are perhaps not
  // on the disk yet.
  struct Rewritten {
    std::string path;
    uint64_t device;
  };
  std::vector<Rewritten> rewritten;

  bool empty() const;
};

// Reads what the index does not already know. A file that changes while it is read is read once
// more, then refused (kBackupFailed) or left out. What the user named and cannot be stored stands
// in `files` with kNoContent, what a wildcard met as unstored. `index` may be null.
LiveSet read_live_set(const Tree& tree, const Index* index, Oddities oddities = Oddities::kRefuse);

// One file: state and hash, from one descriptor. nullopt: it is not there.
std::optional<FileEntry> read_live_file(const Directory& workspace, const std::string& path);

// What a restore makes a directory with unless a set knows better; the owner is the workspace's.
inline constexpr mode_t kNewDirectoryMode = 0755;
// See Manifest::directories.
std::map<std::string, std::string> odd_directories(const Directory& workspace, const std::vector<FileEntry>& files);

// Paths whose version differs between two sets, sorted.
std::vector<std::string> paths_changed_between(const std::vector<FileEntry>& before,
                                               const std::vector<FileEntry>& after);

// Services and other files whose version differs between two sets: names of services, then paths.
std::vector<std::string> changed_between(const std::vector<FileEntry>& before, const std::vector<FileEntry>& after,
                                         const Patterns& patterns);

// Makes durable what commands wrote and nobody flushed: the rewritten files of `live`, and the
// directories in which names came or went since `before`. Generators do not call fsync, and without
// it a power cut leaves an empty file where the new script was.
//
// To be called before a journal records the hashes of `live`: whoever settles that journal takes a
// file that is not as recorded for somebody's later work, and would keep the torn one. Throws when
// something cannot be made durable; nothing is changed by it.
void flush_live(const Tree& tree, const std::vector<FileEntry>& before, const LiveSet& live);

}  // namespace backstep
