// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/duration.h"

namespace backstep {

// Our standard output or error. Whatever happens to it never changes what the run does: a closed
// pipe or a full disk ends the output, not the run, and a reader that stands still for five seconds
// loses lines instead of stopping a restore. Once it has, nobody waits for it again until it reads.
// failed() lets the end of the run say so. SIGPIPE must be ignored (SignalWatch).
class Output {
 public:
  explicit Output(int fd, Duration stall_limit = Duration(5'000))
      : fd_(fd), stall_limit_(stall_limit) {}

  // Writes all of it, or gives up as above. Waits by poll, at most PIPE_BUF bytes a write, for
  // O_NONBLOCK on a shared descriptor would change it for others too.
  void write(std::string_view bytes);

  // Something was lost.
  bool failed() const { return failed_ || lost_; }
  bool is_terminal() const;

 private:
  enum class Progress { kSome, kNone, kFailed };
  Duration patience() const;
  bool wait_until_ready() const;
  Progress write_piece(std::string_view& bytes);

  int fd_;
  Duration stall_limit_;
  bool failed_ = false;
  bool stalled_ = false;
  bool lost_ = false;
};

}  // namespace backstep
