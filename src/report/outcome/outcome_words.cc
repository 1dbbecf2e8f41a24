// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/duration.h"
#include "base/text.h"
#include "store/time_text.h"

namespace backstep {

using Result = Outcome::Result;

namespace {

std::string rolled_back_headline(const Outcome& outcome) {
  if (!outcome.failure) {
    return outcome.exit_status == 0 ? "✔ Rollback completed successfully."
                                    : "❌ Rolled back, but still unhealthy";
  }
  return outcome.after_restore ? "❌ Failed and rolled back, but still unhealthy"
                               : "❌ Failed and rolled back";
}

// Whole seconds: more is not known of moments that are recorded by the second.
std::string between(int64_t from, int64_t to) {
  return format_duration(std::chrono::seconds(std::max<int64_t>(to - from, 0)));
}

}  // namespace

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
      return rolled_back_headline(outcome);
    case Result::kChangedAgain:
      return "❌ Rolled back, and then the files were changed again";
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

std::string when_words(const Outcome& outcome) {
  const Moments& when = outcome.when;
  if (!outcome.failure || (when.failed == 0 && when.run_began == 0)) return "";
  if (when.failed == 0) return "not known; the run began " + utc_text(when.run_began);
  std::string text = utc_text(when.failed);
  if (when.deploy_began != 0) {
    text += fmt::format(", {} after the deploy began", between(when.deploy_began, when.failed));
  } else if (when.run_began != 0) {
    text += fmt::format(", {} after the run began", between(when.run_began, when.failed));
  }
  if (when.healthy_again == 0) return text;
  return text + fmt::format("; healthy again {} later", between(when.failed, when.healthy_again));
}

std::string origin_words(const Outcome& outcome) {
  if (!outcome.origin) return "";
  const Origin& origin = *outcome.origin;
  constexpr size_t kShortCommit = 12;
  std::string text =
      fmt::format("what is live was accepted {}, run {}", utc_text(origin.accepted), origin.run);
  if (!origin.commit.empty()) text += ", commit " + origin.commit.substr(0, kShortCommit);
  if (!origin.actor.empty()) text += ", by " + origin.actor;
  if (!origin.url.empty()) text += ", " + origin.url;
  return printable(text);
}

std::string owed_words(const Outcome& outcome) {
  if (outcome.owed.empty() || outcome.files_only) return "";
  return "the rollback command, which 'backstep recover' runs: " + outcome.owed;
}

}  // namespace backstep
