// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "system/process/process.h"

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

struct SyntaxAnswer {
  enum class Kind {
    kRight,
    kWrong,    // line and said
    kSkipped,  // why, in said: this interpreter has no such check, or is not here
    kStopped,  // a stop signal (signal)
  };
  Kind kind = Kind::kRight;
  size_t line = 0;        // 0: the interpreter named none
  std::string said = {};  // one printable line
  int signal = 0;
};

// `INTERPRETER -n` with the script as its standard input, so that what it reads is what we opened,
// whoever moves names about. `spec` says where and how; nothing that the caller's environment has a
// shell run at its start is run. An interpreter that takes ten seconds is skipped.
SyntaxAnswer check_syntax(const Shebang& shebang, int script, ProcessSpec spec,
                          ProcessRunner& runner);

// What a shell says of its first mistake: "/bin/sh: 3: Syntax error: …", "bash: line 3: syntax
// error …" and what others make of it, as line number and text.
SyntaxAnswer read_complaint(std::string_view output, std::string_view program);

}  // namespace backstep
