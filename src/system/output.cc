// SPDX-License-Identifier: Apache-2.0
#include "system/output.h"

#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "system/deadline.h"

namespace backstep {

// True also for what only a write can tell: the other end is closed, the descriptor is none.
bool Output::wait_until_ready() const {
  if (fd_ < 0) return true;  // poll would pass over it and wait
  const Deadline deadline = Deadline::after(patience());
  pollfd entry{fd_, POLLOUT, 0};
  while (true) {
    const int count = poll(&entry, 1, deadline.poll_timeout());
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
  Deadline stalled = Deadline::after(patience());
  while (!bytes.empty() && !failed_) {
    const Progress progress = wait_until_ready() ? write_piece(bytes) : Progress::kNone;
    failed_ = progress == Progress::kFailed;
    if (progress == Progress::kSome) {
      stalled_ = false;
      stalled = Deadline::after(patience());
    } else if (stalled.passed()) {
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
