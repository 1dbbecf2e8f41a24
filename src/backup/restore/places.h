// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "system/files/durability.h"

namespace backstep {

// The directories of the files that a restore replaces. Each is opened once, by the rules of
// Directory, and kept from the first look to the rename, so that all of them mean the same
// directory; as many as descriptors are there for. The rest is found by its path each time.
class Places {
 public:
  // `workspace` must outlive this object.
  explicit Places(const Directory& workspace)
      : workspace_(workspace), most_(spare_descriptors(kMost)) {}

  // Where to say what of a file that lies at this path: its directory and its name there, or the
  // workspace and the whole path. Valid as long as this object.
  struct Place {
    const Directory& directory;
    std::string name;
  };
  Place at(const std::string& path) {
    const auto [parent, name] = parts_of(path);
    if (parent.empty()) return {workspace_, path};
    const auto kept = kept_.find(parent);
    if (kept != kept_.end()) return {kept->second, std::string(name)};
    if (kept_.size() >= most_) return {workspace_, path};
    std::optional<Directory> directory = workspace_.find_directory(parent);
    if (!directory) return {workspace_, path};
    return {kept_.emplace(parent, std::move(*directory)).first->second, std::string(name)};
  }

 private:
  static constexpr size_t kMost = 256;

  const Directory& workspace_;
  size_t most_;
  std::map<std::string, Directory, std::less<>> kept_;
};

}  // namespace backstep
