// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/verbs.h"

namespace backstep {

// `finish` works from any directory: where no run is open here, it is called as if from where the
// `begin` said that it began.
Invocation where_it_began(const Invocation& invocation);

}  // namespace backstep
