// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "report/table.h"

namespace backstep {
namespace {

constexpr size_t kRoomForHunks = size_t{1} << 20;

std::string side_words(const ComparedSide& side) { return side.is_live() ? "what lies there now" : side.label; }

std::string masked_words(const FileDiff& diff) {
  const size_t count = diff.only_masked();
  if (count == 0) return "";
  if (count == std::max(diff.added(), diff.removed())) return "only masked values differ";
  return fmt::format("{} of the lines {} only in masked values", count, count == 1 ? "differs" : "differ");
}

bool tells_lines(const FileDiff& diff) { return diff.why_not_shown().empty(); }

Json entry_json(const FileEntry* entry) {
  if (entry == nullptr) return {};
  return Json::Object{{"size", entry->size},
                      {"mode", fmt::format("{:04o}", entry->mode)},
                      {"uid", entry->owner.uid},
                      {"gid", entry->owner.gid}};
}

Json side_json(const ComparedSide& side) { return side.is_live() ? Json() : Json(side.label); }

// nullopt: it is longer than `room`.
std::optional<std::string> hunk_text(const FileDiff& diff, const Hunk& hunk, size_t room) {
  std::string text = header_of(hunk) + "\n";
  for (const DiffLine& line : hunk) {
    text += line.kind + diff.shown(line) + "\n";
    if (diff.lacks_newline(line)) text += "\\ No newline at end of file\n";
    if (text.size() > room) return std::nullopt;
  }
  return text;
}

// Takes what it needs of the room.
Json::Array hunks_within(size_t& room, const FileDiff& diff) {
  Json::Array hunks;
  for (const Hunk& hunk : diff.hunks()) {
    std::optional<std::string> text = hunk_text(diff, hunk, room);
    if (!text) break;
    room -= text->size();
    hunks.emplace_back(std::move(*text));
  }
  return hunks;
}

Json difference_json(const FileDiff& diff, size_t& room) {
  Json::Array hunks = hunks_within(room, diff);
  const bool cut = hunks.size() < diff.hunks().size();
  const bool told = tells_lines(diff);
  return Json::Object{{"path", diff.file().path()},
                      {"status", diff.file().letters()},
                      {"kind", diff.kind()},
                      {"note", notes_of(diff)},
                      {"from", entry_json(diff.file().from)},
                      {"to", entry_json(diff.file().to)},
                      {"added", told ? Json(diff.added()) : Json()},
                      {"removed", told ? Json(diff.removed()) : Json()},
                      {"only_masked", diff.only_masked()},
                      {"hunks", std::move(hunks)},
                      {"hunks_cut", cut}};
}

}  // namespace

void DiffTotals::count(const FileDiff& diff) {
  ++files;
  added += diff.added();
  removed += diff.removed();
}

std::string DiffTotals::heading() const { return fmt::format("From {} to {}:", side_words(from), side_words(to)); }

std::string DiffTotals::sentence() const {
  if (files == 0) {
    return fmt::format("No difference between {} and {}", side_words(from), side_words(to));
  }
  return fmt::format("{} {}: {} added, {} removed", counted(files, "file"), files == 1 ? "differs" : "differ",
                     counted(added, "line"), removed);
}

std::string notes_of(const FileDiff& diff) {
  const FileDifference& file = diff.file();
  std::vector<std::string> notes;
  if (file.mode) notes.push_back(fmt::format("mode {:04o} → {:04o}", file.from->mode, file.to->mode));
  if (file.user || file.group) {
    notes.push_back(fmt::format("owner {}:{} → {}:{}", file.from->owner.uid, file.from->owner.gid, file.to->owner.uid,
                                file.to->owner.gid));
  }
  for (const std::string& note : {diff.why_not_shown(), masked_words(diff)}) {
    if (!note.empty()) notes.push_back(note);
  }
  return joined(notes, "; ");
}

Json left_files_json(const std::vector<LeftFile>& left) {
  return json_array(left, [](const LeftFile& file) {
    return Json::Object{{"path", file.path}, {"why", words_of(file.why)}};
  });
}

std::string diff_stat(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets) {
  Table table({"WHAT", "FILE", "ADDED", "REMOVED", "NOTE"});
  DiffTotals totals{from, to};
  for (const FileDifference& file : differences(from, to)) {
    const FileDiff diff(file, from, to, secrets);
    totals.count(diff);
    const bool told = tells_lines(diff);
    table.add({file.letters(), file.path(), told ? std::to_string(diff.added()) : "-",
               told ? std::to_string(diff.removed()) : "-", notes_of(diff)});
  }
  if (table.empty()) return totals.sentence() + "\n";
  return fmt::format("{}\n\n{}\n{}\n", totals.heading(), table.text(), totals.sentence());
}

Json diff_json(const ComparedSide& from, const ComparedSide& to, const Secrets& secrets) {
  Json::Array files;
  DiffTotals totals{from, to};
  size_t room = kRoomForHunks;
  for (const FileDifference& file : differences(from, to)) {
    const FileDiff diff(file, from, to, secrets);
    totals.count(diff);
    files.emplace_back(difference_json(diff, room));
  }
  return json_answer("diff", {{"from", side_json(from)},
                              {"to", side_json(to)},
                              {"differs", totals.files > 0},
                              {"added", totals.added},
                              {"removed", totals.removed},
                              {"files", std::move(files)}});
}

}  // namespace backstep
