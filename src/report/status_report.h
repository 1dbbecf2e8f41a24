// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "journal/journal.h"
#include "store/records/history.h"
#include "store/records/verdicts.h"

namespace backstep {

// What was put live last, by the records; see LiveVersion.
struct LiveFacts {
  std::string digest;  // "" where the records do not tell
  Verdict verdict = Verdict::kUntested;
  bool marked = false;  // the verdict is a human's
  int64_t since = 0;
  HistoryLine put_live;
  std::optional<HistoryLine> deployed;
};

// What `status` prints: what is live, what failed last, what lies there, what is open and owed, who
// is at work.
struct StatusFacts {
  std::string digest;  // of the tracked files as they are
  size_t files = 0;
  Verdict verdict = Verdict::kUntested;
  std::optional<LiveFacts> live;      // nullopt: no deploy is on record
  std::optional<HistoryLine> failed;  // the newest end that is no success
  bool deployed_since = false;        // what is live was accepted after that end
  std::string last_good;  // label of a set with the newest known good, "" when there is none
  std::string last_good_digest;
  std::string newest_backup;        // label, "" when there is none
  bool has_check = false;           // one is configured
  std::optional<Journal> open;      // the journal of an open run
  std::string journal_trouble;      // why it cannot be read
  bool at_work = false;             // somebody holds the lock
  std::string holder;               // what the lock's text says
  std::optional<HistoryLine> last;  // the last change on record
  int broken_lines = 0;             // of history and verdicts
  int64_t now = 0;                  // seconds since the epoch
};

std::string status_text(const StatusFacts& facts);
Json status_json(const StatusFacts& facts);

}  // namespace backstep
