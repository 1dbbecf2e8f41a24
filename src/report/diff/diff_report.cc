// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

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

bool tells_lines(const FileDiff& diff) {
  return diff.why_not_shown().empty();
}

Json entry_json(const FileEntry* entry) {
  if (entry == nullptr) return {};
  return Json::Object{{"size", entry->size},
                      {"mode", fmt::format("{:04o}", entry->mode)},
                      {"uid", entry->owner.uid},
                      {"gid", entry->owner.gid}};
}

Json side_json(const ComparedSide& side) {
  return side.is_live() ? Json() : Json(side.label);
}

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

}  // namespace

void DiffTotals::count(const FileDiff& diff) {
  ++files;
  added += diff.added();
  removed += diff.removed();
}

std::string DiffTotals::heading() const {
  return fmt::format("From {} to {}:", side_words(from), side_words(to));
}

std::string DiffTotals::sentence() const {
  if (files == 0) {
    return fmt::format("No difference between {} and {}", side_words(from), side_words(to));
  }
  return fmt::format("{} {}: {} added, {} removed", counted(files, "file"),
                     files == 1 ? "differs" : "differ", counted(added, "line"), removed);
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

Json left_files_json(const std::vector<LeftFile>& left) {
  return json_array(left, [](const LeftFile& file) {
    return Json::Object{{"path", file.path}, {"why", words_of(file.why)}};
  });
}

void DiffStat::add(const FileDiff& diff) {
  totals_.count(diff);
  const bool told = tells_lines(diff);
  table_.add({diff.file().letters(), diff.file().path(), told ? std::to_string(diff.added()) : "-",
              told ? std::to_string(diff.removed()) : "-", notes_of(diff)});
}

std::string DiffStat::text() const {
  if (table_.empty()) return totals_.sentence() + "\n";
  return fmt::format("{}\n\n{}\n{}\n", totals_.heading(), table_.text(), totals_.sentence());
}

Json::Array DiffJson::hunks_within_room(const FileDiff& diff) {
  Json::Array hunks;
  for (const Hunk& hunk : diff.hunks()) {
    std::optional<std::string> text = hunk_text(diff, hunk, room_);
    if (!text) break;
    room_ -= text->size();
    hunks.emplace_back(std::move(*text));
  }
  return hunks;
}

void DiffJson::add(const FileDiff& diff) {
  totals_.count(diff);
  Json::Array hunks = hunks_within_room(diff);
  const bool cut = hunks.size() < diff.hunks().size();
  const bool told = tells_lines(diff);
  files_.emplace_back(Json::Object{{"path", diff.file().path()},
                                   {"status", diff.file().letters()},
                                   {"kind", diff.kind()},
                                   {"note", notes_of(diff)},
                                   {"from", entry_json(diff.file().from)},
                                   {"to", entry_json(diff.file().to)},
                                   {"added", told ? Json(diff.added()) : Json()},
                                   {"removed", told ? Json(diff.removed()) : Json()},
                                   {"only_masked", diff.only_masked()},
                                   {"hunks", std::move(hunks)},
                                   {"hunks_cut", cut}});
}

Json DiffJson::answer() const {
  return json_answer("diff", {{"from", side_json(totals_.from)},
                              {"to", side_json(totals_.to)},
                              {"differs", totals_.files > 0},
                              {"added", totals_.added},
                              {"removed", totals_.removed},
                              {"files", files_}});
}

}  // namespace backstep
