// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/json.h"
#include "journal/journal.h"
#include "store/records/live_version.h"
#include "store/records/verdicts.h"

namespace backstep {

// What was put live last, by the records.
struct LiveFacts : LiveVersion {
  Verdict verdict = Verdict::kUntested;
  bool marked = false;  // the verdict is a human's
};

// What `status` prints: what is live, what failed last, what lies there, what is open and owed, who
// is at work.
struct StatusFacts {
  std::vector<HistoryLine> history;  // a labelled one, into which all pointers here lead
  std::string digest;                // of the tracked files as they are
  size_t files = 0;
  Verdict verdict = Verdict::kUntested;
  std::optional<LiveFacts> live;        // nullopt: no deploy is on record
  const HistoryLine* failed = nullptr;  // the newest end that is no success
  std::string last_good;  // label of a set with the newest known good, "" when there is none
  std::string last_good_digest;
  std::string newest_backup;          // label, "" when there is none
  bool has_check = false;             // one is configured
  std::optional<Journal> open;        // the journal of an open run
  std::string journal_trouble;        // why it cannot be read
  bool at_work = false;               // somebody holds the lock
  std::string holder;                 // what the lock's text says
  const HistoryLine* last = nullptr;  // the last change on record
  int broken_lines = 0;               // of history and verdicts
  int64_t now = 0;                    // seconds since the epoch
};

std::string status_text(const StatusFacts& facts);
Json status_json(const StatusFacts& facts);

// Who began that run: a person where the pipeline tells, else its owner.
const std::string& who(const HistoryLine& line);

// "by alice, run 2024-03-10_14-23-00, commit 1a2b3c4", with so much of the commit at most.
std::string from_run(const HistoryLine& line, size_t commit = std::string::npos);

// The same of the run that brought a version, with its time, and whether it failed.
std::string deploy_words(const HistoryLine& deploy, size_t commit = std::string::npos);

// What `history` prints, the newest last. `live`: the one of these ends that put live what is live;
// may be null. In the text long reasons are cut, the JSON has them whole.
std::string history_text(std::span<const HistoryLine> history, const HistoryLine* live = nullptr);
Json history_json(std::span<const HistoryLine> history, const HistoryLine* live = nullptr);

// One line of it as a value, for other answers.
Json history_line_json(const HistoryLine& line);

}  // namespace backstep
