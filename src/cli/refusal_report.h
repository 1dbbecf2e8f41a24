// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "base/environment.h"

namespace backstep {

// Runs a verb. When it is refused or stopped before it could report by itself (a mistyped setting,
// the lock is held, nothing to roll back to), the platform is told before the error goes on to
// main: a later step asks for `exit_code`, and GitHub shows nobody the number.
int told_to_the_platform(const Environment& environment, const std::function<int()>& run);

// Whether a verb's end is a step's end: what `show` was asked in the same step must not replace the
// outputs of the `run` before it.
bool ends_a_step(std::string_view verb);

}  // namespace backstep
