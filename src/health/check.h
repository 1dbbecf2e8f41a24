// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "config/config.h"
#include "config/workspace.h"
#include "system/clock.h"
#include "system/process.h"

namespace backstep {

struct HealthAttempt {
  int number = 0;  // from 1
  bool passed = false;
  bool counted = true;  // false: a failure within start_period
  std::string described;
  Duration elapsed{0};
};

struct HealthResult {
  enum class Verdict { kHealthy, kUnhealthy, kStopped };
  Verdict verdict = Verdict::kHealthy;
  int attempts = 0;
  Duration elapsed{0};
  std::string reason;  // why unhealthy
  ProcessResult last;  // of the last attempt
  bool cannot_run =
      false;  // the last attempt ended with 126 or 127: it says nothing of the service

  bool healthy() const { return verdict == Verdict::kHealthy; }
};

using RunAttempt = std::function<ProcessResult(Duration timeout)>;

// Attempts until the policy decides, the first one at once. An attempt gets the check's timeout, or
// what is left until the deadline. `run` runs the command; `tell` hears of each attempt.
HealthResult run_health_check(const HealthCheck& check, Clock& clock, const RunAttempt& run,
                              const std::function<void(const HealthAttempt&)>& tell);

// One attempt under a spec that says all but what to run: the check leaves nothing running. What
// the built-in probe says stands in place of "exited with 23" and of the live output.
ProcessResult attempt_check(const HealthCheck& check, ProcessRunner& runner, ProcessSpec spec);

// Whether the check names a file beneath the workspace that is not there (yet): the deploy may
// bring it, so a 127 before the deploy is no typing error.
bool names_missing_file(const Command& command, const Workspace& workspace);

}  // namespace backstep
