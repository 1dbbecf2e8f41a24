// SPDX-License-Identifier: Apache-2.0
#include "system/process/command_output.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "base/text.h"

namespace backstep {
namespace {

// The last `size` bytes of `text`, all of it when it is shorter.
std::string_view end_of(std::string_view text, size_t size) {
  return text.substr(text.size() - std::min(size, text.size()));
}

// Cuts where a line ends, to tear neither a word nor a UTF-8 sequence; not one endless line.
std::string_view whole_lines_at_start(std::string_view text) {
  const size_t newline = text.rfind('\n');
  return newline == std::string_view::npos ? text : text.substr(0, newline + 1);
}

std::string_view whole_lines_at_end(std::string_view text) { return text.substr(text.find('\n') + 1); }

// Of the escape sequence that `text` begins with (ECMA-48): `ESC [ 31 m`, `ESC ( B`; of a link or a
// title all up to its end, unless the line ends before.
size_t escape_length(std::string_view text) {
  constexpr std::string_view kWithin = " !\"#$%&'()*+,-./0123456789:;<=>?";
  const std::string_view kind = text.substr(1, 1);
  if (kind == "]") {
    const size_t end = text.find_first_of("\a\x1b\n", 2);
    if (end != std::string_view::npos && text[end] != '\n') return end + (text[end] == '\a' ? 1 : 0);
  }
  const size_t end =
      kind == "[" ? text.find_first_not_of(kWithin, 2) : text.find_first_not_of(kWithin.substr(0, 16), 1);
  return std::min(end, text.size() - 1) + 1;
}

std::string without_escapes(std::string text) {
  for (size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b', at)) {
    text.erase(at, escape_length(std::string_view(text).substr(at)));
  }
  return text;
}

}  // namespace

std::vector<std::string> plain_lines(std::string_view output) {
  const std::string plain = without_escapes(std::string(output));
  std::vector<std::string> lines;
  if (trimmed(plain).empty()) return lines;
  for (const std::string& line : split(trimmed(plain), '\n')) {
    std::string said;
    for (const std::string& part : split(line, '\r')) {
      if (!trimmed(part).empty()) said = printable(replaced(part, "\t", "    "));
    }
    lines.push_back(std::move(said));
  }
  return lines;
}

void Excerpt::add(std::string_view bytes) {
  total_ += bytes.size();
  const size_t to_head = std::min(kHead - head_.size(), bytes.size());
  head_ += bytes.substr(0, to_head);
  tail_ += end_of(bytes.substr(to_head), kTail);
  // At twice its size and not at each byte: moving 64 KiB for every line would be slow.
  if (tail_.size() >= 2 * kTail) tail_.erase(0, tail_.size() - kTail);
}

std::string Excerpt::text() const {
  if (total_ <= kHead + kTail) return head_ + tail_;
  const std::string_view head = whole_lines_at_start(head_);
  const std::string_view tail = whole_lines_at_end(end_of(tail_, kTail));
  return fmt::format("{}{}[... {} bytes left out ...]\n{}", head, head.ends_with('\n') ? "" : "\n",
                     total_ - head.size() - tail.size(), tail);
}

std::string Excerpt::last_lines(size_t lines) const {
  const std::string kept = total_ <= kHead + kTail ? head_ + tail_ : tail_;
  std::string_view text = kept;
  if (text.ends_with('\n')) text.remove_suffix(1);
  const std::vector<std::string> all = split(text, '\n');
  return joined(std::span(all).last(std::min(lines, all.size())), "\n");
}

void LiveLines::add(std::string_view bytes) {
  if (output_ == nullptr || bytes.empty()) return;
  if (shown_ >= kLimit) {
    hidden_ += bytes.size();
    return;
  }
  std::string shown;
  for (const char c : bytes) {
    if (last_ == '\n' || (last_ == '\r' && c != '\n')) shown += prefix_;
    shown += c;
    last_ = c;
  }
  shown_ += shown.size();
  output_->pass(shown);
}

void LiveLines::end() {
  if (output_ != nullptr && last_ != '\n') output_->pass("\n");
  last_ = '\n';
  if (hidden_ == 0) return;
  output_->pass(fmt::format("{}[... {} more bytes are not shown ...]\n", prefix_, hidden_));
  hidden_ = 0;
}

std::string plain_text(std::string_view output) { return joined(plain_lines(output), "\n"); }

}  // namespace backstep
