// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace backstep {

// Where something was found: on how many lines, and the first of them.
struct Spot {
  size_t lines = 0;
  size_t line = 0;
  size_t last = 0;
  std::string text;  // as it stands in the first line; may hold any byte

  bool found() const { return lines > 0; }
  void note(size_t at, std::string_view as);
};

// What the bytes of a script tell without its interpreter. Its size does not depend on the file's.
struct ScriptText {
  enum class Mark { kNone, kUtf8, kUtf16 };

  bool blank = true;        // nothing but white space
  bool is_program = false;  // an ELF binary: the kernel runs it without an interpreter
  Mark mark = Mark::kNone;  // the byte order mark that it begins with
  std::string first_line;   // behind the mark, as far as a kernel may read it; a CR is kept
  Spot nul;
  Spot crlf;  // after the first line
  Spot conflict;
};

// Reads the file once. Throws SystemError.
ScriptText read_script(int fd, std::string_view subject);

}  // namespace backstep
