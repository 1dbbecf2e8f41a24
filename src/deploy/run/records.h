// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "deploy/run/open_run.h"
#include "store/records/history.h"
#include "store/records/verdicts.h"
#include "store/sets/manifest.h"

namespace backstep {

// Everything of the manifest of a new set that the run knows, and a name that no other set has.
Manifest new_manifest(const OpenRun& run);

HistoryLine history_line(const OpenRun& run, HistoryLine::Event event, int exit_code);

// What the health check said of the journal's digest: good or bad.
VerdictLine verdict_line(const OpenRun& run, Verdict verdict);

// What their own checks said of the scripts of these services, as they were recorded.
std::vector<VerdictLine> service_verdict_lines(const OpenRun& run, const std::vector<std::string>& services,
                                               Verdict verdict);

// What an ending leaves behind. A record that cannot be written changes nothing of what is live: the outcome says it
// beside that, its exit status says that something is missing, and the journal stays for `recover`, which completes it.
void try_to_record(OpenRun& run, const std::function<void()>& write);
void record_end(OpenRun& run, HistoryLine::Event event);
void end_journal(OpenRun& run, HistoryLine::Event event);

// What lies there now, after the files are back. None where it cannot be read, which is said: only
// the records will lack it.
std::optional<LiveSet> live_for_records(const OpenRun& run);

// For the history, where a rollback left a mixture of old and new, which no stored set has: its
// digest. "" where none is left, or it cannot be read.
std::string digest_of_mixture(const OpenRun& run);

// The sets that an open journal needs: retention leaves them alone.
std::vector<SetRef> sets_named_by(const Journal& journal);

// What the records tell of runs that are past.

// The newest run that was accepted with this content. nullopt: none was, or the history cannot be
// read, which is said; nothing depends on it.
std::optional<HistoryLine> origin_of(const OpenRun& run, std::string_view digest);

// The other environment in which this content is live, where nothing is known to be live in the one of
// `place`; "": none.
std::string environment_that_runs(const Workspace& workspace, const StorePlace& place, std::string_view digest);

// nullopt: nothing is on record against this content, or a pass or a human's mark outranks it.
// Without a verdict the newest end counts: a run that failed on it, and was not accepted since.
std::optional<FailedBefore> failed_before(const Store& store, std::string_view digest);

// "health check exited with 1, 2024-03-10T14:23:00Z in run 2024-03-10_14-22-00 (URL)"
std::string described(const FailedBefore& failed);

// A `begin` notes itself where its `finish` can find it though the journal is lost with the store:
// first in the history, then in the two files of config/pipeline.h, in that for later steps also
// where it began, for a `finish` that is called elsewhere (BACKSTEP_BEGUN_IN,
// BACKSTEP_BEGUN_SETTINGS). Trouble with the platform's files is a warning: they are a report.
void note_begin(const OpenRun& run);

// The run that a `begin` of this job noted in the platform's variables; "" when there is none.
std::string noted_begin(const Environment& environment);

// The run that a `begin` of this owner noted and that has no end; nullopt when all have ended.
// `store` may be null: it is gone.
std::optional<std::string> lost_begin(const Context& context, const Store* store);

}  // namespace backstep
