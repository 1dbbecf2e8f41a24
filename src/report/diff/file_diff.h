// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backup/restore/comparison.h"
#include "base/secrets.h"
#include "report/diff/line_diff.h"

namespace backstep {

// One file that differs, read and compared line by line where that tells something. Made one after
// the other: each holds both contents.
class FileDiff {
 public:
  // The difference must outlive it. Throws what content() throws.
  FileDiff(const FileDifference& file, const ComparedSide& from, const ComparedSide& to,
           const Secrets& secrets);
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

// The lines of a file as everybody may see them, without their '\n': `***` stands in place of the
// secrets of the environment, of what SecretLines finds, and of all of a file that holds one word
// and is called db_password. `lines`: the whole file's, for a value may go on for several lines,
// and only another line may tell that it is one.
std::vector<std::string> masked_lines(std::span<const std::string_view> lines,
                                      std::string_view path, const Secrets& secrets);

}  // namespace backstep
