// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "system/files/directory.h"

namespace backstep {

// The directories of the files that a restore replaces. Each is opened once, by the rules of
// Directory, and kept from the first look to the rename, so that all of them mean the same
// directory; as many as descriptors are there for. The rest is found by its path each time.
class Places {
 public:
  // `workspace` must outlive this object.
  explicit Places(const Directory& workspace);

  // Where to say what of a file that lies at this path: its directory and its name there, or the
  // workspace and the whole path. Valid as long as this object.
  struct Place {
    const Directory& directory;
    std::string name;
  };
  Place at(const std::string& path);

 private:
  const Directory& workspace_;
  size_t most_;
  std::map<std::string, Directory, std::less<>> kept_;
};

}  // namespace backstep
