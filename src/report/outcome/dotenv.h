// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/run/outcome.h"

namespace backstep {

// GitLab's dotenv report: BACKSTEP_RESULT=… and so on, variables for later jobs. GitLab refuses the
// whole file above 5 KB, and reads neither quotes nor escapes, so a value is one word of plain
// characters and a list that is too long ends with `and-N-more`.
std::string dotenv_report(const Outcome& outcome);

}  // namespace backstep
