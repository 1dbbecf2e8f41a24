// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "system/signals.h"

namespace backstep {

// Reads a file or a pipe from front to end. A stop signal ends the wait for a pipe that brings
// nothing: Interrupted is thrown, for with a SignalWatch alive no signal would end the read itself.
class Input {
 public:
  Input(int fd, std::string subject, SignalWatch& signals)
      : fd_(fd), subject_(std::move(subject)), signals_(signals) {}

  size_t read(std::span<char> buffer);  // 0: the end. Throws SystemError and Interrupted

 private:
  int fd_;
  std::string subject_;
  SignalWatch& signals_;
};

}  // namespace backstep
