// SPDX-License-Identifier: Apache-2.0
#include "reliability/races/flipper.h"

#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>
#include <new>
#include <random>

namespace backstep::test {

void FlipPair::remove(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

FlipState* map_state(const std::string& path) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0 || ftruncate(fd, sizeof(FlipState)) != 0) throw std::runtime_error("no " + path);
  void* place = mmap(nullptr, sizeof(FlipState), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (place == MAP_FAILED) throw std::runtime_error("cannot map " + path);
  return static_cast<FlipState*>(place);
}

Pause::Pause(FlipState& state) : state_(state) {
  ++state_.pauses;
  while (!state_.idle) sched_yield();
}
Pause::~Pause() { --state_.pauses; }

Flipper::Flipper(FlipState& state, FlipPair pair, unsigned seed) : state_(state), pair_(std::move(pair)) {
  pair_.settle();
  state_.idle = false;
  pid_ = fork();
  if (pid_ == 0) flip_for_ever(seed);
}

Flipper::~Flipper() {
  { const Pause nobody_is_between_two_flips(state_); }
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pair_.settle();
  unlink(pair_.partner.c_str());  // the next pair's leads elsewhere
  state_.idle = true;
}

void Flipper::stay() const {
  try {
    pair_.settle();
  } catch (const std::exception& error) {
    fprintf(stderr, "%s\n", error.what());
    abort();
  }
  state_.idle = true;
  while (state_.pauses > 0) sched_yield();
  state_.idle = false;
}

void Flipper::flip_for_ever(unsigned seed) const {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::minstd_rand random(seed);
  while (true) {
    if (state_.pauses > 0) stay();
    // Twice: away and back. At most one of the two fails, where the name is not there yet.
    for (int half = 0; half < 2; ++half) state_.flips += pair_.flip() ? 1 : 0;
    const unsigned most = state_.real_microseconds;
    if (most == 0) continue;
    const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(random() % most);
    while (std::chrono::steady_clock::now() < until) sched_yield();
  }
}

}  // namespace backstep::test
