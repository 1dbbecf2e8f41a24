// SPDX-License-Identifier: Apache-2.0
#include "report/diff/diff_report.h"

#include <fmt/core.h>

#include <optional>


namespace backstep {
namespace {

std::string_view kind_word(FileDiff::Kind kind) {
  switch (kind) {
    case FileDiff::Kind::kText:
      return "text";
    case FileDiff::Kind::kSameContent:
      return "same";
    case FileDiff::Kind::kBinary:
      return "binary";
    case FileDiff::Kind::kTooLarge:
      return "too_large";
    case FileDiff::Kind::kTooDifferent:
      return "too_different";
    case FileDiff::Kind::kNoFile:
      break;
  }
  return "no_file";
}

bool tells_lines(const FileDiff& diff) {
  return diff.kind() == FileDiff::Kind::kText || diff.kind() == FileDiff::Kind::kSameContent;
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
  if (hunk.from_count + hunk.to_count > room) return std::nullopt;
  std::string text = hunk.header() + "\n";
  each_line(hunk, [&](char kind, size_t number) {
    if (text.size() > room) return;
    text += kind + diff.line(kind, number) + "\n";
    if (diff.lacks_newline(kind, number)) text += "\\ No newline at end of file\n";
  });
  return text.size() > room ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

void DiffStat::add(const FileDiff& diff) {
  totals_.count(diff);
  const bool told = tells_lines(diff);
  table_.add({diff.file().letters(), diff.file().path(), told ? std::to_string(diff.added()) : "-",
              told ? std::to_string(diff.removed()) : "-", notes_of(diff)});
}

std::string DiffStat::text(const ComparedSide& from, const ComparedSide& to) const {
  if (table_.empty()) return no_difference(from, to) + "\n";
  return fmt::format("{}\n\n{}\n{}\n", heading_of(from, to), table_.text(), totals_.sentence());
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
                                   {"kind", kind_word(diff.kind())},
                                   {"note", notes_of(diff)},
                                   {"from", entry_json(diff.file().from)},
                                   {"to", entry_json(diff.file().to)},
                                   {"added", told ? Json(diff.added()) : Json()},
                                   {"removed", told ? Json(diff.removed()) : Json()},
                                   {"only_masked", diff.only_masked()},
                                   {"hunks", std::move(hunks)},
                                   {"hunks_cut", cut}});
}

Json DiffJson::answer(const ComparedSide& from, const ComparedSide& to) const {
  Json json = json_answer("diff");
  json.set("from", side_json(from));
  json.set("to", side_json(to));
  json.set("differs", totals_.files > 0);
  json.set("added", totals_.added);
  json.set("removed", totals_.removed);
  json.set("files", files_);
  return json;
}

}  // namespace backstep
