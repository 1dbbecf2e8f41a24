// SPDX-License-Identifier: Apache-2.0
#include "lint/script.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "system/fd.h"

namespace backstep {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kElf =
    "\x7F"
    "ELF";
// Linux reads 256 bytes of the first line, others up to a page.
constexpr size_t kLongestFirstLine = 4096;
constexpr size_t kShownOfLine = 60;

// git writes seven, and a name behind a blank; more of them are somebody's underline.
bool is_conflict_marker(std::string_view line) {
  for (const std::string_view marker : {"<<<<<<<", ">>>>>>>"}) {
    if (!line.starts_with(marker)) continue;
    const std::string_view rest = line.substr(marker.size());
    return rest.empty() || rest.front() == ' ' || rest.front() == '\r';
  }
  return false;
}

void take_first_line(std::string_view line, ScriptText& text) {
  text.is_program = line.starts_with(kElf);
  if (line.starts_with(kUtf8Mark)) {
    text.mark = ScriptText::Mark::kUtf8;
    line.remove_prefix(kUtf8Mark.size());
  } else if (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF")) {
    text.mark = ScriptText::Mark::kUtf16;
  }
  text.first_line = line.substr(0, kLongestFirstLine);
}

constexpr size_t kMostEnds = 4;

// Whether the last command of a line ends the shell where it stands by itself. With redirections
// alone `exec` does not, and in a pipe or in the background only a subshell ends.
bool may_end_shell(std::string_view line) {
  line = trimmed(line);
  const std::string_view command = line.substr(line.rfind(';') + 1);
  if (line.starts_with('#') || command.find('|') != command.npos || line.ends_with('&')) return false;
  if (std::ranges::count(command, '"') % 2 != 0 || std::ranges::count(command, '\'') % 2 != 0) {
    return false;
  }
  const std::vector<std::string> words = words_in(command, " \t\r");
  if (words.size() < 2) return !words.empty() && words[0] == "exit";
  return words[0] == "exit" || (words[0] == "exec" && words[1].find_first_of("<>") == words[1].npos);
}

}  // namespace

// Each read begins with a line: only one that is longer than a piece comes in parts.
void read_lines(int fd, std::string_view subject, const std::function<void(const LinePiece&)>& take) {
  std::vector<char> buffer(LinePiece::kLongestPiece);
  size_t line = 1;
  bool begins = true;
  bool at_end = false;
  for (uint64_t offset = 0; !at_end;) {
    const std::string_view bytes(buffer.data(), read_at(fd, buffer, offset, subject));
    at_end = bytes.size() < buffer.size();
    size_t used = 0;
    for (size_t end = 0; (end = bytes.find('\n', used)) != bytes.npos; used = end + 1) {
      take({line++, bytes.substr(used, end - used), begins, true});
      begins = true;
    }
    if (used == 0 || at_end) {
      const std::string_view rest = bytes.substr(used);
      if (!rest.empty() || !begins) take({line, rest, begins, at_end});
      begins = false;
      used = bytes.size();
    }
    offset += used;
  }
}

void Spot::note(size_t at, std::string_view as) {
  if (lines > 0 && at == last) return;
  if (++lines == 1) {
    line = at;
    text = as;
  }
  last = at;
}

ScriptText read_script(int fd, std::string_view subject) {
  ScriptText text;
  char last_byte = '\n';  // of the line
  read_lines(fd, subject, [&](const LinePiece& piece) {
    if (piece.begins && piece.line == 1) take_first_line(piece.bytes, text);
    text.blank = text.blank && trimmed(piece.bytes).empty();
    text.sets_extglob = text.sets_extglob || piece.bytes.find("extglob") != piece.bytes.npos;
    if (piece.bytes.find('\0') != piece.bytes.npos) text.nul.note(piece.line, {});
    if (piece.begins && is_conflict_marker(piece.bytes)) {
      text.conflict.note(piece.line, piece.bytes.substr(0, kShownOfLine));
    }
    if (piece.begins) last_byte = '\n';
    if (!piece.bytes.empty()) last_byte = piece.bytes.back();
    if (piece.ends && piece.line > 1 && last_byte == '\r') text.crlf.note(piece.line, {});
  });
  return text;
}

std::vector<size_t> ends_before(int fd, size_t line) {
  std::vector<size_t> ends;
  bool goes_on = false;  // the line above, by a backslash
  bool is_end = false;
  read_lines(fd, "script", [&](const LinePiece& piece) {
    if (!piece.begins || (line > 0 && piece.line >= line)) return;
    if (!goes_on) is_end = may_end_shell(piece.bytes);
    goes_on = piece.bytes.ends_with('\\');
    if (is_end && !goes_on) ends.push_back(piece.line);
    if (ends.size() > kMostEnds) ends.erase(ends.begin());
  });
  return ends;
}

}  // namespace backstep
