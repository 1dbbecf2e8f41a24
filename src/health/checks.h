// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "health/check.h"

namespace backstep {

// Health checks that are run together, one or hundreds of them, in one poll loop.
//
// Each check has its own attempts, timeout, start_period and deadline, which begin with its own
// first attempt. While one pauses between two attempts, others may run; while one waits for its
// turn, its own time stands still. An attempt for which descriptors, processes or memory are
// lacking is made later, and from then on fewer run at a time. Only where nothing can be started at
// all is it a failed attempt.
struct ChecksToRun {
  std::vector<const HealthCheck*> checks;
  Shell shell = Shell::kSh;
  size_t parallel = 1;  // attempts at a time
  // How the attempts of a check are run. The command and the timeout are filled in for each.
  std::function<ProcessSpec(size_t which)> spec;
  // For all checks together: no attempt begins after it, and none runs beyond it. A check that
  // timed out only because the earlier ones had used most of it stays undecided.
  std::optional<Duration> limit = {};
};

struct CheckEvents {
  std::function<void(size_t which, const HealthAttempt&)> attempted;
  // Once for each check. It is undecided if a stop signal or the limit came first.
  std::function<void(size_t which, const HealthResult&)> ended;
};

// Returns when all checks have ended and nothing runs any more. The answer is the number of the
// stop signal that ended them, or 0.
int run_checks(const ChecksToRun& to_run, Clock& clock, ProcessRunner& runner,
               const CheckEvents& events);

}  // namespace backstep
