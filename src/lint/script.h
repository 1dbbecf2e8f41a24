// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/lint.h"
#include "system/process/process.h"

namespace backstep {

// A script as lint sees it: its bytes, what the rules find in them, and what shells say of it.

// A line of a file without its newline, or a part of a line that is longer than kLongestPiece.
struct LinePiece {
  static constexpr size_t kLongestPiece = size_t{64} * 1024;

  size_t line = 1;
  std::string_view bytes;
  bool begins = true;  // its line
  bool ends = true;    // likewise; of an unbroken line both
};

// The whole file, in memory of one piece; the descriptor's own offset stays. Throws SystemError.
void read_lines(int fd, std::string_view subject, const std::function<void(const LinePiece&)>& take);

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

  bool blank = true;          // nothing but white space
  bool is_program = false;    // an ELF binary: the kernel runs it without an interpreter
  bool sets_extglob = false;  // it speaks of this option of bash
  Mark mark = Mark::kNone;    // the byte order mark that it begins with
  std::string first_line;     // behind the mark, as far as a kernel may read it; a CR is kept
  Spot nul;
  Spot crlf;  // after the first line
  Spot conflict;
};

// Reads the file once. Throws SystemError.
ScriptText read_script(int fd, std::string_view subject);

// The nearest four lines before `line` (0: anywhere) in which an `exit` or an `exec` ends.
std::vector<size_t> ends_before(int fd, size_t line);

// What the rules find in a script without asking a shell. Of another script than an entrypoint
// nobody knows whether it is executed or read by a script, so its mode is no matter.
std::vector<LintFinding> findings_of(const std::string& path, const ScriptText& text, mode_t mode, bool is_entrypoint,
                                     const LintSettings& settings);

bool is_on(LintRule rule, const LintSettings& settings);

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

// The call of a shell that runs nothing of what it is asked about. It gets the script that we
// opened as its standard input, whoever moves names about; -1: none. Throws SystemError.
ProcessSpec shell_call(std::vector<std::string> argv, int script = -1);

// What a shell says of its first mistake, as in "dash: 3: …" and "bash: line 3: …"; line 0: none.
struct Complaint {
  size_t line = 0;
  std::string said;  // printable, bounded
};
Complaint read_complaint(std::string_view output);

}  // namespace backstep
