// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "system/files/directory.h"

namespace backstep {

// A service whose own check asks a URL, at a port that it publishes.
struct ComposeCheck {
  std::string service;
  std::string url;                            // as it is asked from outside the container
  std::map<std::string, std::string> timing;  // what else it says: "interval" -> "10s"
};

// A file of the tree that a service mounts by its own name.
struct ComposeMount {
  std::string service;
  std::string path;
};

// What Compose's files say of a deploy. Nothing is expanded and nothing is looked up elsewhere:
// what hangs on a variable, a range of ports or another file is left out.
struct ComposeFacts {
  std::vector<std::string> files;   // Compose's own, and the one that overrides it
  std::vector<std::string> others;  // that are called so, and are read only where a call names them
  std::string unread;               // why one of them could not be read, "" when all were
  std::vector<ComposeCheck> checks;
  std::vector<ComposeMount> mounts;
};

// Whether it is there, of that type; where that may not be asked, it is not.
bool is_there(const Directory& directory, const char* name, FileType type);

// Reads the Compose files of the directory in which Compose is called. The YAML reader is as strict
// as with our own settings. Where it refuses one, nothing is known of the other either.
ComposeFacts read_compose(const Directory& tree);

}  // namespace backstep
