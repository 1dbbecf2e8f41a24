// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "store/catalog.h"
#include "store/retention.h"
#include "store/set_reader.h"
#include "store/verdicts.h"

namespace backstep {

// What `list`, `show`, `verify` and `prune` print of stored sets, as text and as JSON.
struct SetLine {
  const CatalogEntry* entry = nullptr;
  Verdict verdict = Verdict::kUntested;
  bool current = false;  // its files are what lies there now
};

std::string list_text(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign);
Json list_json(const std::vector<SetLine>& lines, const std::vector<std::string>& foreign);

std::string set_text(const StoredSet& set, Verdict verdict);
Json set_json(const StoredSet& set, Verdict verdict);

struct VerifiedSet {
  std::string label;
  bool unverified = false;
  size_t files = 0;
  std::vector<std::string> problems;
};
std::string verify_text(const std::vector<VerifiedSet>& sets);
Json verify_json(const std::vector<VerifiedSet>& sets);

std::string prune_text(const std::vector<RetentionDecision>& decisions, bool dry_run);
Json prune_json(const std::vector<RetentionDecision>& decisions, bool dry_run);

}  // namespace backstep
