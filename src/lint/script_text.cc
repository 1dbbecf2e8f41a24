// SPDX-License-Identifier: Apache-2.0
#include "lint/script_text.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "base/text.h"
#include "system/fd.h"

namespace backstep {
namespace {

class LineReader {
 public:
  explicit LineReader(const std::function<void(const LinePiece&)>& take) : take_(take) {}

  void read(int fd, std::string_view subject) {
    uint64_t offset = 0;
    bool at_end = false;
    while (!at_end) {
      const std::span<char> room = std::span(buffer_).subspan(held_);
      const size_t size = read_at(fd, room, offset, subject);
      offset += size;
      at_end = size < room.size();
      hand_on({buffer_.data(), held_ + size}, at_end);
    }
  }

 private:
  void hand_on(std::string_view bytes, bool at_end) {
    for (size_t end = 0; (end = bytes.find('\n')) != std::string_view::npos;) {
      take_({line_, bytes.substr(0, end), begins_, true});
      bytes.remove_prefix(end + 1);
      ++line_;
      begins_ = true;
    }
    const bool fills_all = bytes.size() == buffer_.size();
    if (fills_all || (at_end && (!bytes.empty() || !begins_))) {
      take_({line_, bytes, begins_, at_end});
      begins_ = false;
      held_ = 0;
    } else {
      // A line's beginning waits for the rest, so that a line which has room is never in parts.
      std::copy(bytes.begin(), bytes.end(), buffer_.begin());
      held_ = bytes.size();
    }
  }

  const std::function<void(const LinePiece&)>& take_;
  std::vector<char> buffer_ = std::vector<char>(LinePiece::kLongestPiece);
  size_t held_ = 0;
  size_t line_ = 1;
  bool begins_ = true;
};

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

class ScriptReader {
 public:
  void take(const LinePiece& piece) {
    if (piece.line == 1) take_first_line(piece);
    text_.blank = text_.blank && trimmed(piece.bytes).empty();
    if (piece.bytes.find('\0') != std::string_view::npos) text_.nul.note(piece.line, {});
    if (piece.begins && is_conflict_marker(piece.bytes)) {
      text_.conflict.note(piece.line, piece.bytes.substr(0, kShownOfLine));
    }
    look_for_crlf(piece);
  }

  ScriptText finish() { return std::move(text_); }

 private:
  void take_first_line(const LinePiece& piece) {
    if (!piece.begins) return;
    std::string_view line = piece.bytes;
    text_.is_program = line.starts_with(kElf);
    if (line.starts_with(kUtf8Mark)) {
      text_.mark = ScriptText::Mark::kUtf8;
      line.remove_prefix(kUtf8Mark.size());
    } else if (line.starts_with("\xFF\xFE") || line.starts_with("\xFE\xFF")) {
      text_.mark = ScriptText::Mark::kUtf16;
    }
    text_.first_line = line.substr(0, kLongestFirstLine);
  }

  void look_for_crlf(const LinePiece& piece) {
    if (piece.begins) last_byte_ = '\n';
    if (!piece.bytes.empty()) last_byte_ = piece.bytes.back();
    if (piece.ends && piece.line > 1 && last_byte_ == '\r') text_.crlf.note(piece.line, {});
  }

  char last_byte_ = '\n';
  ScriptText text_;
};

}  // namespace

void read_lines(int fd, std::string_view subject,
                const std::function<void(const LinePiece&)>& take) {
  LineReader(take).read(fd, subject);
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
  ScriptReader reader;
  read_lines(fd, subject, [&](const LinePiece& piece) { reader.take(piece); });
  return reader.finish();
}

}  // namespace backstep
