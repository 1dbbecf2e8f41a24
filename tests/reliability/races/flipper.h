// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "reliability/races/flip_pair.h"

namespace backstep::test {

// What the flipping process, the test and the generator share: a mapped file.
struct FlipState {
  std::atomic<int> pauses{0};  // how many want everything at its place
  std::atomic<bool> idle{true};
  std::atomic<unsigned> real_microseconds{0};  // how long the real thing stays, at most
  std::atomic<uint64_t> flips{0};
};

FlipState* map_state(const std::string& path);  // made when it is not there

// Holds the flipping while it lives: everything is at its place then.
class Pause {
 public:
  explicit Pause(FlipState& state);
  ~Pause();
  Pause(const Pause&) = delete;
  Pause& operator=(const Pause&) = delete;

 private:
  FlipState& state_;
};

// A process that flips one pair until the end of the scope.
class Flipper {
 public:
  Flipper(FlipState& state, FlipPair pair, unsigned seed);
  ~Flipper();
  Flipper(const Flipper&) = delete;
  Flipper& operator=(const Flipper&) = delete;

 private:
  [[noreturn]] void flip_for_ever(unsigned seed) const;
  void stay() const;

  FlipState& state_;
  FlipPair pair_;
  pid_t pid_;
};

}  // namespace backstep::test
