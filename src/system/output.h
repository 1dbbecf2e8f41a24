// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/duration.h"

namespace backstep {

// Our standard output or error. Whatever happens to it never changes what the run does: a closed
// pipe or a full disk ends the output, not the run, and a reader that stands still for five seconds
// loses lines instead of stopping a restore. failed() lets the end of the run say so.
class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}

  // Writes all of it, or gives up as above. Waits by poll, at most PIPE_BUF bytes a write, for
  // O_NONBLOCK on a shared descriptor would change it for others too.
  void write(std::string_view bytes);

  bool failed() const { return failed_; }
  bool is_terminal() const;

 private:
  int fd_;
  bool failed_ = false;
  bool stalled_ = false;
};

}  // namespace backstep
