// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "backup/restore/restore_plan.h"
#include "backup/tracked/live_set.h"

namespace backstep {

// What would have to be written to bring files back. Points into what it was made of.
struct WayBack {
  std::vector<const FileEntry*> files;  // sorted; absent: only removed
  std::vector<HeldFile> held;           // those of them that are
};
WayBack way_back(const std::vector<FileEntry>& files, std::vector<HeldFile> held);
WayBack way_back(const LiveSet& live, const RestorePlan& plan);

// Asks, before anything is changed, whether the way back is open: directories that can be written,
// files that can be replaced, room for every file once more beside the one it replaces, and for the
// journal. What cannot be known is let pass: the restore itself checks again before it changes
// anything. Two system calls a directory, some more for each kind of directory and each device.
//
// Throws Error (kBackupFailed) with path, cause and what to do. Returns warnings: mount points,
// which are written in place, and a store that has no room for what a rollback replaces.
std::vector<std::string> require_way_back(const Tree& tree, const Store& store,
                                          const WayBack& way_back);

// The same for the store's own directories, before anything is made in them: in an append-only one
// names can be made and never taken away again.
void require_writable_store(const Store& store);

}  // namespace backstep
