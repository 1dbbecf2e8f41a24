// SPDX-License-Identifier: Apache-2.0
#include "system/signals.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "support/catch.h"
#include "support/processes.h"

using backstep::Duration;
using backstep::SignalWatch;
using backstep::test::eventually;
using backstep::test::holds_in_child;

namespace {

bool is_blocked(int signal_number) {
  sigset_t mask;
  sigprocmask(SIG_BLOCK, nullptr, &mask);
  return sigismember(&mask, signal_number) == 1;
}

bool has_handler(int signal_number, void (*handler)(int)) {
  struct sigaction action {};
  sigaction(signal_number, nullptr, &action);
  return action.sa_handler == handler;
}

bool all_are_reaped() { return waitid(P_ALL, 0, nullptr, WEXITED | WNOHANG | WNOWAIT) != 0 && errno == ECHILD; }

// An orphan two generations below: only PID 1 is given it.
bool orphan_is_reaped_by_pid_1() {
  SignalWatch watch;
  if (fork() == 0) {
    if (fork() == 0) _exit(0);
    _exit(0);
  }
  return eventually([&] { return watch.wait(Duration(1)) || all_are_reaped(); });
}

}  // namespace

TEST_CASE("SignalWatch: a stop signal is reported and does not kill", "[system][signals]") {
  const int signal_number = GENERATE(SIGINT, SIGTERM, SIGHUP, SIGQUIT);
  SignalWatch watch;
  REQUIRE_FALSE(watch.caught());
  raise(signal_number);
  REQUIRE(watch.caught() == signal_number);
  REQUIRE(watch.caught() == signal_number);
}

TEST_CASE("SignalWatch: the first stop signal is the one that counts", "[system][signals]") {
  SignalWatch watch;
  raise(SIGTERM);
  REQUIRE(watch.caught() == SIGTERM);
  raise(SIGINT);
  REQUIRE(watch.caught() == SIGTERM);
}

TEST_CASE("SignalWatch: a wait ends at a stop signal, else at its time", "[system][signals]") {
  SignalWatch watch;
  REQUIRE_FALSE(watch.wait(Duration(1)));
  raise(SIGTERM);
  const auto start = std::chrono::steady_clock::now();
  REQUIRE(watch.wait(Duration(30'000)));
  REQUIRE(std::chrono::steady_clock::now() - start < Duration(10'000));
}

TEST_CASE("SignalWatch: the end of a child does not end a wait", "[system][signals]") {
  SignalWatch watch;
  const auto start = std::chrono::steady_clock::now();
  const pid_t pid = fork();
  if (pid == 0) _exit(0);
  REQUIRE_FALSE(watch.wait(Duration(60)));
  REQUIRE(std::chrono::steady_clock::now() - start >= Duration(60));
  int status = -1;
  REQUIRE(waitpid(pid, &status, 0) == pid);
}

TEST_CASE("SignalWatch: a closed pipe is an error code, not a death", "[system][signals]") {
  REQUIRE(holds_in_child([] {
    SignalWatch watch;
    int ends[2];
    if (pipe(ends) != 0) return false;
    close(ends[0]);
    return write(ends[1], "x", 1) == -1 && errno == EPIPE && has_handler(SIGXFSZ, SIG_IGN);
  }));
}

TEST_CASE("SignalWatch: its end restores what it found", "[system][signals]") {
  REQUIRE(holds_in_child([] {
    signal(SIGCHLD, SIG_IGN);
    sigset_t usr1;
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    sigprocmask(SIG_SETMASK, &usr1, nullptr);
    {
      SignalWatch watch;
      if (!is_blocked(SIGTERM) || !is_blocked(SIGCHLD) || !has_handler(SIGCHLD, SIG_DFL)) {
        return false;
      }
    }
    return !is_blocked(SIGTERM) && !is_blocked(SIGCHLD) && is_blocked(SIGUSR1) && has_handler(SIGPIPE, SIG_DFL) &&
           has_handler(SIGXFSZ, SIG_DFL) && has_handler(SIGCHLD, SIG_IGN);
  }));
}

TEST_CASE("SignalWatch: a signal that came too late does not kill at its end", "[system][signals]") {
  REQUIRE(holds_in_child([] {
    {
      SignalWatch watch;
      raise(SIGTERM);
    }
    return true;
  }));
}

TEST_CASE("SignalWatch: a signal that comes after its end does not kill once it outlives that", "[system][signals]") {
  REQUIRE(holds_in_child([] {
    {
      SignalWatch watch;
      watch.outlive();
    }
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) raise(number);
    return true;
  }));
}

TEST_CASE("SignalWatch: HUP stays ignored under nohup", "[system][signals]") {
  REQUIRE(holds_in_child([] {
    signal(SIGHUP, SIG_IGN);
    SignalWatch watch;
    raise(SIGHUP);
    return !watch.caught().has_value();
  }));
}

TEST_CASE("SignalWatch: a command starts with nothing blocked and nothing ignored", "[system][signals]") {
  REQUIRE(holds_in_child([] {
    signal(SIGHUP, SIG_IGN);
    SignalWatch watch;
    SignalWatch::restore_for_command();
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGPIPE, SIGXFSZ}) {
      if (is_blocked(number) || !has_handler(number, SIG_DFL)) return false;
    }
    return true;
  }));
}

TEST_CASE("SignalWatch: PID 1 reaps the orphans of its container", "[system][signals]") {
  const bool permitted = holds_in_child([] { return unshare(CLONE_NEWPID) == 0; });
  if (!permitted) {
    WARN("no process namespace can be made here: not tested");
    return;
  }
  REQUIRE(holds_in_child([] {
    return unshare(CLONE_NEWPID) == 0 && holds_in_child([] { return getpid() == 1 && orphan_is_reaped_by_pid_1(); });
  }));
}

TEST_CASE("SignalWatch: signals are spoken of by number and name", "[system][signals]") {
  REQUIRE(backstep::spoken_signal(SIGKILL) == "signal 9 (Killed)");
}
