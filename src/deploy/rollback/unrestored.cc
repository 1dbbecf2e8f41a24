// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/unrestored.h"

#include <fmt/core.h>

#include "base/error.h"
#include "deploy/run/records.h"

namespace backstep {
namespace {

// A full disk does not take the record, yet a journal at `deploying` would be rolled back. Taking
// it away needs no room.
void end_unwritten(const Site& site, const Error& error) {
  Listener& listener = site.context.listener;
  listener.warning("that the deploy must not be rolled back could not be written: " +
                   error.message());
  try {
    remove_journal(site.store);
  } catch (const Error& also) {
    listener.warning(fmt::format(
        "the journal stays ({}): 'backstep recover --keep' ends it, anything else rolls back",
        also.message()));
  }
}

void say_what_is_live(const Journal& journal, bool deploy_begun, Outcome& outcome) {
  if (!deploy_begun) {
    outcome.live = "files not restored (rollback is off); nothing was deployed";
  } else if (journal.no_return_code == 0) {
    outcome.live = "the failed version (rollback is off)";
  } else {
    outcome.live = fmt::format(
        "the new version, in whole or in part; not rolled back: exit code {} of the deploy forbids "
        "it",
        journal.no_return_code);
    outcome.advice =
        "mend it and deploy again; only if the files from before still fit what the deploy has "
        "changed, the next line brings them back";
  }
}

}  // namespace

void forbid_restoring(const Site& site, Journal& journal, const StepFailure& failure) {
  journal.no_return_code = failure.exit_code;
  journal.failure = summary_of(site, failure);
  try {
    save_journal(site.store, journal);
  } catch (const Error& error) {
    end_unwritten(site, error);
  }
}

void leave_unrestored(const Site& site, Journal& journal, const StepFailure& failure,
                      bool deploy_begun, Outcome& outcome) {
  journal.failure = summary_of(site, failure);
  outcome.end_with(Outcome::Result::kNotRolledBack,
                   deploy_begun ? ExitCode::kNotRolledBack : failure.code);
  if (failure.signal) outcome.exit_status = exit_status_of_signal(*failure.signal);
  outcome.run = journal.run;
  outcome.backup = journal.backup.label();
  outcome.was_unhealthy_before = journal.was_unhealthy_before;
  outcome.when.run_began = journal.started;
  outcome.failure = failure.shown;
  outcome.advice = failure.advice;
  say_what_is_live(journal, deploy_begun, outcome);
  outcome.next.push_back("backstep rollback --to " + outcome.backup);
  end_journal(site, journal, HistoryLine::Event::kUnrestored, outcome);
}

}  // namespace backstep
