// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// What a script's first line tells of who runs it.
struct Shebang {
  std::string interpreter;           // as the kernel reads it: "/usr/bin/env"; "" names none
  std::string program;               // who runs the script after all: "bash"
  std::vector<std::string> command;  // how that is called: {"/bin/bash"}, {"/bin/busybox", "sh"}

  // sh, bash, dash, ash, ksh or zsh: with `-n` it reads a script and runs nothing of it.
  bool checks_syntax() const;
};

// A carriage return at the line's end is no part of a name here: that is another rule's matter.
Shebang read_shebang(std::string_view first_line);

}  // namespace backstep
