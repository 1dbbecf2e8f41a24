// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/environment.h"
#include "config/config.h"
#include "system/directory.h"

namespace backstep {

// The root beneath which every path is resolved: the current directory or, when that lies in the
// platform's checkout (GITHUB_WORKSPACE, CI_PROJECT_DIR, CI_WORKSPACE, BITBUCKET_CLONE_DIR), the
// checkout. Paths in manifests and journals are relative to it, because the absolute path differs
// from container to container.
struct Workspace {
  std::string root;     // absolute
  std::string prefix;   // the current directory beneath root: "" or "app"
  Directory directory;  // root, opened

  // A path of the settings (relative to the current directory) as seen from the workspace.
  std::string resolve(const std::string& path) const;
};

Workspace find_workspace(const std::string& current_directory, const Environment& environment);

// Which files a set consists of; relative to the workspace.
struct Patterns {
  std::string services_dir;
  std::string entrypoint_file;
  std::vector<std::string> files;
  bool operator==(const Patterns&) const = default;
};

Patterns patterns_of(const Workspace& workspace, const Config& config);

// Where the store is: beneath the workspace, or at an absolute place of its own.
struct StorePlace {
  std::string path;       // relative to the workspace, or absolute
  bool absolute = false;  // an absolute path that lies in the workspace is made relative
  std::string display;    // as the user wrote it, for messages
};

StorePlace store_place(const Workspace& workspace, const Config& config);

}  // namespace backstep
