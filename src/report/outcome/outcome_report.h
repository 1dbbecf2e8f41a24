// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "deploy/run/outcome.h"

namespace backstep {

// The last words of a run, for a person at 3 a.m.: what failed, with the tail of its output; what
// was restored and where the failed files are; what to type next; and as the last line what is live
// now.
std::string outcome_text(const Outcome& outcome);

// All that the text says, and more.
Json outcome_json(const Outcome& outcome);
Json service_checks_json(const std::vector<ServiceHealth>& checks);

}  // namespace backstep
