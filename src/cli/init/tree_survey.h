// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "system/files/directory.h"

namespace backstep {

// A command that what lies here suggests. Sure: its very name says that this is what it is for.
struct SuggestedCommand {
  std::string command;
  bool sure = false;
};

// What `init` finds in a tree, relative to it and told without running or reading more than a
// Makefile. Only names that a file of settings can hold are among it.
struct TreeSurvey {
  std::string services_dir;  // "" when no directory looks like one
  std::string entrypoint_file;
  std::vector<std::string> services;        // with that file
  std::vector<std::string> yet_to_come;     // directories beside them, without it
  std::vector<std::string> loose_services;  // with an entrypoint, but in the tree itself
  std::vector<std::string> compose;         // Compose's file, and the one that overrides it
  std::vector<SuggestedCommand> generate;
  std::vector<SuggestedCommand> deploy;
  std::vector<SuggestedCommand> check;
  std::vector<std::string> unreadable;  // directories that could not be looked into
};

// Looks two directories deep for services, enters neither symlinks nor hidden directories nor the
// usual heaps of other people's files. What cannot be read is named, not an error.
TreeSurvey survey_tree(const Directory& tree);

}  // namespace backstep
