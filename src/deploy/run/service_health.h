// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "config/config.h"

namespace backstep {

// How the check of one service ended, small enough to be kept of hundreds.
struct ServiceHealth {
  std::string service;  // "": it is the check of the whole
  OnFailure on_failure = OnFailure::kRollback;
  bool healthy = false;
  bool could_run = true;  // false: HealthResult::cannot_run
  int attempts = 0;
  Duration elapsed{0};
  std::string described;  // why it is unhealthy: "exited with 7 (3 failures in a row, 4 attempts)"
  std::string output_tail;  // of one that is unhealthy: its last lines, cut

  bool asks_for_rollback() const { return !healthy && on_failure == OnFailure::kRollback; }
  bool only_warns() const { return !healthy && on_failure == OnFailure::kWarn; }
};

// "the whole" for "".
std::string name_of_check(const std::string& service);

// The names of those for which a test of ServiceHealth holds, in the same order.
std::vector<std::string> names_of(const std::vector<ServiceHealth>& services,
                                  bool (ServiceHealth::*holds)() const);

// "a, b, c"; of many the first ten and "and 12 more".
std::string listed(const std::vector<std::string>& names);

}  // namespace backstep
