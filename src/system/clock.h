// SPDX-License-Identifier: Apache-2.0
#pragma once

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

}  // namespace backstep
