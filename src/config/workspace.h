// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/environment.h"
#include "config/config.h"
#include "config/patterns.h"
#include "system/files/directory.h"

namespace backstep {

// The root beneath which every path is resolved: the platform's checkout (GITHUB_WORKSPACE,
// CI_PROJECT_DIR, CI_WORKSPACE, BITBUCKET_CLONE_DIR, DRONE_WORKSPACE) where the current directory
// lies in it, else the nearest directory upwards that holds `.git`, else the one of the settings
// file, else the current directory. So it is the same in CI and by hand.
//
// Paths in settings, manifests and journals are relative to the settings' directory, where the
// settings file lies; they may lead up from it by `../`, as far as the root.
struct Workspace {
  std::string root;       // absolute
  std::string prefix;     // the settings' directory beneath root: "" or "deploy"
  std::string place;      // the same beneath the git checkout, see Patterns::prefix
  std::string called_in;  // the current directory, absolute: what is typed beside settings
  Directory directory;    // the settings' directory

  std::string path() const;  // of the settings' directory, absolute
  // A path of the settings, leading up no further than it must: "../deploy/x" is "x" in deploy/.
  // An absolute one, as `${{ github.workspace }}/x` comes, is made relative. Throws Error (kUsage)
  // for one that leaves the root.
  std::string resolve(const std::string& path) const;
};

// Where the settings file lies, which was looked for in the current directory and upwards.
struct SettingsPlace {
  Workspace workspace;
  std::string file;   // as seen from the settings' directory; absolute outside the workspace
  std::string shown;  // as seen from the current directory, for messages
};

// `named`: the settings file that the user names, "" for the first of `usual`. With one that lies
// outside the workspace the settings' directory is where the user stands.
SettingsPlace find_settings(const std::string& current_directory, const Environment& environment,
                            const std::string& named, const std::vector<std::string>& usual);

Patterns patterns_of(const Workspace& workspace, const Config& config);

// Where the store is: beneath the workspace, or at an absolute place of its own.
struct StorePlace {
  std::string path;       // relative to the settings' directory, or absolute
  bool absolute = false;  // an absolute path that lies in the workspace is made relative
  std::string display;    // as the user wrote it, for messages
  // Which of the stores there, see store/store.h; "": nobody said.
  std::string environment = {};
  std::vector<std::string> flags = {};  // Config::place_flags; --environment where several are

  // What a person types to get here: "backstep recover --config ci/backstep.yml".
  std::string command(std::string_view words) const;
};

// Why no command of a file, settings or a journal, is run, and what to do; "": it may be. As root
// only of files of root, of who called sudo, and of whom BACKSTEP_TRUST_OWNER names by number;
// `checkout` in it, as our image and component set it, takes what a CI system has checked out.
std::string why_not_run(const std::string& shown, uid_t author, const Workspace& workspace,
                        const Environment& environment);

StorePlace store_place(const Workspace& workspace, const Config& config);

}  // namespace backstep
