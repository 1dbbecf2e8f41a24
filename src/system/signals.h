// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <optional>
#include <span>
#include <string>

#include "base/duration.h"
#include "system/fd.h"

namespace backstep {

// INT, TERM, HUP and QUIT as a descriptor for the one poll loop; no handlers, no async code. While
// it lives the four are blocked, so they end nothing by themselves: whoever runs a step asks
// caught() between steps. PIPE and XFSZ are ignored, so that a closed pipe or a file-size limit is
// an error code and not a death in the middle of a restore. CHLD is blocked and watched too: as
// PID 1 of a container we are handed orphans and reap them. A HUP that was ignored when we started
// (nohup) stays ignored.
//
// The destructor brings back the mask and the dispositions that it found, and forgets stop signals
// that nobody asked for: a run that is complete does not die of one. Commands get an empty mask and
// default dispositions (restore_for_command). At most one may live at a time.
class SignalWatch {
 public:
  SignalWatch();  // throws SystemError
  ~SignalWatch();

  int fd() const { return fd_.get(); }

  // Takes what has arrived off the descriptor. Returns the first stop signal that arrived.
  std::optional<int> caught();

  // What came so far has been answered: only the next one stops what is done from here on.
  void await_another() { caught_.reset(); }

  // Waits until `duration` has passed or a stop signal is there; true when one is.
  bool wait(Duration duration);

  // Reads from a file or a pipe; 0 is its end. A stop signal ends the wait for a pipe that brings
  // nothing: Interrupted is thrown, for while this lives no signal would end the read itself.
  size_t read_unless_stopped(int fd, std::span<char> buffer, const std::string& subject);

  // The exit code is decided: from here to the end of the process, also after the destructor, no
  // stop signal changes it. What is left to do (a report, closing files) takes a moment only.
  void outlive() { outlives_ = true; }

  // In a forked child, before exec.
  static void restore_for_command();

 private:
  UniqueFd fd_;
  std::optional<int> caught_;
  bool outlives_ = false;
  sigset_t previous_mask_{};
  struct sigaction previous_pipe_ {};
  struct sigaction previous_xfsz_ {};
  struct sigaction previous_chld_ {};
};

// "signal 9 (Killed)"
std::string spoken_signal(int signal_number);

}  // namespace backstep
