// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/workspace.h"
#include "system/file_status.h"

namespace backstep {

struct TrackedFile {
  std::string path;
  FileStatus status;  // as it was found: a glance, see Directory
};

// Which files a set consists of at this moment; paths relative to the workspace, sorted.
struct TrackedFiles {
  std::vector<TrackedFile> present;
  std::vector<std::string> absent;    // services without their script, literal paths not there
  std::vector<std::string> warnings;  // said once, never fatal
  std::vector<std::string> odd;       // no regular files (kReport only)
  bool services_dir_missing = false;

  std::vector<std::string> present_paths() const;
};

// A backup refuses what it could not bring back. A restore must cope with whatever the failed
// version left there: it replaces it.
enum class Oddities { kRefuse, kReport };

// Looks them up by name and kind; no content is read. The store and `.git` are never part of a set.
// Throws Error (kBackupFailed) for what must not be half understood: a service whose name could not
// be stored, a symlinked service, an entrypoint or tracked file that is no regular file, and setuid
// or setgid files.
TrackedFiles find_tracked_files(const Directory& workspace, const Patterns& patterns,
                                const StorePlace& store, Oddities oddities = Oddities::kRefuse);

// Whether `services_dir` is there. Throws Error (kBackupFailed) where something else has its name.
bool has_services_dir(const Directory& workspace, const Patterns& patterns);

// Beneath .git or the store, where nothing is backed up and nothing restored: a hook or a record of
// ours in a set can only have been put there by somebody who wants it run or believed.
bool never_tracked(const std::string& path, const StorePlace& store);

}  // namespace backstep
