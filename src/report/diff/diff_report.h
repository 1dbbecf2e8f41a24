// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.h"
#include "report/diff/diff_words.h"
#include "report/table.h"

namespace backstep {

// What differs as one line a file, with how many lines came and went.
class DiffStat {
 public:
  void add(const FileDiff& diff);
  std::string text(const ComparedSide& from, const ComparedSide& to) const;

 private:
  Table table_{{"WHAT", "FILE", "ADDED", "REMOVED", "NOTE"}};
  DiffTotals totals_;
};

// And as JSON. The hunks of all files together are a megabyte at most: of a file whose hunks do not
// fit any more the rest is left out, and its `hunks_cut` says so.
class DiffJson {
 public:
  void add(const FileDiff& diff);
  Json answer(const ComparedSide& from, const ComparedSide& to) const;

 private:
  Json::Array hunks_within_room(const FileDiff& diff);

  Json::Array files_;
  DiffTotals totals_;
  size_t room_ = size_t{1} << 20;
};

}  // namespace backstep
