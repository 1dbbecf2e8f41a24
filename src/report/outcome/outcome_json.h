// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "deploy/run/outcome.h"

namespace backstep {

Json outcome_json(const Outcome& outcome);
Json service_checks_json(const std::vector<ServiceHealth>& checks);

}  // namespace backstep
