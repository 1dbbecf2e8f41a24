// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/duration.h"
#include "config/config.h"

namespace backstep {

// Decides from the attempts of a check whether it is healthy. It runs nothing and asks no clock.
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

  // Called after each attempt. Both times are counted from the beginning of the first attempt.
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
