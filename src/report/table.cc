// SPDX-License-Identifier: Apache-2.0
#include "report/table.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace backstep {
namespace {

bool begins_character(char c) { return (c & '\xC0') != '\x80'; }

// Code points, not bytes: names of people are not always ASCII.
size_t width(const std::string& text) { return static_cast<size_t>(std::ranges::count_if(text, begins_character)); }

}  // namespace

std::string spoken_size(uint64_t bytes) {
  if (bytes < 1000) return counted(bytes, "byte");
  double size = static_cast<double>(bytes) / 1000;
  const char* units = "kMGTPE";
  for (; size >= 999.95; size /= 1000) ++units;
  return fmt::format("{:.1f} {}B", size, *units);
}

std::string fitted(const std::string& text, size_t characters) {
  if (width(text) <= characters) return text;
  size_t end = 0;
  for (size_t seen = 0; end < text.size(); ++end) {
    if (begins_character(text[end]) && seen++ + 1 >= characters) break;
  }
  return text.substr(0, end) + "…";
}

std::string folded(std::span<const std::string> lines, size_t most) {
  const size_t shown = std::min(most, lines.size());
  return joined(lines.first(shown), "") + and_more(lines.size() - shown);
}

std::string and_more(size_t hidden) { return hidden == 0 ? "" : fmt::format("… and {} more (-v shows all)\n", hidden); }

void Table::add(std::vector<std::string> row) {
  for (std::string& cell : row) cell = printable(cell);
  rows_.push_back(std::move(row));
}

std::string Table::text(size_t widest, size_t least) const {
  constexpr size_t kGap = 2;
  const size_t last = rows_.front().size() - 1;
  std::vector<size_t> widths(last, 0);
  size_t used = 0;
  for (size_t i = 0; i < last; ++i) {
    for (const auto& row : rows_) widths[i] = std::max(widths[i], width(row[i]));
    used += widths[i] + kGap;
  }
  const size_t left = std::max(least, widest - std::min(widest, used));
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (size_t i = 0; i < last; ++i) {
      line += row[i] + std::string(widths[i] - width(row[i]) + kGap, ' ');
    }
    line += fitted(row[last], left);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

void FieldLines::list(std::string_view name, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) field(std::exchange(name, ""), text);
}

void FieldLines::field(std::string_view name, std::string_view text) {
  if (text.empty()) return;
  text_ += fmt::format("{}{:<{}}{}\n", std::string(indent_, ' '), name, width_, printable(text));
}

}  // namespace backstep
