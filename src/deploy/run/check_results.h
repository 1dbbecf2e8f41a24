// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "deploy/run/outcome.h"

namespace backstep {

// How all health checks of a step ended: the check of the whole, and those of single services.
struct CheckResults {
  std::optional<ServiceHealth> whole;   // none: no such check is set
  std::vector<ServiceHealth> services;  // sorted by name; those that have a check
  bool alone = false;                   // only the check of the whole was asked for
  bool stopped = false;                 // by a stop signal: then the results say nothing
  size_t not_run = 0;                   // checks without a result: no time, or no room to start
  Duration elapsed{0};
  std::string output_of_whole = {};  // all that a failed check of the whole printed
  std::string advice = {};           // missing_program_advice on the check of the whole

  bool empty() const { return !whole && services.empty(); }
  // No check failed for which a rollback is wanted.
  bool healthy() const;
  // A check that can cause a rollback has passed, and none has failed. Where all checks only warn,
  // all of them must have passed.
  bool passed() const;
  // Whether a check for which a rollback is wanted could run and failed; and the services whose
  // check did so, with "" for the check of the whole.
  bool failed_for_sure() const { return !failed_for_sure_of().empty(); }
  std::vector<std::string> failed_for_sure_of() const;
  // Of the checks that passed, the one that held for the shortest time; in brackets, or "".
  std::string proof() const;
  int attempts() const;  // of the check of the whole, else the most that any service's check took
};

// The results in words, short even for hundreds of checks: at most ten names are listed, and output is cut.

// "4 of 5 services passed; unhealthy, which only warns: a"; of the whole alone "passed (2 attempts)".
std::string summary_of(const CheckResults& results);
// To stand behind "health check ": "of a failed: exited with 7 (…)", "of 2 of 5 services failed: a, b".
std::string failure_words(const CheckResults& results);
// The last lines of what each failed check printed, under its name.
std::string tail_of(const CheckResults& results);
// The same, but longer: it is kept with the evidence.
std::string output_of(const CheckResults& results);
// "exited with 7, 3 failures in a row; a: exited with 7 (…); b: …"
std::string unhealthy_words(const CheckResults& results);
// "; unhealthy, which only warns: a, b", or "".
std::string warned_words(const CheckResults& results);

}  // namespace backstep
