// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "deploy/run/open_run.h"
#include "deploy/steps/check_results.h"
#include "deploy/steps/step_failure.h"
#include "store/sets/set_reader.h"

namespace backstep {

// What single services are to a rollback: which of them are known bad by it and, with
// rollback_scope: failed, the taking back of those alone, which leaves a mixture of old and new.

// Once the target is chosen: writes into the journal which services go back, and says it. Where one
// of them runs the script that the target has, something else has broken it, and all goes back; so
// it does where the target holds nothing.
void narrow_scope(OpenRun& run, const StepFailure& failure);

// For the history, where no stored set has the mixture: its digest. "" where no mixture is left, or
// it cannot be read.
std::string digest_of_mixture(const OpenRun& run);

// A mixture that has passed its check is known good, and stored, for it is nowhere else. `digest`
// is of what the check was asked about; where something else lies there by now, that is only said.
void keep_mixture(OpenRun& run, const std::string& digest);

// The same proof as for a set: the check failed on this script, which differs from the target's,
// and has passed again on that one.
std::vector<std::string> proved_bad(const Journal& journal, const CheckResults& after,
                                    const std::vector<FileEntry>& target);

}  // namespace backstep
