// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/run/context.h"
#include "deploy/steps/checkup.h"

namespace backstep {

// The health checks as `run` would do them after a deploy, without a run: no store, no lock, no
// journal. Told through the listener; BACKSTEP_ variables of the surrounding run are left as they
// are.
Checkup check_alone(const Context& context);

}  // namespace backstep
