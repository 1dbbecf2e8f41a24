// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/workspace.h"

namespace backstep {

// Where FILE of `export` and `import` is. Like the settings' file: a relative path is resolved
// beneath the current directory, through no symlink; an absolute one, and one with `..`, is
// wherever the user says, and only its directory may be reached through symlinks.
struct ArchivePlace {
  Directory directory;
  std::string path;  // of the directory, absolute
  std::string name;
  std::string shown;  // as the user wrote it
};

// Throws Error (kUsage) when its directory is not there.
ArchivePlace find_archive_place(const Workspace& workspace, const std::string& file);

// Throws Error (kUsage): where the store is, only the store's own files may be made, and what is no
// regular file (/dev/stdout, a FIFO) would be replaced by one.
void require_writable_place(const ArchivePlace& place, const Workspace& workspace,
                            const StorePlace& store);

}  // namespace backstep
