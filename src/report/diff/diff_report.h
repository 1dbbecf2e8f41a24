// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "deploy/run/outcome.h"
#include "report/diff/file_diff.h"

namespace backstep {

// The three ways in which `diff` tells what differs between two sides. Each reads one file after
// the other and throws what FileDiff throws.

// One line a file, with how many lines came and went.
std::string diff_stat(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets);

// The hunks of all files together are a megabyte at most: of a file whose hunks do not fit any more
// the rest is left out, and its `hunks_cut` says so.
Json diff_json(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets);

struct DiffLook {
  bool coloured = false;
  // Bytes as they are, for `patch`; else what could steer a terminal or a log is shown as \xNN.
  bool exact = false;
  std::string_view bar = "";  // before each line of a file, where lines of ours stand in a log
};

// Line by line, in pieces of whole lines, some 64 KiB at once. `patch` and `git apply` take it: they pass over the
// lines that say for each file what differs. A file that is not shown line by line has only that line.
void write_diff(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets, const DiffLook& look,
                const std::function<void(const std::string& text)>& write);

// What the version that a run tried changed, for its reports, which are read where nobody can type `backstep diff`:
// from the set that came back to what was replaced, else from the run's backup to what lies there. Masked, printable,
// 64 KiB at most; "" where nothing differs. Throws Error where a set is gone, or a file cannot be read.
std::string diff_of_run(const Store& store, const Tree& tree, const Outcome& outcome, const Secrets& secrets);

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

}  // namespace backstep
