// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backup/restore/comparison.h"
#include "base/secrets.h"

namespace backstep {

using LineSpan = std::span<const std::string_view>;

// A line of two texts that are compared: '-' stands in the first alone, '+' in the second alone, '
// ' in both. `from` and `to`: so many lines of each text come before it.
struct DiffLine {
  char kind = ' ';
  size_t from = 0;
  size_t to = 0;
};

// A fraction of a second; enough for thousands of lines that moved.
inline constexpr uint64_t kMostLooks = 10'000'000;

// All lines of both texts in order, of which as few as may be are told as changed; where some stand
// in place of others, those that went come first. Lines that only one side has cost nothing to tell
// apart, so that two wholly different texts are quick; many lines in another order may need
// `most_looks` at a line of each side or more: nullopt. The search takes some 50 MB at most, and is
// done in pieces where that would not do: there it may tell some more lines than must be.
std::optional<std::vector<DiffLine>> line_diff(LineSpan from, LineSpan to, uint64_t most_looks = kMostLooks);

// Changes that are told together, with three common lines before, between and after, as `diff -u` has it.
using Hunk = std::span<const DiffLine>;
std::vector<Hunk> hunks_of(std::span<const DiffLine> lines);

// "@@ -1,4 +1,5 @@"
std::string header_of(Hunk hunk);

// One file that differs, read and compared line by line where that tells something. Made one after
// the other: each holds both contents.
class FileDiff {
 public:
  // The difference must outlive it. Throws what content() throws.
  FileDiff(const FileDifference& file, const ComparedSide& from, const ComparedSide& to, const Secrets& secrets);
  FileDiff(const FileDiff&) = delete;
  FileDiff& operator=(const FileDiff&) = delete;

  const FileDifference& file() const { return file_; }
  // "text"; "same": only mode or owner differ; else why it is only named: "binary" with a NUL byte
  // on one side, "too_large", "too_different" in the order of its lines, "no_file".
  std::string_view kind() const { return kind_; }
  // The same for people: "binary, 10 and 12 bytes"; "" where lines are shown, or there are none.
  const std::string& why_not_shown() const { return why_not_shown_; }

  size_t removed() const { return count_of('-'); }
  size_t added() const { return count_of('+'); }
  // Changed lines of which nothing but masked values differs, so that both look the same.
  size_t only_masked() const;

  std::vector<Hunk> hunks() const { return hunks_of(lines_); }
  // A line as everybody may see it, without its '\n'.
  const std::string& shown(const DiffLine& line) const;
  // Whether that line lacks its '\n', as only a last one may.
  bool lacks_newline(const DiffLine& line) const;

 private:
  struct Text {
    std::string bytes;
    std::vector<std::string_view> lines;
    std::vector<std::string> shown;
  };
  void compare(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets);
  void only_name(std::string_view kind, std::string why);
  void name_too_large();
  size_t count_of(char kind) const;

  const FileDifference& file_;
  std::string_view kind_ = "text";
  std::string why_not_shown_;
  Text from_;
  Text to_;
  std::vector<DiffLine> lines_;
};

// The lines of a file as everybody may see them, without their '\n': `***` stands in place of the secrets of the
// environment, of what SecretLines finds, and of all of a file that holds one word and is called db_password. `lines`:
// the whole file's, for a value may go on for several lines, and only another line may tell that it is one.
std::vector<std::string> masked_lines(LineSpan lines, std::string_view path, const Secrets& secrets);

}  // namespace backstep
