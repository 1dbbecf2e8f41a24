// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "deploy/journal.h"
#include "store/history.h"
#include "store/verdicts.h"

namespace backstep {

// What `status` prints: what lies there, what is open, what is owed, who is at work.
struct StatusFacts {
  std::string digest;  // of the tracked files as they are
  size_t files = 0;
  Verdict verdict = Verdict::kUntested;
  std::string newest_backup;        // label, "" when there is none
  std::optional<Journal> open;      // the journal of an open run
  std::string journal_trouble;      // why it cannot be read
  bool at_work = false;             // somebody holds the lock
  std::string holder;               // what the lock's text says
  std::optional<HistoryLine> last;  // the last change on record
  int broken_lines = 0;             // of history and verdicts
};

std::string status_text(const StatusFacts& facts);
Json status_json(const StatusFacts& facts);

std::string history_text(const std::vector<HistoryLine>& history);
Json history_json(const std::vector<HistoryLine>& history);

}  // namespace backstep
