// SPDX-License-Identifier: Apache-2.0
#include "system/output.h"

#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace backstep {

namespace {

using Steady = std::chrono::steady_clock;

Duration left_until(Steady::time_point deadline) {
  const auto left = std::chrono::ceil<Duration>(deadline - Steady::now());
  return std::clamp(left, Duration(0), Duration(INT_MAX));
}

}  // namespace

// True also for what only a write can tell: the other end is closed, the descriptor is none.
bool Output::wait_until_ready() const {
  if (fd_ < 0) return true;  // poll would pass over it and wait
  const auto deadline = Steady::now() + patience();
  pollfd entry{fd_, POLLOUT, 0};
  while (true) {
    const int count = poll(&entry, 1, static_cast<int>(left_until(deadline).count()));
    if (count >= 0) return count > 0;
    if (errno != EINTR) return true;
  }
}

// EAGAIN comes from a descriptor that somebody else made non-blocking.
Output::Progress Output::write_piece(std::string_view& bytes) {
  const ssize_t count = ::write(fd_, bytes.data(), std::min<size_t>(bytes.size(), PIPE_BUF));
  if (count < 0) return errno == EAGAIN || errno == EINTR ? Progress::kNone : Progress::kFailed;
  bytes.remove_prefix(static_cast<size_t>(count));
  return Progress::kSome;
}

Duration Output::patience() const {
  return stalled_ ? Duration(0) : stall_limit_;
}

void Output::write(std::string_view bytes) {
  if (secrets_.empty()) return write_all(bytes);
  write_all(secrets_.hidden_in(bytes));
}

void Output::write_all(std::string_view bytes) {
  auto last_progress = Steady::now();
  while (!bytes.empty() && !failed_) {
    const Progress progress = wait_until_ready() ? write_piece(bytes) : Progress::kNone;
    failed_ = progress == Progress::kFailed;
    if (progress == Progress::kSome) {
      stalled_ = false;
      last_progress = Steady::now();
    } else if (Steady::now() - last_progress >= patience()) {
      stalled_ = true;
      lost_ = true;
      return;
    }
  }
}

bool Output::is_terminal() const {
  return isatty(fd_) == 1;
}

std::optional<size_t> Output::width() const {
  winsize size{};
  if (ioctl(fd_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

}  // namespace backstep
