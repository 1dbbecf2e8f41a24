// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "system/files/directory.h"

namespace backstep {

// The targets of the Makefile that make would take here, as they are written, in their order; none
// when there is no plain one, or it is larger than any that a person writes. What is made of
// variables and patterns is left out: only make knows it.
std::vector<std::string> make_targets(const Directory& tree);

}  // namespace backstep
