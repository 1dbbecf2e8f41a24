// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "system/clock.h"

namespace backstep::test {

// Time that passes only when somebody waits: in no time at all.
class FakeClock : public Clock {
 public:
  static constexpr int64_t kStart = 1'710'080'580;  // 2024-03-10 14:23:00 UTC

  int64_t wall_seconds() const override { return kStart + passed_.count() / 1000; }
  Duration steady() const override { return passed_; }
  bool wait(Duration duration) override {
    waits.push_back(duration);
    if (static_cast<int>(waits.size()) == stop_in_wait) return true;
    passed_ += duration;
    if (after_wait) after_wait();
    return false;
  }

  void advance(Duration duration) { passed_ += duration; }

  std::vector<Duration> waits;
  int stop_in_wait = 0;  // a stop signal ends this wait, counted from 1; 0 = none
  std::function<void()> after_wait;

 private:
  Duration passed_{0};
};

}  // namespace backstep::test
