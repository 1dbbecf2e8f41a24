// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "config/config.h"
#include "config/workspace.h"
#include "health/policy.h"
#include "system/clock.h"
#include "system/process/process.h"

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
  // The last attempt ended with 126 or 127, or there was no room to start it: it says nothing of
  // the service.
  bool cannot_run = false;

  bool healthy() const { return verdict == Verdict::kHealthy; }
};

// The attempts of one check, from the first to the decision. Whoever runs them calls begin() and
// end() around each, and waits for pause() between two; nothing here waits or runs anything.
class CheckCourse {
 public:
  // `check` must outlive it.
  explicit CheckCourse(const HealthCheck& check) : check_(check), policy_(check) {}

  // The time that the attempt may take: the check's timeout, or what is left until the deadline.
  Duration begin(Duration now);
  HealthAttempt end(ProcessResult last, Duration now);
  // It was due that long ago and waited for a turn: its own time stood still meanwhile.
  void stood_still(Duration waited);
  // An attempt that a stop signal ended: it does not count.
  void stop(ProcessResult last, Duration now);

  bool decided() const { return decided_; }
  Duration pause() const;  // not beyond the deadline
  HealthResult take() { return std::move(result_); }

 private:
  void decide(bool healthy);

  const HealthCheck& check_;
  HealthPolicy policy_;
  HealthResult result_;
  std::optional<Duration> first_;
  Duration began_{0};
  bool decided_ = false;
};

using RunAttempt = std::function<ProcessResult(Duration timeout)>;

// Attempts until the policy decides, the first one at once. An attempt gets the check's timeout, or
// what is left until the deadline. `run` runs the command; `tell` hears of each attempt.
HealthResult run_health_check(const HealthCheck& check, Clock& clock, const RunAttempt& run,
                              const std::function<void(const HealthAttempt&)>& tell);

// One attempt under a spec that says all but what to run: the check leaves nothing running. What
// the built-in probe says stands in place of "exited with 23" and of the live output.
ProcessResult attempt_check(const HealthCheck& check, ProcessRunner& runner, ProcessSpec spec);
// Its two halves, for attempts that run side by side.
ProcessSpec spec_of_attempt(const HealthCheck& check, ProcessSpec spec);
ProcessResult end_of_attempt(const HealthCheck& check, ProcessResult result);

// Whether the check names a file beneath the workspace that is not there (yet): the deploy may
// bring it, so a 127 before the deploy is no typing error.
bool names_missing_file(const Command& command, const Workspace& workspace);

}  // namespace backstep
