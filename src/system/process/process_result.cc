// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <cerrno>
#include <cstring>

#include "system/process/process.h"

namespace backstep {
namespace {

std::string described_exit(int code) {
  if (code == kExitNotFound) return "exited with 127 (command not found)";
  if (code == kExitNotExecutable) return "exited with 126 (not executable)";
  return fmt::format("exited with {}", code);
}

std::string described_failure(int error_number) {
  std::string cause = fmt::format("could not be started: {}", std::strerror(error_number));
  if (error_number != ENOEXEC) return cause;
  return cause + " (it has no interpreter line such as #!/bin/sh, or is for another machine)";
}

std::string described_signal(const ProcessResult& result) {
  std::string killed = fmt::format("was killed by {}", spoken_signal(result.signal));
  return result.keeper_lost ? killed + ", or somebody killed the keeper that watched it" : killed;
}

}  // namespace

bool ProcessResult::cannot_run() const {
  if (end == End::kExited) return code == kExitNotExecutable || code == kExitNotFound;
  if (end != End::kNotStarted) return false;
  return error_number == ENOENT || error_number == ENOTDIR || error_number == EACCES ||
         error_number == ENOEXEC;
}

bool ProcessResult::lacked_room() const {
  if (end != End::kNotStarted) return false;
  return error_number == EMFILE || error_number == ENFILE || error_number == EAGAIN ||
         error_number == ENOMEM;
}

std::string ProcessResult::described() const {
  if (!told.empty()) return told;
  switch (end) {
    case End::kExited:
      return described_exit(code);
    case End::kSignaled:
      return described_signal(*this);
    case End::kTimedOut:
      return fmt::format("timed out after {}", format_duration(timeout));
    case End::kStopped:
      return fmt::format("was stopped by {}", spoken_signal(signal));
    case End::kNotStarted:
      return described_failure(error_number);
  }
  return {};
}

std::string ProcessResult::described_writers() const {
  if (writers.empty()) return {};
  std::string fate = "is thrown away";
  if (drain_error != 0) {
    fate = fmt::format("may end them, for nothing could be started that reads it ({})",
                       std::strerror(drain_error));
  }
  return fmt::format(
      " left processes running that still have its output: {}. What they write from here on {}; "
      "to keep it, redirect its output: 'server >server.log 2>&1 &'",
      writers, fate);
}

}  // namespace backstep
