// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace backstep {
namespace {

// Both sides are held in memory, and what is longer is read by nobody.
constexpr uint64_t kLargestText = uint64_t{16} << 20;
constexpr ptrdiff_t kMostLines = 500'000;

bool is_too_large(const FileEntry* entry) {
  return entry != nullptr && entry->size > kLargestText;
}

bool is_no_file(const FileEntry* entry) {
  return entry != nullptr && entry->sha256 == kNoContent;
}

bool is_binary(const std::string& bytes) {
  return bytes.find('\0') != std::string::npos;
}

bool has_too_many_lines(const std::string& bytes) {
  return std::ranges::count(bytes, '\n') > kMostLines;
}

bool holds_a_mask(const std::string& shown) {
  return shown.find(kHiddenSecret) != std::string::npos;
}

// "10 and 12 bytes", or of the one side that there is.
std::string sizes(const FileDifference& file) {
  if (file.from == nullptr) return counted(file.to->size, "byte");
  if (file.to == nullptr) return counted(file.from->size, "byte");
  return fmt::format("{} and {}", file.from->size, counted(file.to->size, "byte"));
}

}  // namespace

FileDiff::FileDiff(const FileDifference& file, const ComparedSide& from, const ComparedSide& to,
                   const Secrets& secrets)
    : file_(file) {
  if (is_no_file(file.from) || is_no_file(file.to)) {
    kind_ = Kind::kNoFile;
  } else if (file.from != nullptr && file.to != nullptr && !file.content) {
    kind_ = Kind::kSameContent;
  } else if (is_too_large(file.from) || is_too_large(file.to)) {
    kind_ = Kind::kTooLarge;
  } else {
    read(from_, from, file.from, secrets);
    read(to_, to, file.to, secrets);
    compare();
  }
}

void FileDiff::read(Text& text, const ComparedSide& side, const FileEntry* entry,
                    const Secrets& secrets) {
  if (entry == nullptr) return;
  text.bytes = side.content(*entry);
  if (is_binary(text.bytes) || has_too_many_lines(text.bytes)) return;
  text.lines = lines_of(text.bytes);
  text.masked = std::make_unique<MaskedLines>(text.lines, entry->path, secrets);
}

void FileDiff::compare() {
  if (is_binary(from_.bytes) || is_binary(to_.bytes)) {
    kind_ = Kind::kBinary;
  } else if (has_too_many_lines(from_.bytes) || has_too_many_lines(to_.bytes)) {
    kind_ = Kind::kTooLarge;
  } else if (auto changes = line_changes(from_.lines, to_.lines)) {
    changes_ = std::move(*changes);
  } else {
    kind_ = Kind::kTooDifferent;
  }
}

std::string FileDiff::why_not_shown() const {
  switch (kind_) {
    case Kind::kText:
    case Kind::kSameContent:
      return "";
    case Kind::kBinary:
      return "binary, " + sizes(file_);
    case Kind::kTooLarge:
      return "too large to show line by line, " + sizes(file_);
    case Kind::kTooDifferent:
      return fmt::format("too different to show line by line, {} and {}", from_.lines.size(),
                         counted(to_.lines.size(), "line"));
    case Kind::kNoFile:
      return fmt::format("no regular file {}", is_no_file(file_.to) ? "any more" : "before");
  }
  return "";
}

size_t FileDiff::sum_of(size_t LineChange::*count) const {
  size_t sum = 0;
  for (const LineChange& change : changes_) sum += change.*count;
  return sum;
}

// Two changed lines that look alike differ behind their masks.
size_t FileDiff::only_masked() const {
  size_t count = 0;
  for (const LineChange& change : changes_) {
    std::multiset<std::string> shown;
    if (change.added == 0) continue;
    for (size_t i = 0; i < change.removed; ++i) {
      const std::string text = line('-', change.from + i);
      if (holds_a_mask(text)) shown.insert(text);
    }
    for (size_t i = 0; i < change.added && !shown.empty(); ++i) {
      const auto found = shown.find(line('+', change.to + i));
      if (found == shown.end()) continue;
      ++count;
      shown.erase(found);
    }
  }
  return count;
}

std::vector<Hunk> FileDiff::hunks() const {
  return hunks_of(changes_, from_.lines.size(), to_.lines.size());
}

std::string FileDiff::line(char kind, size_t number) const {
  return side_of(kind).masked->at(number);
}

bool FileDiff::lacks_newline(char kind, size_t number) const {
  return !side_of(kind).lines[number].ends_with('\n');
}

}  // namespace backstep
