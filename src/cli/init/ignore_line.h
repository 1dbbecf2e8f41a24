// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/workspace.h"

namespace backstep {

// What keeps the store out of commits.
struct IgnoreLine {
  std::string line;    // "backups/"
  bool there = false;  // in a .gitignore of this directory or of the checkout's root
};

// Only looks: the file is its owner's.
IgnoreLine ignore_line(const Workspace& workspace);

}  // namespace backstep
