// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/records/verdicts.h"

namespace backstep {

// What a run may say of a set of files. Nothing is stamped without proof: a check that could not
// run, or that fails on the old files too, tells nothing of the new ones.
struct FailedRun {
  bool check_failed = false;    // a configured check ran on this set and failed
  bool check_could_run = true;  // it did not end with 126 or 127
  bool differs_from_target = false;
  bool healthy_after_restore = false;
};

// Good only by a configured check that passed on this set.
Verdict verdict_of_accepted(bool check_configured);
// Bad only if this set differs from the target, failed, and the target passed again.
Verdict verdict_of_failed(const FailedRun& run);

}  // namespace backstep
