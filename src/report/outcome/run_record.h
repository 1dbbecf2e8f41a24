// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "deploy/run/events.h"

namespace backstep {

// What a run told on its way, for the reports that are written at its end.
struct StepRecord {
  std::string_view name;  // "deploy"
  Duration elapsed{0};
  bool succeeded = false;
  bool ended = false;  // false: the run was killed or stopped before the step told how it went
  std::vector<ServiceHealth> services = {};  // of a health check: how those of services ended
  std::string described;  // "exited with 7", "passed (2 attempts)"; "" when there is nothing to say
};

struct RunRecord {
  std::vector<StepRecord> steps;
  std::vector<std::string> warnings;
  Duration elapsed{0};
};

}  // namespace backstep
