// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "health/check.h"

namespace backstep {

// Checks that are asked side by side, in one poll loop. Each has its own attempts, timeout,
// start_period and deadline, which begin with its own first attempt; a pause between two attempts
// takes no place from the others, and waiting for a place takes no time of its own. One that cannot
// be started for want of descriptors, processes or memory waits, and fewer run from then on, as
// long as any can.
struct CheckRow {
  std::vector<const HealthCheck*> checks;
  size_t parallel = 1;                            // attempts at a time
  std::function<ProcessSpec(size_t which)> spec;  // all but what to run and for how long
};

struct RowListener {
  std::function<void(size_t which, const HealthAttempt&)> attempted;
  std::function<void(size_t which, const HealthResult&)> decided;
};

// The number of a stop signal that ended it, once nothing runs any more; 0: all are decided.
int run_side_by_side(const CheckRow& row, Clock& clock, ProcessRunner& runner,
                     const RowListener& listener);

// One attempt of each, within `limit` in all. Not asked are those that had no turn by then, and
// those that the others left too little of it: cut short, they would only seem to hang.
int ask_each_once(const CheckRow& row, Duration limit, Clock& clock, ProcessRunner& runner,
                  const std::function<void(size_t which, const ProcessResult&)>& answered);

}  // namespace backstep
