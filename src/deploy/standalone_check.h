// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/context.h"
#include "health/check.h"

namespace backstep {

// The health check as `run` would do it after a deploy, without a run: no store, no lock, no
// journal. Told through the listener; BACKSTEP_ variables of the surrounding run are left as they
// are.
HealthResult check_alone(const Context& context);

}  // namespace backstep
