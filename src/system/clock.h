// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>

#include "base/duration.h"
#include "system/signals.h"

namespace backstep {

// The time: one of the seams that a test replaces.
class Clock {
 public:
  virtual ~Clock() = default;
  // Seconds since the epoch, for names and records.
  virtual int64_t wall_seconds() const = 0;
  // For timeouts: never jumps.
  virtual Duration steady() const = 0;
  // Waits; true when a stop signal ended the wait.
  virtual bool wait(Duration duration) = 0;
};

class SystemClock : public Clock {
 public:
  explicit SystemClock(SignalWatch* signals) : signals_(signals) {}
  int64_t wall_seconds() const override {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::floor<std::chrono::seconds>(now).count();
  }
  Duration steady() const override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::floor<Duration>(now);
  }
  bool wait(Duration duration) override {
    if (signals_ != nullptr) return signals_->wait(duration);
    std::this_thread::sleep_for(duration);
    return false;
  }

 private:
  SignalWatch* signals_;  // may be null: then nothing interrupts
};

// A point on the monotonic clock, which no change of the date moves.
class Deadline {
 public:
  static Deadline never() { return Deadline(TimePoint::max()); }
  static Deadline after(Duration duration) { return Deadline(Steady::now() + duration); }

  bool passed() const { return Steady::now() >= point_; }

  // For poll: -1 waits for ever. Rounded up, or it would spin at the end; poll counts in an int.
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
