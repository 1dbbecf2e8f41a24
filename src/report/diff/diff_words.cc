// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_words.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"

namespace backstep {
namespace {

std::string side_words(const ComparedSide& side) {
  return side.is_live() ? "what lies there now" : side.label;
}

std::string masked_words(const FileDiff& diff) {
  const size_t count = diff.only_masked();
  if (count == 0) return "";
  if (count == std::max(diff.added(), diff.removed())) return "only masked values differ";
  return fmt::format("{} of the lines {} only in masked values", count,
                     count == 1 ? "differs" : "differ");
}

}  // namespace

void DiffTotals::count(const FileDiff& diff) {
  ++files;
  added += diff.added();
  removed += diff.removed();
}

std::string DiffTotals::sentence() const {
  return fmt::format("{} {}: {} added, {} removed", counted(files, "file"),
                     files == 1 ? "differs" : "differ", counted(added, "line"), removed);
}

std::string heading_of(const ComparedSide& from, const ComparedSide& to) {
  return fmt::format("From {} to {}:", side_words(from), side_words(to));
}

std::string no_difference(const ComparedSide& from, const ComparedSide& to) {
  return fmt::format("No difference between {} and {}", side_words(from), side_words(to));
}

std::string notes_of(const FileDiff& diff) {
  const FileDifference& file = diff.file();
  std::vector<std::string> notes;
  if (file.mode)
    notes.push_back(fmt::format("mode {:04o} → {:04o}", file.from->mode, file.to->mode));
  if (file.user || file.group) {
    notes.push_back(fmt::format("owner {}:{} → {}:{}", file.from->owner.uid, file.from->owner.gid,
                                file.to->owner.uid, file.to->owner.gid));
  }
  for (const std::string& note : {diff.why_not_shown(), masked_words(diff)}) {
    if (!note.empty()) notes.push_back(note);
  }
  return joined(notes, "; ");
}

std::string printable_line(const std::string& line) {
  std::vector<std::string> parts = split(line, '\t');
  for (std::string& part : parts) part = printable(part);
  return joined(parts, "\t");
}

}  // namespace backstep
