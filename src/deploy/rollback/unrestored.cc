// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/unrestored.h"

#include <fmt/core.h>

#include "base/error.h"
#include "deploy/run/records.h"

namespace backstep {
namespace {

// A full disk does not take the record, yet a journal at `deploying` would be rolled back. Taking
// it away needs no room.
void end_unwritten(const OpenRun& run, const Error& error) {
  Listener& listener = run.listener;
  listener.warning("that the deploy must not be rolled back could not be written: " +
                   error.message());
  try {
    remove_journal(run.store);
  } catch (const Error& also) {
    listener.warning(fmt::format(
        "the journal stays ({}): 'backstep recover --keep' ends it, anything else rolls back",
        also.message()));
  }
}

void say_what_is_live(OpenRun& run, bool deploy_begun) {
  Outcome& outcome = run.outcome;
  if (!deploy_begun) {
    outcome.live = "files not restored (rollback is off); nothing was deployed";
  } else if (run.journal.no_return_code == 0) {
    outcome.live = "the failed version (rollback is off)";
  } else {
    outcome.live = fmt::format(
        "the new version, in whole or in part; not rolled back: exit code {} of the deploy forbids "
        "it",
        run.journal.no_return_code);
    outcome.advice =
        "mend it and deploy again; only if the files from before still fit what the deploy has "
        "changed, the next line brings them back";
  }
}

}  // namespace

void forbid_restoring(OpenRun& run, const StepFailure& failure) {
  run.journal.no_return_code = failure.exit_code;
  run.journal.failure = summary_of(run.context, failure);
  try {
    run.save();
  } catch (const Error& error) {
    end_unwritten(run, error);
  }
}

void leave_unrestored(OpenRun& run, const StepFailure& failure, bool deploy_begun) {
  Outcome& outcome = run.outcome;
  run.journal.failure = summary_of(run.context, failure);
  outcome.end_with(Outcome::Result::kNotRolledBack,
                   deploy_begun ? ExitCode::kNotRolledBack : failure.code);
  if (failure.signal) outcome.exit_status = exit_status_of_signal(*failure.signal);
  outcome.failure = failure.shown;
  outcome.advice = failure.advice;
  say_what_is_live(run, deploy_begun);
  outcome.next.push_back("backstep rollback --to " + run.journal.backup.label());
  end_journal(run, HistoryLine::Event::kUnrestored);
}

}  // namespace backstep
