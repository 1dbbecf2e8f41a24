// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "backup/tracked/live_set.h"

namespace backstep {

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
std::vector<std::string> require_way_back(const Tree& tree, const Store& store,
                                          std::span<const FileEntry> files, const HeldFiles& held);

// The same for the store's own directories, before anything is made in them: in an append-only one
// names can be made and never taken away again.
void require_writable_store(const Store& store);

}  // namespace backstep
