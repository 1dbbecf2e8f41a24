// SPDX-License-Identifier: Apache-2.0
#include "report/prune_report.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/set_report.h"
#include "report/table.h"

namespace backstep {
namespace {

// In powers of ten, as disks are sold: "512 bytes", "1.2 kB", "34.5 MB".
std::string size_text(uint64_t bytes) {
  if (bytes < 1000) return counted(bytes, "byte");
  double size = static_cast<double>(bytes) / 1000;
  const char* units = "kMGTPE";
  for (; size >= 999.95; size /= 1000) ++units;
  return fmt::format("{:.1f} {}B", size, *units);
}

std::string action(const RetentionDecision& decision, bool dry_run) {
  if (decision.keep) return "keep";
  return dry_run ? "would remove" : "removed";
}

std::string summary(const Pruning& pruning, bool dry_run) {
  const size_t removed = pruning.leaving().size();
  const std::string kept = counted(pruning.decisions.size() - removed, "set");
  const std::string number = removed == 0 ? "none" : std::to_string(removed);
  const std::string freed = removed > 0 && pruning.freed_bytes
                                ? fmt::format(" ({} freed)", size_text(*pruning.freed_bytes))
                                : "";
  return dry_run ? fmt::format("Would keep {} and remove {}{}\n", kept, number, freed)
                 : fmt::format("Kept {}, removed {}{}\n", kept, number, freed);
}

}  // namespace

std::string prune_text(const Pruning& pruning, bool dry_run) {
  Table table({"ID", "KIND", "ACTION", "REASON"});
  for (const RetentionDecision& decision : pruning.decisions) {
    table.add({decision.ref.label(), std::string(shelf_name(decision.ref.shelf)),
               action(decision, dry_run), joined(decision.reasons, ", ")});
  }
  std::string text =
      table.empty() ? "no backups yet\n" : table.text() + "\n" + summary(pruning, dry_run);
  if (!pruning.loss.empty()) text += "⚠️ Warning: " + pruning.loss + "\n";
  return text;
}

Json prune_json(const Pruning& pruning, bool dry_run) {
  Json::Array sets;
  for (const RetentionDecision& decision : pruning.decisions) {
    sets.emplace_back(Json::Object{{"id", decision.ref.label()},
                                   {"kind", shelf_name(decision.ref.shelf)},
                                   {"keep", decision.keep},
                                   {"reasons", json_texts(decision.reasons)}});
  }
  const size_t removed = pruning.leaving().size();
  return json_answer("prune",
                     {{"dry_run", dry_run},
                      {"kept", pruning.decisions.size() - removed},
                      {"removed", removed},
                      {"freed_bytes", pruning.freed_bytes ? Json(*pruning.freed_bytes) : Json()},
                      {"loss", pruning.loss},
                      {"sets", std::move(sets)}});
}

}  // namespace backstep
