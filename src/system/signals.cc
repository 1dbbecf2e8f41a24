// SPDX-License-Identifier: Apache-2.0
#include "system/signals.h"

#include <fmt/core.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "system/clock.h"

namespace backstep {
namespace {

constexpr std::array kStopSignals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

void set_disposition(int signal_number, void (*handler)(int), struct sigaction* previous) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigaction(signal_number, &action, previous);
}

bool is_ignored(int signal_number) {
  struct sigaction action {};
  sigaction(signal_number, nullptr, &action);
  return action.sa_handler == SIG_IGN;
}

// A signalfd gets a blocked signal even if it is ignored: nohup's HUP has to be left out.
sigset_t watched_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  for (const int signal_number : kStopSignals) {
    if (signal_number != SIGHUP || !is_ignored(SIGHUP)) sigaddset(&set, signal_number);
  }
  return set;
}

// The kernel gives orphans of the container to PID 1 and to nobody else. The status of a keeper may
// be taken here too: whoever runs it learns its end from the report pipe.
void reap_orphans() {
  if (getpid() != 1) return;
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

}  // namespace

SignalWatch::SignalWatch() {
  const sigset_t watched = watched_signals();
  fd_ = UniqueFd(signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd_) throw SystemError("watch", "signals");
  sigprocmask(SIG_BLOCK, &watched, &previous_mask_);
  set_disposition(SIGPIPE, SIG_IGN, &previous_pipe_);
  set_disposition(SIGXFSZ, SIG_IGN, &previous_xfsz_);
  // With an inherited SIG_IGN the kernel would throw every exit status away.
  set_disposition(SIGCHLD, SIG_DFL, &previous_chld_);
}

SignalWatch::~SignalWatch() {
  caught();
  sigaction(SIGPIPE, &previous_pipe_, nullptr);
  sigaction(SIGXFSZ, &previous_xfsz_, nullptr);
  sigaction(SIGCHLD, &previous_chld_, nullptr);
  if (!outlives_) sigprocmask(SIG_SETMASK, &previous_mask_, nullptr);
}

std::optional<int> SignalWatch::caught() {
  signalfd_siginfo arrived{};
  bool child_ended = false;
  while (read(fd_.get(), &arrived, sizeof arrived) == ssize_t{sizeof arrived}) {
    const int signal_number = static_cast<int>(arrived.ssi_signo);
    if (signal_number == SIGCHLD) child_ended = true;
    if (signal_number != SIGCHLD && !caught_) caught_ = signal_number;
  }
  if (child_ended) reap_orphans();
  return caught_;
}

bool SignalWatch::wait(Duration duration) {
  const Deadline deadline = Deadline::after(duration);
  while (!caught()) {
    if (deadline.passed()) return false;
    pollfd watched{fd_.get(), POLLIN, 0};
    poll(&watched, 1, deadline.poll_timeout());
  }
  return true;
}

size_t SignalWatch::read_unless_stopped(int fd, std::span<char> buffer, const std::string& subject) {
  while (true) {
    // Before the wait: the one that somebody else took off the descriptor wakes no poll.
    if (const std::optional<int> signal = caught()) throw Interrupted(*signal);
    std::array<pollfd, 2> waits{pollfd{fd, POLLIN, 0}, pollfd{fd_.get(), POLLIN, 0}};
    if (poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) {
      throw SystemError("wait for", subject);
    }
    if (waits[0].revents == 0 || waits[1].revents != 0) continue;
    const ssize_t count = read(fd, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EINTR && errno != EAGAIN) throw SystemError("read", subject);
  }
}

void SignalWatch::restore_for_command() {
  for (const int signal_number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ, SIGCHLD}) {
    set_disposition(signal_number, SIG_DFL, nullptr);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

std::string spoken_signal(int signal_number) {
  return fmt::format("signal {} ({})", signal_number, strsignal(signal_number));
}

}  // namespace backstep
