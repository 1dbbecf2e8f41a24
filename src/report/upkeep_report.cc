// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include <fmt/core.h>

#include <array>

#include "base/text.h"
#include "report/table.h"

namespace backstep {
namespace {

std::string summary(const Pruning& pruning, bool dry_run) {
  const size_t removed = pruning.leaving().size();
  const std::string kept = counted(pruning.decisions.size() - removed, "set");
  const std::string number = removed == 0 ? "none" : std::to_string(removed);
  const std::string freed =
      removed > 0 && pruning.freed_bytes ? fmt::format(" ({} freed)", spoken_size(*pruning.freed_bytes)) : "";
  return dry_run ? fmt::format("Would keep {} and remove {}{}\n", kept, number, freed)
                 : fmt::format("Kept {}, removed {}{}\n", kept, number, freed);
}

using Fate = ImportedSet::Fate;

// In the order of Fate.
constexpr std::array<std::string_view, 5> kFates = {"came_in", "already_there", "other_content_here", "no_base",
                                                    "damaged"};

std::string set_line(const ImportedSet& set, bool dry_run) {
  switch (set.fate) {
    case Fate::kCameIn:
      return fmt::format("{}{} ({})\n", dry_run ? "➕ Would import " : "✅ Imported ", set.label,
                         counted(set.files, "file"));
    case Fate::kAlreadyThere:
      return fmt::format("   {} is already there\n", set.label);
    case Fate::kClash:
    case Fate::kNoBase:
      return fmt::format("⚠️ Warning: {} is left out: {}\n", set.label, set.reason);
    case Fate::kDamaged:
      break;
  }
  return fmt::format("❌ {} is left out, it is damaged: {}\n", set.label, set.reason);
}

std::string records_text(size_t verdicts, size_t history) {
  return fmt::format("{} and {} of history", counted(verdicts, "verdict"), counted(history, "line"));
}

}  // namespace

std::string prune_text(const Pruning& pruning, bool dry_run) {
  Table table({"ID", "KIND", "ACTION", "REASON"});
  for (const RetentionDecision& decision : pruning.decisions) {
    const char* action = decision.keep ? "keep" : dry_run ? "would remove" : "removed";
    table.add(
        {decision.ref.label(), std::string(shelf_name(decision.ref.shelf)), action, joined(decision.reasons, ", ")});
  }
  std::string text = table.empty() ? "no backups yet\n" : table.text() + "\n" + summary(pruning, dry_run);
  if (!pruning.loss.empty()) text += "⚠️ Warning: " + pruning.loss + "\n";
  return text;
}

Json prune_json(const Pruning& pruning, bool dry_run) {
  const auto json_of = [](const RetentionDecision& decision) {
    return Json::Object{{"id", decision.ref.label()},
                        {"kind", shelf_name(decision.ref.shelf)},
                        {"keep", decision.keep},
                        {"reasons", json_texts(decision.reasons)}};
  };
  const size_t removed = pruning.leaving().size();
  return json_answer("prune", {{"dry_run", dry_run},
                               {"kept", pruning.decisions.size() - removed},
                               {"removed", removed},
                               {"freed_bytes", pruning.freed_bytes ? Json(*pruning.freed_bytes) : Json()},
                               {"loss", pruning.loss},
                               {"sets", json_array(pruning.decisions, json_of)}});
}

std::string export_text(const Exported& exported, const std::string& file) {
  std::string text;
  for (const LeftOut& set : exported.left_out) {
    for (const std::string& problem : set.problems) {
      text += fmt::format("❌ {} is left out: {}\n", set.label, problem);
    }
  }
  return text + fmt::format("✅ Exported {} to {}, with {}\n", counted(exported.sets.size(), "set"),
                            file == "-" ? "stdout" : printable(file),
                            records_text(exported.verdicts, exported.history));
}

Json export_json(const Exported& exported, const std::string& file) {
  const auto json_of = [](const LeftOut& set) {
    return Json::Object{{"id", set.label}, {"problems", json_texts(set.problems)}};
  };
  return json_answer("export", {{"file", file},
                                {"sets", json_texts(exported.sets)},
                                {"left_out", json_array(exported.left_out, json_of)},
                                {"verdicts", uint64_t{exported.verdicts}},
                                {"history", uint64_t{exported.history}}});
}

std::string import_text(const Imported& imported, bool dry_run) {
  std::string text;
  for (const ImportedSet& set : imported.sets) text += set_line(set, dry_run);
  for (const MergedIds::Move& move : imported.renamed) {
    text += fmt::format("   {} {} {} from now on: another set has the older right to its name\n", move.from.label(),
                        dry_run ? "would be" : "is", SetRef{move.from.shelf, move.to}.label());
  }
  if (imported.broken_lines > 0) {
    text += fmt::format("⚠️ Warning: {} of the archive's records could not be read\n",
                        counted(imported.broken_lines, "line"));
  }
  const std::string came = counted(imported.count(Fate::kCameIn), "set");
  if (!imported.stopped.empty()) {
    return text + fmt::format("❌ Stopped: {}; {} {}, and no records\n", imported.stopped, came,
                              dry_run ? "would come in" : "came in");
  }
  if (imported.brought_nothing() && !imported.failed()) return text + "✔ Nothing new\n";
  return text + fmt::format("{} {}, with {}\n", dry_run ? "Would import" : "✔ Imported", came,
                            records_text(imported.verdicts, imported.history));
}

Json import_json(const Imported& imported, const std::string& file, bool dry_run) {
  const auto json_of_set = [](const ImportedSet& set) {
    return Json::Object{{"id", set.label}, {"fate", kFates.at(static_cast<size_t>(set.fate))}, {"reason", set.reason}};
  };
  const auto json_of_move = [](const MergedIds::Move& move) {
    return Json::Object{{"from", move.from.label()}, {"to", SetRef{move.from.shelf, move.to}.label()}};
  };
  return json_answer("import", {{"file", file},
                                {"dry_run", dry_run},
                                {"sets", json_array(imported.sets, json_of_set)},
                                {"renamed", json_array(imported.renamed, json_of_move)},
                                {"verdicts", uint64_t{imported.verdicts}},
                                {"history", uint64_t{imported.history}},
                                {"broken_lines", uint64_t{imported.broken_lines}},
                                {"stopped", imported.stopped}});
}

}  // namespace backstep
