// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backup/restore/comparison.h"
#include "report/diff/line_diff.h"
#include "report/diff/masked_lines.h"

namespace backstep {

// One file that differs, read and compared line by line where that tells something. Made one after
// the other: each holds both contents.
class FileDiff {
 public:
  enum class Kind {
    kText,          // changes() says what
    kSameContent,   // only mode or owner differ
    kBinary,        // a NUL byte on one side: named only
    kTooLarge,      // more than a script has: named only
    kTooDifferent,  // too many lines in another order to be told line by line
    kNoFile,        // a symlink or a directory lies there now
  };

  // Both sides, the secrets and the difference must outlive it. Throws what content() throws.
  FileDiff(const FileDifference& file, const ComparedSide& from, const ComparedSide& to,
           const Secrets& secrets);
  FileDiff(const FileDiff&) = delete;
  FileDiff& operator=(const FileDiff&) = delete;

  const FileDifference& file() const { return file_; }
  Kind kind() const { return kind_; }
  // Why no lines are shown: "binary, 10 and 12 bytes"; "" when they are, or there are none.
  std::string why_not_shown() const;

  size_t removed() const { return sum_of(&LineChange::removed); }
  size_t added() const { return sum_of(&LineChange::added); }
  // Changed lines of which nothing but masked values differs, so that both look the same.
  size_t only_masked() const;

  std::vector<Hunk> hunks() const;
  // A hunk's line as everybody may see it, without its '\n'.
  std::string line(char kind, size_t number) const;
  // Whether that line lacks its '\n', as only a last one may.
  bool lacks_newline(char kind, size_t number) const;

 private:
  struct Text {
    std::string bytes;
    std::vector<std::string_view> lines;
    std::unique_ptr<MaskedLines> masked;
  };
  void read(Text& text, const ComparedSide& side, const FileEntry* entry, const Secrets& secrets);
  void compare();
  size_t sum_of(size_t LineChange::*count) const;
  const Text& side_of(char kind) const { return kind == '-' ? from_ : to_; }

  const FileDifference& file_;
  Kind kind_ = Kind::kText;
  Text from_;
  Text to_;
  std::vector<LineChange> changes_;
};

}  // namespace backstep
