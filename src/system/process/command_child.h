// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <span>
#include <string>
#include <vector>

#include "system/process/process.h"

namespace backstep {

struct CommandLinks {
  int output;      // becomes stdout and stderr
  int exec_error;  // close-on-exec; takes the errno when the program cannot be executed
  pid_t keeper;
  int input = -1;  // becomes stdin; -1: that stays empty
};

// From fork to exec in the command's process. Ends it with 127 when there is no exec; the number of
// the error is in the pipe, so that this is never mistaken for a program that exits with 127.
[[noreturn]] void be_command(const ProcessSpec& spec, const CommandLinks& links) noexcept;

// `inherited` (as `environ`) with `added` (NAME=value) put over it; the last one of a name wins.
std::vector<std::string> merged_environment(const char* const* inherited,
                                            std::span<const std::string> added);

}  // namespace backstep
