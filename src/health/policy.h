// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/duration.h"
#include "config/config.h"

namespace backstep {

// When a row of attempts is healthy or unhealthy: pure, fed with results and times.
//
//   failure in start_period, before any success  -> does not count
//   `retries` failures in a row                  -> unhealthy
//   success                                      -> ends start_period; healthy once successes have
//                                                   held for min_healthy_time
//   deadline passed                              -> unhealthy, whatever happens
class HealthPolicy {
 public:
  enum class Decision { kGoOn, kHealthy, kUnhealthy };

  explicit HealthPolicy(const HealthCheck& check) : check_(check) {}

  // An attempt that began at `began` and ended at `now`, both since the first attempt began.
  Decision after(bool passed, Duration began, Duration now);

  int failures_in_a_row() const { return failures_; }
  // Why it is unhealthy, for people: "3 failures in a row", "not healthy within 5m".
  const std::string& reason() const { return reason_; }

 private:
  const HealthCheck& check_;
  bool succeeded_once_ = false;
  int failures_ = 0;
  std::optional<Duration> healthy_since_;
  std::string reason_;
};

}  // namespace backstep
