// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "deploy/run/context.h"
#include "deploy/run/outcome.h"
#include "journal/journal.h"
#include "store/records/history.h"
#include "store/records/verdicts.h"
#include "store/sets/manifest.h"

namespace backstep {

// Everything of a manifest that the run knows; what it is called is for name_new_set().
Manifest manifest_header(const Journal& journal);

HistoryLine history_line(const Site& site, const Journal& journal, HistoryLine::Event event,
                         int exit_code);

// What the health check said of the journal's digest: good or bad.
VerdictLine verdict_line(const Site& site, const Journal& journal, Verdict verdict);

// What their own checks said of the scripts of these services, as they were recorded.
std::vector<VerdictLine> service_verdict_lines(const Site& site, const Journal& journal,
                                               const std::vector<std::string>& services,
                                               Verdict verdict);

// What an ending leaves behind. A record that cannot be written changes nothing of what is live:
// the outcome says it beside that, its exit status says that something is missing, and the journal
// stays for `recover`, which completes it.
void record_end(const Site& site, const Journal& journal, HistoryLine::Event event,
                Outcome& outcome);
void end_journal(const Site& site, const Journal& journal, HistoryLine::Event event,
                 Outcome& outcome);
void say_unrecorded(const Error& error, Outcome& outcome);

// What lies there now, after the files are back and were compared. "" where it cannot be read,
// which is said: only the records will lack it.
std::string live_digest(const Site& site, const Journal& journal);

// The sets that an open journal needs: retention leaves them alone.
std::vector<SetRef> sets_named_by(const Journal& journal);

}  // namespace backstep
