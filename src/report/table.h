// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace backstep {

// The beginning of a printable text where it is longer than so many characters, with a … behind it.
std::string fitted(const std::string& text, size_t characters);

// Columns as wide as their widest cell, for a terminal. Cells are printed escaped.
class Table {
 public:
  explicit Table(std::vector<std::string> header) : rows_{std::move(header)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.size() == 1; }
  std::string text() const;
  // The last column is cut so that no line is wider than that, unless less than `least` of it would
  // be left.
  std::string text(size_t widest, size_t least) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace backstep
