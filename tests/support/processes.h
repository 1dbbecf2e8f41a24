// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/duration.h"

namespace backstep::test {

// Asks again and again, for at most `limit`.
template <typename Condition>
bool eventually(Condition condition, Duration limit = Duration(20'000)) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    poll(nullptr, 0, 2);
  }
  return true;
}

// Runs `body` in a forked process; true when it returned true.
template <typename Body>
bool holds_in_child(Body body) {
  const pid_t pid = fork();
  if (pid == 0) {
    bool held = false;
    try {
      held = body();
    } catch (...) {
    }
    _exit(held ? 0 : 1);
  }
  int status = -1;
  waitpid(pid, &status, 0);
  return status == 0;
}

// Finds the processes of one command wherever they went, by a variable in their environment: parent
// links and groups are just what a process can leave. What is left over is killed at the end.
class MarkedTree {
 public:
  MarkedTree() {
    static std::atomic<int> count = 0;
    mark_ = "BACKSTEP_TEST_TREE=" + std::to_string(getpid()) + "." + std::to_string(++count) + ".";
  }
  ~MarkedTree() {
    for (int round = 0; round < 100 && !alive().empty(); ++round) {
      for (const pid_t pid : alive()) kill(pid, SIGKILL);
    }
  }
  MarkedTree(const MarkedTree&) = delete;
  MarkedTree& operator=(const MarkedTree&) = delete;

  const std::string& mark() const { return mark_; }

  std::vector<pid_t> alive() const {
    std::vector<pid_t> pids;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
      const std::string name = entry.path().filename();
      if (name.find_first_not_of("0123456789") != std::string::npos) continue;
      std::ifstream file(entry.path() / "environ", std::ios::binary);
      const std::string variables{std::istreambuf_iterator<char>(file), {}};
      if (variables.find(mark_) != std::string::npos) pids.push_back(std::stoi(name));
    }
    return pids;
  }

  // Looked at more than once: one that forks and ends all the time may slip through one look.
  bool gone() const { return alive().empty() && alive().empty() && alive().empty(); }

 private:
  std::string mark_;
};

}  // namespace backstep::test
