// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/sets/manifest.h"

namespace backstep {

// Sets that were taken under different settings, compared: each speaks only of what it looked for.

// Whether the set says anything of `path`: it looked for it, and what it saw there it stored. One
// without a manifest looked for nothing; it only has what it has.
bool tells_of(const Manifest& set, const std::string& path);

// Whether going back to the set could mean anything for who tracks this today: it is of the same
// place and holds at least one file that is looked for.
bool shares_a_file(const Manifest& set, const Patterns& today);

// The files of `here` that the set does not hold: it never looked for them, or saw none. Sorted.
std::vector<std::string> not_held_by(const Manifest& set, const std::vector<FileEntry>& here);

// Whether both are one version over what both looked for, which is at least one file.
bool same_over_shared(const Manifest& a, const Manifest& b);

}  // namespace backstep
