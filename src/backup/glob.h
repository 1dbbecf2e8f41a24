// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "system/directory.h"

namespace backstep {

bool has_wildcard(std::string_view pattern);

// The files beneath `root` that a pattern names, in the order of a walk: `*`, `?` and `[…]` within
// one component, `**` for any number of directories; a leading dot is matched by a dot only. It
// walks by descriptors and never follows a symlink. `skipped` says which directories (by path) are
// not entered.
std::vector<std::string> files_matching(const Directory& root, const std::string& pattern,
                                        const std::function<bool(const std::string&)>& skipped);

}  // namespace backstep
