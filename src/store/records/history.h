// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sets/set_reader.h"
#include "store/store.h"
#include "system/files/durability.h"

namespace backstep {

// The verbs that open a run, as its journal and the history keep them.
enum class RunVerb { kRun, kBegin, kRollback, kBackup };
std::string_view name_of(RunVerb verb);
// Throws Error (kDamaged) for what is none of them.
RunVerb run_verb_named(std::string_view name);

// One event of one run. A run ends by exactly one line that is not kBegun.
struct HistoryLine {
  enum class Event {
    kBegun,       // a `begin`: its `finish` must follow
    kAccepted,    // the new version is live
    kRolledBack,  // files are back (also a manual rollback, and a settled crash)
    kUnrestored,  // the failed files stayed: rollback is off, or the deploy forbade it
    kNothingToRollBackTo,
    kRestored,  // files are back, nothing was deployed: it failed before the deploy began, or a
                // rollback by hand ran no command
    kKept,      // `recover --keep`
  };
  std::string run;       // its uid
  int64_t sequence = 0;  // given when it is appended
  Event event = Event::kAccepted;
  RunVerb verb = RunVerb::kRun;
  int64_t time = 0;
  int exit_code = 0;
  std::string owner;
  std::string actor;
  std::string url;
  std::string commit;
  std::string digest;  // of the set that was tried
  // Manifest::name() of sets; in what people are shown, the label that they have here, or "".
  std::string backup;         // this run's
  std::string restored_from;  // the target
  std::string evidence;       // what was replaced
  std::string reason;         // one line for people
  std::string live = {};      // digest of what lay there after a rollback; "" where `digest` did
  std::string store = {};     // the store that wrote it, by a random name: given when appended
  bool here = true;           // this store wrote it; told when it is loaded
  size_t place = 0;           // of the line in its file; the same
};

std::string_view name_of(HistoryLine::Event event);

// history.jsonl, oldest first, read like the verdicts: a line without a run's uid and a sequence,
// or with a wrong digest, is broken. What names no set comes as "". `broken_lines` may be null.
std::vector<HistoryLine> load_history(const Store& store, int* broken_lines = nullptr);
// The same for people: sets by the labels that they have here, "" for what is gone.
std::vector<HistoryLine> labelled_history(const Store& store, const Catalog& catalog, int* broken_lines = nullptr);
// The lines that name this run or this digest, wherever in the line, and perhaps others.
std::vector<HistoryLine> history_about(const Store& store, std::string_view name, int* broken_lines = nullptr);
// Nothing is appended when this run has ended already (or has begun already, for kBegun).
// Durable on return, or with the next flush of `disk`.
void append_history(const Store& store, HistoryLine line, SyncBatch* disk = nullptr);

// Room for the next lines of history and verdicts however full the disk is then, and all else that
// a first line makes. Not flushed. Throws SystemError.
void hold_room_for_records(const Store& store);

// So much of the past is on record, whatever is stored; see cut_records(). Who looks for something
// that may never have been looks no further: what lies beyond may be gone or may have come back.
inline constexpr size_t kBoundedPast = 100;

// This owner's newest begun run of that past, if it has no end. Older ones are past: whoever began
// again since has gone on without them. Those of one sequence began on two machines.
std::optional<HistoryLine> unfinished_begin(const std::vector<HistoryLine>& history, const std::string& owner);

// What the records say is live: which content, without a break since when, and by whom. What lies
// in the tree may be another: a fresh checkout, an edit. Pointers are into the history given.
struct LiveVersion {
  std::string digest;                     // "" where the records do not tell
  int64_t since = 0;                      // seconds since the epoch
  const HistoryLine* put_live = nullptr;  // the end that this began with
  const HistoryLine* deployed = nullptr;  // see deploy_of; null: this content was never deployed
  const HistoryLine* before = nullptr;    // the end that `since` does not reach; null: none
};

// nullopt: nothing was ever put live. The history is a labelled one.
std::optional<LiveVersion> live_version(const std::vector<HistoryLine>& history, const Catalog& catalog);

// The digest of what lay there after this end; "" where it put nothing live, or nobody knows.
std::string digest_put_live(const HistoryLine& line, const Catalog& catalog);

// What was live before this content: the newest end that put another one live; null: none is known.
const HistoryLine* put_live_before(const std::vector<HistoryLine>& history, const Catalog& catalog,
                                   std::string_view digest);

// The newest end that changed something in this store; null when there is none.
const HistoryLine* last_change(const std::vector<HistoryLine>& history);

// The run that brought this content: the newest that was accepted with it, else the newest that
// tried it; null when no run is on record, or the digest is "". A rollback brings nothing new.
const HistoryLine* deploy_of(const std::vector<HistoryLine>& history, std::string_view digest);

// The newest end that is no success; null when there is none.
const HistoryLine* last_failure(const std::vector<HistoryLine>& history);

// Removes from both records what nothing asks for any more, so that no run grows slower with the
// runs before it. What stays:
//
//   verdicts  on a version that a set here holds, and on the last kBoundedPast versions each that
//             passed, that failed, and that a person marked; so for each service, too. Of those the
//             line that decides, and the newest of each kind.
//   history   the newest kBoundedPast lines; those of a run whose backup or evidence is here; for
//             each version that is here the run that deployed it; what tells what is live, since
//             when, and what was before; the last change in this store, and the last failure.
//
// So decisions stay as they were, also where lines that were cut come back from another store, for
// what stays outranks them. Lines that cannot be read, or are of a newer version, stay.
//
// Called under the lock, behind a retention, while no other run is unsettled. Each file is replaced
// by one rename, durable on return. Most calls do nothing: a file is cut only when it has twice the
// lines that a run may need.
void cut_records(const Store& store);

}  // namespace backstep
