// SPDX-License-Identifier: Apache-2.0
#include "system/clock.h"

#include <limits.h>
#include <poll.h>

#include <algorithm>

namespace backstep {

int64_t SystemClock::wall_seconds() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::floor<std::chrono::seconds>(now).count();
}

Duration SystemClock::steady() const {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::floor<Duration>(now);
}

bool SystemClock::wait(Duration duration) {
  if (signals_ != nullptr) return signals_->wait(duration);
  const Duration end = steady() + duration;
  // In a loop: EINTR ends a poll early, and it cannot count beyond 24 days.
  for (Duration left = duration; left > Duration(0); left = end - steady()) {
    poll(nullptr, 0, static_cast<int>(std::min(left, Duration(INT_MAX)).count()));
  }
  return false;
}

}  // namespace backstep
