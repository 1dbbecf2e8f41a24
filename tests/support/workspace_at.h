// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "config/workspace.h"

namespace backstep::test {

// A workspace whose settings lie in `prefix` of it, outside of any git checkout.
inline Workspace workspace_at(const std::string& root, const std::string& prefix = "") {
  return {.root = root,
          .prefix = prefix,
          .place = "",
          .called_in = prefix.empty() ? root : root + "/" + prefix,
          .directory = Directory::open_within(root, prefix)};
}

}  // namespace backstep::test
