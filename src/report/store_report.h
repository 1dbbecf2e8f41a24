// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "config/workspace.h"
#include "deploy/remote/exchange.h"
#include "journal/journal.h"
#include "store/archive/archive.h"
#include "store/records/history.h"
#include "store/records/verdicts.h"
#include "store/retention/retention.h"
#include "store/sets/set_reader.h"

namespace backstep {

// "backup", "accepted" or "failed".
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

std::string set_text(const StoredSet& set, const Standing& standing, const ServiceVerdicts& services = {});
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

// What was put live last, by the records.
struct LiveFacts : LiveVersion {
  Verdict verdict = Verdict::kUntested;
  bool marked = false;  // the verdict is a human's
};

// What `status` prints: what is live, what failed last, what lies there, what is open and owed, who is at work.
struct StatusFacts {
  std::vector<HistoryLine> history;  // a labelled one, into which all pointers here lead
  StorePlace place;
  std::string digest;  // of the tracked files as they are
  size_t files = 0;
  Verdict verdict = Verdict::kUntested;
  std::optional<LiveFacts> live;        // nullopt: no deploy is on record
  const HistoryLine* failed = nullptr;  // the newest end that is no success
  std::string last_good;                // label of a set with the newest known good, "" when there is none
  std::string last_good_digest;
  std::string newest_backup;          // label, "" when there is none
  bool has_check = false;             // one is configured
  std::optional<Journal> open;        // the journal of an open run
  std::string journal_trouble;        // why it cannot be read
  std::string settings;               // who but us may choose what is run here, "": nobody
  bool has_remote = false;            // one is set
  RemoteState remote;                 // what it held when it was asked last
  bool at_work = false;               // somebody holds the lock
  std::string holder;                 // what the lock's text says
  const HistoryLine* last = nullptr;  // the last change on record
  int broken_lines = 0;               // of history and verdicts
  int64_t now = 0;                    // seconds since the epoch
};

// "the failed files, in failed/2024-03-10_14-23-07", or those that a rollback by hand replaced.
std::string saved_words(bool by_hand, const std::string& where);
// What to do next: "2. see what the failed version changed:", with a number where it is one of several; a command
// stands alone on the line below it, to be copied.
std::vector<std::string> next_lines(const std::vector<NextStep>& steps);
Json next_json(const std::vector<NextStep>& steps);

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
