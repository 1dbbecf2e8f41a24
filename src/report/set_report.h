// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "store/archive/archive.h"
#include "store/records/history.h"
#include "store/records/verdicts.h"
#include "store/retention/retention.h"
#include "store/sets/catalog.h"
#include "store/sets/set_reader.h"

namespace backstep {

// "backup", "accepted" or "evidence".
std::string_view shelf_name(Shelf shelf);

// What the records say of a content. Pointers are into what was loaded of them.
struct Standing {
  Verdict verdict = Verdict::kUntested;
  const VerdictLine* by = nullptr;      // what made it so; null: untested
  const HistoryLine* deploy = nullptr;  // the run that brought it; null: none is on record
};

// What `list`, `show` and `verify` print of stored sets, as text and as JSON.
struct SetLine {
  const CatalogEntry* entry = nullptr;
  Standing standing;
  bool current = false;  // its files are what lies there now
  bool live = false;     // its files are what was put live last
};

// No line is wider than 100 columns where nobody's name is very long; the JSON has everything.
std::string list_text(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign);
Json list_json(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign);

using ServiceVerdicts = std::vector<std::pair<std::string, Verdict>>;  // service_verdicts()

std::string set_text(const StoredSet& set, const Standing& standing,
                     const ServiceVerdicts& services = {});
Json set_json(const StoredSet& set, const Standing& standing, const ServiceVerdicts& services = {});

struct VerifiedSet {
  std::string label;
  bool unverified = false;
  size_t files = 0;
  std::vector<std::string> problems;
};
std::string verify_text(const std::vector<VerifiedSet>& sets);
Json verify_json(const std::vector<VerifiedSet>& sets);

// What `prune` prints, as text and as JSON; a dry run never claims to have removed anything.
std::string prune_text(const Pruning& pruning, bool dry_run);
Json prune_json(const Pruning& pruning, bool dry_run);

// What `export` and `import` print, as text and as JSON.
std::string export_text(const Exported& exported, const std::string& file);
Json export_json(const Exported& exported, const std::string& file);

std::string import_text(const Imported& imported, bool dry_run);
Json import_json(const Imported& imported, const std::string& file, bool dry_run);

}  // namespace backstep
