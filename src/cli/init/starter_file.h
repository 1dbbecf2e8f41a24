// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/file/compose_file.h"
#include "config/workspace.h"

namespace backstep {

// What `init` finds in a tree without running anything: what the first backup would track by the
// default settings, and what Compose's file says.
struct TreeSurvey {
  std::string services_dir = Config().services_dir.front();
  std::vector<std::string> services;     // with an entrypoint.sh
  std::vector<std::string> yet_to_come;  // directories beside them, without it
  std::vector<std::string> scripts;      // that are called so, and are no service's
  ComposeFacts compose;
  std::vector<ComposeMount> mounted;  // those of Compose's mounts that are such a script
  std::vector<std::string> warnings;  // what that backup would say

  // What stands in `files`: as many of these as a person reads.
  std::vector<std::string> files() const;
  bool has_services() const { return !services.empty() || !yet_to_come.empty(); }
};

// What cannot be read becomes a warning; that is no error.
TreeSurvey survey_tree(const Workspace& workspace);

// A backstep.yml for that tree, for a person to go on with. What the tree says stands in it; what nobody can know from
// outside is commented out, as `#key:` without a blank, so that taking the `#` away is all that is needed; any other
// comment has a blank. Every line is valid as it stands and as it is when all of those are taken in.
std::string starter_file(const TreeSurvey& survey);

}  // namespace backstep
