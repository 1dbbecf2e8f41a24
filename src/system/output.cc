// SPDX-License-Identifier: Apache-2.0
#include "system/output.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "system/clock.h"

namespace backstep {
namespace {

constexpr int kPauseMs = 10;

UniqueFd opened_again(int fd) {
  // Only a master has such a number. To open that would make another terminal.
  unsigned number = 0;
  if (ioctl(fd, TIOCGPTN, &number) == 0) return {};
  const std::string path = "/proc/self/fd/" + std::to_string(fd);
  return UniqueFd(open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

// A write that waits is interrupted, again and again: the first time may come before it waits.
ssize_t write_for_a_moment(int fd, std::string_view bytes) {
  struct sigaction nothing {};  // and no SA_RESTART
  struct sigaction callers_action {};
  itimerval callers_timer{};
  const itimerval often{{0, kPauseMs * 1000}, {0, kPauseMs * 1000}};
  nothing.sa_handler = [](int) {};
  sigaction(SIGALRM, &nothing, &callers_action);
  setitimer(ITIMER_REAL, &often, &callers_timer);
  const ssize_t count = ::write(fd, bytes.data(), bytes.size());
  setitimer(ITIMER_REAL, &callers_timer, nullptr);
  sigaction(SIGALRM, &callers_action, nullptr);
  return count;
}

}  // namespace

Output::Output(int fd, Duration stall_limit)
    : is_terminal_(isatty(fd) == 1),
      own_(is_terminal_ ? opened_again(fd) : UniqueFd()),
      fd_(own_ ? own_.get() : fd),
      stall_limit_(stall_limit) {}

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

// Whether some was taken. EAGAIN comes from a descriptor that somebody else made non-blocking.
bool Output::write_piece(std::string_view& bytes) {
  const std::string_view piece = bytes.substr(0, PIPE_BUF);
  const ssize_t count =
      is_terminal_ && !own_ ? write_for_a_moment(fd_, piece) : ::write(fd_, piece.data(), piece.size());
  failed_ = count < 0 && errno != EAGAIN && errno != EINTR;
  if (count > 0) bytes.remove_prefix(static_cast<size_t>(count));
  return count >= 0;
}

Duration Output::patience() const { return stalled_ ? Duration(0) : stall_limit_; }

bool Output::in_colour() const {
  struct stat status {};
  if (colours_ == Colours::kInLog) return fstat(fd_, &status) != 0 || !S_ISREG(status.st_mode);
  return colours_ == Colours::kAlways || (colours_ == Colours::kOnTerminal && is_terminal_);
}

std::string Output::coloured(const std::string& lines) const {
  using Look = std::pair<std::string_view, std::string_view>;
  constexpr std::array kLooks = {Look{"✅", "32"}, Look{"✔", "32"}, Look{"❌", "31"}, Look{"⚠️", "33"},
                                 Look{"▶", "1"}};
  if (!in_colour()) return lines;
  std::vector<std::string> all = split(lines, '\n');
  for (std::string& line : all) {
    const std::string_view text = trimmed(line);
    for (const auto& [mark, colour] : kLooks) {
      if (text.starts_with(mark)) line = "\x1b[" + std::string(colour) + "m" + line + "\x1b[0m";
    }
  }
  return joined(all, "\n");
}

void Output::write(std::string_view bytes) {
  if (watcher_ && !bytes.empty()) watcher_(bytes);
  std::string_view rest = bytes;
  Deadline stalled = Deadline::after(patience());
  while (!rest.empty() && !failed_) {
    if (wait_until_ready() && write_piece(rest)) {
      stalled_ = false;
      stalled = Deadline::after(patience());
    } else if (stalled.passed()) {
      stalled_ = true;
      lost_ = true;
      return;
    } else {
      // Room was seen, and yet nothing was taken: asked again at once, it would be seen again.
      poll(nullptr, 0, kPauseMs);
    }
  }
}

std::optional<size_t> Output::width() const {
  winsize size{};
  if (ioctl(fd_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

}  // namespace backstep
