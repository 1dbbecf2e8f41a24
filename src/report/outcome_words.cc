// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_words.h"

namespace backstep {

using Result = Outcome::Result;

std::string headline_of(const Outcome& outcome) {
  switch (outcome.result) {
    case Result::kAccepted:
      return outcome.exit_status == 0 ? "✔ Deployed" : "⚠️ Deployed";
    case Result::kNothingToDo:
      return "✔ Nothing to do";
    case Result::kFilesRestored:
      if (outcome.files_only) return "❌ Failed; the files are back, nothing was redeployed";
      return outcome.exit_status == 0 ? "✔ Recovered" : "❌ Failed before the deploy began";
    case Result::kRolledBack:
      return outcome.failure ? "❌ Failed and rolled back"
                             : (outcome.exit_status == 0 ? "✔ Rollback completed successfully."
                                                         : "❌ Rolled back, but still unhealthy");
    case Result::kRollbackOwed:
      return "❌ Stopped; the files are back, the services are not";
    case Result::kRollbackFailed:
      return "❌ The rollback failed";
    case Result::kNotRolledBack:
      return "❌ Failed and not rolled back";
    case Result::kNothingToRollBackTo:
      return "❌ Failed, with nothing to roll back to";
    case Result::kBegun:
      return "✔ Begun";
    case Result::kKept:
      return "✔ Ended";
    case Result::kBackedUp:
      return "✔ Backed up";
    case Result::kHealthy:
      return "✔ Healthy";
    case Result::kUnhealthy:
      return "❌ Unhealthy";
    case Result::kNotStarted:
      return "❌ Not started";
  }
  return "";
}

std::string live_words(const Outcome& outcome) {
  return outcome.services.empty() ? outcome.live : outcome.live + "; " + outcome.services;
}

}  // namespace backstep
