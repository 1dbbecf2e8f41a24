// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// In powers of ten, as disks are sold: "512 bytes", "1.2 kB", "34.5 MB".
std::string spoken_size(uint64_t bytes);
// The beginning of a printable text where it is longer than so many characters, with a … behind it.
std::string fitted(const std::string& text, size_t characters);

// A list is told to its tenth line, unless all of it is wanted; its last line says how many more.
inline constexpr size_t kToldLines = 10;
std::string folded(std::span<const std::string> lines, size_t most = kToldLines);
std::string and_more(size_t hidden);  // "" of none

// Columns as wide as their widest cell, for a terminal. Cells are printed escaped.
class Table {
 public:
  explicit Table(std::vector<std::string> header) : rows_{std::move(header)} {}
  void add(std::vector<std::string> row);
  bool empty() const { return rows_.size() == 1; }
  // The last column is cut so that no line is wider than that, unless less than `least` of it would be left.
  std::string text(size_t widest = static_cast<size_t>(-1), size_t least = 0) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// What is known of one thing: a name and a text a line, the texts below each other.
class FieldLines {
 public:
  // So wide are the names, behind so many blanks.
  explicit FieldLines(size_t width, size_t indent = 0) : width_(width), indent_(indent) {}
  // Of any bytes, which are shown escaped. Nothing where the text is empty; a further line of the
  // same field has no name.
  void field(std::string_view name, std::string_view text);
  void list(std::string_view name, const std::vector<std::string>& texts);
  void plain(const std::string& text) { text_ += text + "\n"; }
  std::string take() { return std::move(text_); }

 private:
  size_t width_;
  size_t indent_;
  std::string text_;
};

}  // namespace backstep
