// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace backstep {

// What has to go of one sequence, and what has to come from another, until the two are alike. What
// is not marked is common, in the same order on both sides.
struct EditScript {
  std::vector<bool> removed;  // one for each of the first
  std::vector<bool> added;    // one for each of the second
};

// The shortest one, by the greedy search of E. Myers, "An O(ND) Difference Algorithm and Its
// Variations" (1986). nullopt: it would take more than `most_steps` looks at a pair; each of them
// costs at most a bit of memory.
std::optional<EditScript> edit_script(std::span<const uint32_t> from, std::span<const uint32_t> to,
                                      uint64_t most_steps);

}  // namespace backstep
