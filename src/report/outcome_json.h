// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "deploy/outcome.h"

namespace backstep {

// Every --json answer is one object that names its kind and version; members may be added, so
// readers ignore what they do not know.
Json json_answer(std::string_view kind);

Json outcome_json(const Outcome& outcome);
Json service_checks_json(const std::vector<ServiceHealth>& checks);

}  // namespace backstep
