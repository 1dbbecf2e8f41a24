// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/outcome.h"

namespace backstep {

std::string_view name_of(Outcome::Result result) {
  switch (result) {
    case Outcome::Result::kAccepted:
      return "accepted";
    case Outcome::Result::kNothingToDo:
      return "nothing_to_do";
    case Outcome::Result::kFilesRestored:
      return "files_restored";
    case Outcome::Result::kRolledBack:
      return "rolled_back";
    case Outcome::Result::kChangedAgain:
      return "changed_again";
    case Outcome::Result::kRollbackOwed:
      return "rollback_owed";
    case Outcome::Result::kRollbackFailed:
      return "rollback_failed";
    case Outcome::Result::kNotRolledBack:
      return "not_rolled_back";
    case Outcome::Result::kNothingToRollBackTo:
      return "nothing_to_roll_back_to";
    case Outcome::Result::kBegun:
      return "begun";
    case Outcome::Result::kKept:
      return "kept";
    case Outcome::Result::kBackedUp:
      return "backed_up";
    case Outcome::Result::kHealthy:
      return "healthy";
    case Outcome::Result::kUnhealthy:
      return "unhealthy";
    case Outcome::Result::kNotStarted:
      return "not_started";
  }
  return "";
}

std::string look_at_failed(const std::string& restored_from, const std::string& evidence) {
  if (restored_from.empty()) return "backstep show " + evidence;
  return "backstep diff " + restored_from + " " + evidence;
}

std::vector<std::string> failed_services(const Outcome& outcome) {
  if (!outcome.rolled_back_only.empty()) return outcome.rolled_back_only;
  return outcome.exit_status == 0 ? std::vector<std::string>() : outcome.changed;
}

}  // namespace backstep
