// SPDX-License-Identifier: Apache-2.0
#include "system/http/last_words.h"

#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <deque>

#include "base/error.h"

namespace backstep {
namespace {

// The handler may come at any moment, so what it reads is never changed or freed: a new text is
// made beside the old ones, and then one pointer moves.
std::atomic<const std::string*> spoken = nullptr;
static_assert(std::atomic<const std::string*>::is_always_lock_free);
int status_at_end = 0;

void speak_and_exit(int) {
  if (const std::string* words = spoken.load()) {
    [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, words->data(), words->size());
  }
  _exit(status_at_end);
}

timeval timeval_of(Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {.tv_sec = seconds.count(), .tv_usec = (duration - seconds).count() * 1000};
}

}  // namespace

void leave_last_words(int exit_status, Duration time_limit) {
  status_at_end = exit_status;
  struct sigaction action {};
  action.sa_handler = speak_and_exit;
  if (sigaction(SIGTERM, &action, nullptr) != 0) throw SystemError("handle", "SIGTERM");
  if (sigaction(SIGALRM, &action, nullptr) != 0) throw SystemError("handle", "SIGALRM");
  const itimerval timer = {.it_interval = {}, .it_value = timeval_of(time_limit)};
  if (setitimer(ITIMER_REAL, &timer, nullptr) != 0) throw SystemError("set", "the time limit");
}

void set_last_words(std::string words) {
  static std::deque<std::string> all;
  all.push_back(std::move(words));
  spoken = &all.back();
}

}  // namespace backstep
