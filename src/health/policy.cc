// SPDX-License-Identifier: Apache-2.0
#include "health/policy.h"

#include <fmt/core.h>

#include "base/text.h"

namespace backstep {

HealthPolicy::Decision HealthPolicy::after(bool passed, Duration began, Duration now) {
  if (passed) {
    succeeded_once_ = true;
    failures_ = 0;
    if (!healthy_since_) healthy_since_ = began;
    if (now - *healthy_since_ >= check_.min_healthy_time) return Decision::kHealthy;
  } else {
    healthy_since_.reset();
    const bool starting = !succeeded_once_ && now < check_.start_period;
    if (!starting) ++failures_;
    if (failures_ >= check_.retries) {
      reason_ = counted(static_cast<size_t>(failures_), "failure") + " in a row";
      return Decision::kUnhealthy;
    }
  }
  if (now >= check_.deadline) {
    reason_ = fmt::format("not healthy within {}", format_duration(check_.deadline));
    return Decision::kUnhealthy;
  }
  return Decision::kGoOn;
}

}  // namespace backstep
