// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>

#include "base/duration.h"

namespace backstep {

// A point on the monotonic clock, which no change of the date moves.
class Deadline {
 public:
  static Deadline never() { return Deadline(TimePoint::max()); }
  static Deadline after(Duration duration) { return Deadline(Steady::now() + duration); }

  bool passed() const { return Steady::now() >= point_; }

  // For poll: -1 waits for ever. Rounded up, or the last millisecond would be spent spinning; and
  // at most an hour, for poll counts in an int.
  int poll_timeout() const {
    if (point_ == TimePoint::max()) return -1;
    const auto left = std::chrono::ceil<Duration>(point_ - Steady::now());
    return static_cast<int>(std::clamp(left, Duration(0), Duration(3'600'000)).count());
  }

  friend Deadline earlier(Deadline a, Deadline b) { return Deadline(std::min(a.point_, b.point_)); }

 private:
  using Steady = std::chrono::steady_clock;
  using TimePoint = Steady::time_point;
  explicit Deadline(TimePoint point) : point_(point) {}

  TimePoint point_;
};

}  // namespace backstep
