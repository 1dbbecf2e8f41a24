// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "report/diff/file_diff.h"
#include "report/table.h"

namespace backstep {

// How much differs between two sides, which must outlive it.
struct DiffTotals {
  const ComparedSide& from;
  const ComparedSide& to;
  size_t files = 0;
  size_t added = 0;
  size_t removed = 0;

  void count(const FileDiff& diff);
  std::string heading() const;   // "From 2024-03-10_14-23-00 to what lies there now:"
  std::string sentence() const;  // "2 files differ: 3 lines added, 1 removed"; or that none does
};

// What the lines of a file do not tell: "mode 0755 → 0644, only masked values differ"; "" nothing.
std::string notes_of(const FileDiff& diff);

// Files that are passed over, each with why.
Json left_files_json(const std::vector<LeftFile>& left);

// What differs as one line a file, with how many lines came and went.
class DiffStat {
 public:
  DiffStat(const ComparedSide& from, const ComparedSide& to) : totals_{from, to} {}
  void add(const FileDiff& diff);
  std::string text() const;

 private:
  Table table_{{"WHAT", "FILE", "ADDED", "REMOVED", "NOTE"}};
  DiffTotals totals_;
};

// And as JSON. The hunks of all files together are a megabyte at most: of a file whose hunks do not
// fit any more the rest is left out, and its `hunks_cut` says so.
class DiffJson {
 public:
  DiffJson(const ComparedSide& from, const ComparedSide& to) : totals_{from, to} {}
  void add(const FileDiff& diff);
  Json answer() const;

 private:
  Json::Array hunks_within_room(const FileDiff& diff);

  Json::Array files_;
  DiffTotals totals_;
  size_t room_ = size_t{1} << 20;
};

struct DiffLook {
  bool coloured = false;
  // Bytes as they are, for `patch`; else what could steer a terminal or a log is shown as \xNN.
  bool exact = false;
  std::string_view bar = "";  // before each line of a file, where lines of ours stand in a log
};

// What differs, as text: each file as it is read, then end(). `patch` and `git apply` take it:
// they pass over the lines that say for each file what differs. A file that is not shown line by
// line has only that line.
class DiffText {
 public:
  using Write = std::function<void(const std::string& text)>;  // whole lines, some 64 KiB at once

  DiffText(const ComparedSide& from, const ComparedSide& to, DiffLook look, Write write)
      : look_(look), write_(std::move(write)), totals_{from, to} {}

  void add(const FileDiff& diff);
  void end();

 private:
  void put(std::string_view colour, const std::string& line);
  void put_names(const FileDiff& diff);
  void put_hunk(const FileDiff& diff, const Hunk& hunk);
  void flush();

  DiffLook look_;
  Write write_;
  std::string pending_;
  DiffTotals totals_;
};

}  // namespace backstep
