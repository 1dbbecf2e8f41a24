// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/records/known_good.h"
#include "store/retention/keeping.h"
#include "store/retention/retention.h"

namespace backstep {

// The last rule of a retention, once all others have spoken: what stays may be damaged, and what
// goes whole. Reads sets, so it asks only where something goes.
void keep_what_is_whole(Keeping& keeping, const KnownGood& good, const RetentionInput& input);

}  // namespace backstep
