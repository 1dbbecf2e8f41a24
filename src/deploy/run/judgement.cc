// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/judgement.h"

namespace backstep {

Verdict verdict_of_accepted(bool check_configured) {
  return check_configured ? Verdict::kGood : Verdict::kUntested;
}

Verdict verdict_of_failed(const FailedRun& run) {
  const bool proved = run.check_failed && run.check_could_run && run.differs_from_target &&
                      run.healthy_after_restore;
  return proved ? Verdict::kBad : Verdict::kUntested;
}

}  // namespace backstep
