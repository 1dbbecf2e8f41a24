// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "system/process/process.h"

namespace backstep {

// What a script's first line tells of who runs it.
struct Shebang {
  std::string interpreter;  // as the kernel reads it: "/usr/bin/env"; "" names none
  std::string program;      // who runs the script after all: "bash"; busybox's own shell: "busybox"
};

// A carriage return at the line's end is no part of a name here: that is another rule's matter.
Shebang read_shebang(std::string_view first_line);

// One of the shells that an image may have under the name by which a script asks for its shell.
struct Reading {
  std::string_view program;  // what the script asks for
  std::string_view name;     // for people: "bash as sh"
  std::string_view call;     // with `-n`: it reads a script and runs nothing of it
};

// The likeliest last; none for what is no shell. They are found on PATH by their usual names: the
// path in the script is one of the image, and what lies there in the tree must not be run.
std::vector<const Reading*> readings_of(const std::string& program, bool sets_extglob);

// The call of a shell that runs nothing of what it is asked about. It gets the opened script as its
// standard input, so that it reads what we opened, whoever moves names about; -1: its words are all
// that there is. Throws SystemError.
ProcessSpec shell_call(std::vector<std::string> argv, int script = -1);

// What a shell says of its first mistake, "dash: 3: Syntax error: …", "bash: line 3: syntax error
// …", as line (0: it names none) and text.
struct Complaint {
  size_t line = 0;
  std::string said;  // printable, bounded
};
Complaint read_complaint(std::string_view output);

}  // namespace backstep
