// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/lint.h"

namespace backstep {

// A line of a file without its newline, or a part of a line that is longer than kLongestPiece.
struct LinePiece {
  static constexpr size_t kLongestPiece = size_t{64} * 1024;

  size_t line = 1;
  std::string_view bytes;
  bool begins = true;  // its line
  bool ends = true;    // likewise; of an unbroken line both
};

// The whole file from its first byte, in memory of one piece however large it is; the descriptor's
// own offset stays. Throws SystemError.
void read_lines(int fd, std::string_view subject,
                const std::function<void(const LinePiece&)>& take);

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

// Lines before `line` (0: anywhere) in which an `exit` or an `exec` ends, the nearest four of them.
// Whether a shell gets there at all is not looked at.
std::vector<size_t> ends_before(int fd, size_t line);

// What the rules find in a script without asking a shell. Of another script than an entrypoint
// nobody knows whether it is executed or read by a script, so its mode is no matter.
std::vector<LintFinding> findings_of(const std::string& path, const ScriptText& text, mode_t mode,
                                     bool is_entrypoint, const LintSettings& settings);

bool is_on(LintRule rule, const LintSettings& settings);

}  // namespace backstep
