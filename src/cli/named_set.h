// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/session.h"
#include "config/workspace.h"
#include "store/sets/catalog.h"

namespace backstep {

// The store, for verbs that cannot do without one; Error (kUsage) says that there is none yet. Of
// several environments it is the only one that has the sets of these names.
Store existing_store(Session& session, const std::vector<std::string>& names);

// Error (kUsage) names the environment that has a set of this ID where only another one has.
void refuse_set_of_another(const Session& session, const std::string& name);

// As named_set() of the catalog, and "last-good": the newest set that is known good.
SetRef chosen_set(const Store& store, const Catalog& catalog, const std::string& name);

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
