// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.h"
#include "config/config.h"
#include "system/clock.h"
#include "system/process/process.h"

namespace backstep {

// What a healthy check rests on.
struct HealthProof {
  int passes = 0;    // in a row
  Duration held{0};  // from the end of the first of them to the beginning of the last

  std::string words() const;  // "passed 2 times over 5 s"; "" of a single answer
};

struct HealthAttempt {
  int number = 0;  // from 1
  bool passed = false;
  bool counted = true;  // false: a failure within start_period
  std::string described;
  Duration elapsed{0};
  Duration must_hold{0};    // of the first pass in a row: it must keep passing for this long
  std::string told = {};    // by the built-in probe: what answered
  std::string output = {};  // what it printed
};

struct HealthResult {
  enum class Verdict {
    kHealthy,
    kUnhealthy,
    kUndecided,  // something else ended the attempts: a stop signal, or a limit for all checks
  };
  Verdict verdict = Verdict::kUndecided;
  int attempts = 0;
  Duration elapsed{0};
  std::string reason;  // why it is unhealthy: "3 failures in a row", "not healthy within 5m"
  HealthProof proof;   // of one that is healthy
  ProcessResult last;  // of the last attempt
  // The last attempt ended with 126 or 127, or could not be started for want of descriptors,
  // processes or memory: then it says nothing of the service. (Of 126 and 127 only the caller can
  // tell whether it was the check's own program, or one behind `docker exec`, `ssh` and the like.)
  bool cannot_run = false;

  bool healthy() const { return verdict == Verdict::kHealthy; }
  // Of an unhealthy one: "exited with 7 (3 failures in a row, 4 attempts)"; and its beginning.
  std::string described() const;
  std::string ending() const {
    const bool too_late = verdict == Verdict::kUnhealthy && last.succeeded();
    return too_late ? "passed too late" : last.described();
  }
};

// The attempts of one check, and the decision whether it is healthy. It runs nothing and waits for
// nothing itself: the caller calls begin() before each attempt and end() after it, and waits for
// pause() between two attempts. `now` is the time of a clock that never jumps.
//
//   failure in start_period      -> does not count, also behind a success: the process before may
//                                   have answered, and the new one be starting still
//   `retries` failures in a row  -> unhealthy
//   success                      -> healthy, once successes have held for min_healthy_time
//   deadline passed              -> unhealthy, whatever happens; also a success that comes too late
//                                   to hold for that long
class HealthPolicy {
 public:
  using Verdict = HealthResult::Verdict;

  // `check` must outlive it.
  explicit HealthPolicy(const HealthCheck& check) : check_(check) {}

  // Returns how long the attempt may take: the timeout, or less if the deadline comes sooner.
  Duration begin(Duration now);
  HealthAttempt end(ProcessResult last, Duration now);
  // What end() decides by. Both times are counted from the beginning of the first attempt.
  Verdict after(bool passed, Duration began, Duration now);
  // The attempt that begins now has waited that long for its turn. The check's own time stood still
  // meanwhile, so that a healthy service does not miss its deadline in a queue.
  void stood_still(Duration waited) {
    if (first_) *first_ += waited;
  }
  // Called instead of end() after an attempt that a stop signal ended: it does not count.
  void stop(ProcessResult last, Duration now);

  bool decided() const { return result_.verdict != Verdict::kUndecided; }
  // Until the next attempt: the interval (or start_interval), or until the check may be decided.
  Duration pause() const;
  HealthResult take() { return std::move(result_); }
  // "attempt 4 in 3 s, gives up in 0:22". `next`: when that is due; now, while it is under way.
  std::string outlook(Duration now, Duration next) const;

 private:
  Verdict after_pass(Duration began, Duration now);

  const HealthCheck& check_;
  HealthResult result_;
  std::optional<Duration> first_;  // when the first attempt began
  Duration began_{0};              // when the last one did, since then
  int failures_ = 0;
  Duration healthy_since_{0};
};

// How long a broken version stays live, by the check that takes longest: "for about 40 s until the health check gives
// up, 1 m 40 s if each attempt hangs".
std::string patience_words(const Config& settings);

// The same check, decided by its first attempt.
HealthCheck with_one_attempt(HealthCheck check);

// Completes a spec that lacks the command. The check leaves no process running when it ends. The
// built-in probe shows no output while it runs: its words are told with the attempt.
ProcessSpec spec_of_attempt(const HealthCheck& check, Shell shell, ProcessSpec spec);
// What the attempt's end means: the built-in probe's own words stand in place of "exited with 23",
// and a URL that cannot be asked is a check that cannot run.
ProcessResult end_of_attempt(const HealthCheck& check, ProcessResult result);

// Health checks that are run together, one or hundreds of them, in one poll loop.
//
// Each check has its own attempts, timeout, start_period and deadline, which begin with its own
// first attempt. While one pauses between two attempts, others may run; while one waits for its
// turn, its own time stands still. An attempt for which descriptors, processes or memory are
// lacking is made later, and from then on fewer run at a time; where none can be started, it fails.
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
  // At least each second: what is waited for. None: nobody wants to know.
  std::function<void(const std::string& what)> waits = {};
};

// Returns when nothing runs any more: the number of the stop signal that ended the checks, or 0.
int run_checks(const ChecksToRun& to_run, Clock& clock, ProcessRunner& runner, const CheckEvents& events);

}  // namespace backstep
