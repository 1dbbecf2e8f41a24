// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "system/files/directory.h"

namespace backstep {

// What a walk asks and tells on its way.
struct GlobWatch {
  // Which directories (by path) are not entered.
  std::function<bool(const std::string&)> skipped;
  // A directory that could not be looked into, as one that belongs to a database: it is passed
  // over, unless this throws. Called while the error is being handled.
  std::function<void(const std::string& path, const Error& error)> left_out;
};

// `**` at the end of a pattern for directories is any directory below, and what stands before it.
enum class Wanted { kFiles, kDirectories };

// What a pattern names beneath `root`, in the order of a walk (see matches_pattern). It walks by
// descriptors and never follows a symlink. A store that it meets is not entered, nor is `root`
// itself by a pattern that leads up: its files have one name.
std::vector<std::string> paths_matching(const Directory& root, const std::string& pattern,
                                        Wanted wanted, const GlobWatch& watch);

}  // namespace backstep
