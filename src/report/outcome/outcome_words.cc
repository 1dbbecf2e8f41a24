// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/duration.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/run/records.h"
#include "report/store_report.h"
#include "store/set_id.h"

namespace backstep {
namespace {

using Result = Outcome::Result;
using Facts = std::vector<OutcomeFact>;

// In the order of Result.
constexpr auto kHeadlines = std::to_array<std::string_view>(
    {"✔ Deployed", "✔ Nothing to do", "❌ Failed before the deploy began", "❌ Failed and rolled back",
     "❌ Rolled back, and then the files were changed again", "❌ Stopped; the files are back, the services are not",
     "❌ The rollback failed", "❌ Failed and not rolled back", "❌ Failed, with nothing to roll back to", "✔ Begun",
     "✔ Ended", "✔ Backed up", "✔ Healthy", "❌ Unhealthy", "❌ Not started"});
static_assert(kHeadlines.size() == static_cast<size_t>(Result::kNotStarted) + 1);

// Whole seconds: more is not known of moments that are recorded by the second.
std::string between(int64_t from, int64_t to) {
  return format_duration(std::chrono::seconds(std::max<int64_t>(to - from, 0)));
}

std::string words_of(const Failure& failure) { return failure.step + " " + failure.described; }

void add_failure(const Outcome& outcome, Facts& facts) {
  if (!outcome.failure) return;
  facts.push_back({"failed", words_of(*outcome.failure), outcome.failure->output_tail});
  facts.push_back({"when", when_words(outcome)});
  if (outcome.diagnosis) {
    facts.push_back({"diagnose", outcome.diagnosis->described, outcome.diagnosis->output_tail});
  }
  if (outcome.exit_status != 0) facts.push_back({"changed", listed(outcome.changed, 8)});
  if (outcome.was_unhealthy_before && outcome.result != Result::kNothingToRollBackTo) {
    facts.push_back({"note", "the health check failed already before the deploy"});
  }
  // Of what is known bad now the verdict says it.
  if (outcome.failed_before && outcome.verdict != Verdict::kBad) {
    const char* how = outcome.failed_before->marked ? "were " : "failed before: ";
    facts.push_back({"note", fmt::format("these files {}{}", how, described(*outcome.failed_before))});
  }
}

// That it printed the same once more is soon read.
OutcomeFact after_restore(const Outcome& outcome) {
  if (!outcome.after_restore) return {};
  const Failure& after = *outcome.after_restore;
  const bool same =
      outcome.failure && outcome.failure->output_tail == after.output_tail && !trimmed(after.output_tail).empty();
  if (same) return {"then", words_of(after) + ", with the same output"};
  return {"then", words_of(after), after.output_tail};
}

// "" when the history does not know it.
std::string origin_words(const Outcome& outcome) {
  if (!outcome.origin) return "";
  const HistoryLine& origin = *outcome.origin;
  constexpr size_t kShortCommit = 12;
  std::string text = fmt::format("what is live was accepted {}, run {}", utc_text(origin.time), origin.run);
  if (!origin.commit.empty()) text += ", commit " + origin.commit.substr(0, kShortCommit);
  if (!origin.actor.empty()) text += ", by " + origin.actor;
  if (!origin.url.empty()) text += ", " + origin.url;
  return printable(text);
}

std::string verdict_words(const Outcome& outcome) {
  const std::optional<FailedBefore>& past = outcome.failed_before;
  const std::string since = !past ? " now" : ", as before" + (past->marked ? "" : " in run " + past->run);
  const std::string bad_set = outcome.verdict == Verdict::kBad ? "the new files are known bad" + since : "";
  if (outcome.bad_services.empty()) return bad_set;
  return (bad_set.empty() ? "known bad " : bad_set + "; ") + "by their own check: " + listed(outcome.bad_services);
}

std::string restored_words(const Outcome& outcome) {
  const bool moved_away = outcome.result == Result::kNothingToRollBackTo;
  if (outcome.restored.empty() || moved_away) return "";
  return fmt::format("{} from {}{}", counted(outcome.restored.size(), "file"), outcome.restored_from,
                     outcome.target_reason.empty() ? "" : " (" + outcome.target_reason + ")");
}

}  // namespace

std::string headline_of(const Outcome& outcome) {
  const bool well = outcome.exit_status == 0;
  if (outcome.result == Result::kAccepted && !well) return "⚠️ Deployed";
  if (outcome.result == Result::kAccepted && outcome.deploys_nothing) return "✔ Done; no deploy is set";
  if (outcome.still_live) return "✔ Deployed, nothing changed";
  if (outcome.result == Result::kFilesRestored) {
    if (outcome.files_only) return "❌ Failed; the files are back, nothing was redeployed";
    if (well) return "✔ Recovered";
  }
  if (outcome.result == Result::kRolledBack) {
    const bool is_only_here = outcome.exit_status == static_cast<int>(ExitCode::kOnlyHere);
    if (!outcome.failure && is_only_here) return "⚠️ Rolled back";
    if (!outcome.failure && well) return "✔ Rollback completed successfully.";
    if (!outcome.failure) return "❌ Rolled back, but still unhealthy";
    if (outcome.after_restore) return "❌ Failed and rolled back, but still unhealthy";
  }
  const std::string text(kHeadlines.at(static_cast<size_t>(outcome.result)));
  const bool names_set = text.ends_with("rolled back") && !outcome.restored_from.empty();
  return names_set ? text + " to " + outcome.restored_from : text;
}

std::string when_words(const Outcome& outcome) {
  const Moments& when = outcome.when;
  if (!outcome.failure || (when.failed == 0 && when.run_began == 0)) return "";
  if (when.failed == 0) return "not known; the run began " + utc_text(when.run_began);
  std::string text = utc_text(when.failed);
  const bool deployed = when.deploy_began != 0;
  const int64_t began = deployed ? when.deploy_began : when.run_began;
  if (began != 0 && began < when.failed) {
    text += fmt::format(", {} after the {} began", between(began, when.failed), deployed ? "deploy" : "run");
  }
  if (when.healthy_again <= when.failed) return text;
  return text + fmt::format("; healthy again {} later", between(when.failed, when.healthy_again));
}

std::string bad_live_words(const Outcome& outcome) {
  const Moments& when = outcome.when;
  if (!outcome.failure || when.deploy_began == 0 || when.healthy_again <= when.deploy_began) return "";
  return "the failed version was live for " + between(when.deploy_began, when.healthy_again);
}

std::vector<OutcomeFact> outcome_facts(const Outcome& outcome) {
  Facts facts;
  add_failure(outcome, facts);
  facts.push_back({"restored", restored_words(outcome)});
  if (!outcome.kept.empty()) {
    facts.push_back({"kept", counted(outcome.kept.size(), "file") + ", changed since"});
  }
  facts.push_back(after_restore(outcome));
  facts.push_back({"saved", saved_words(!outcome.failure, outcome.evidence)});
  facts.push_back({"verdict", verdict_words(outcome)});
  facts.push_back({"version", origin_words(outcome)});
  facts.push_back({"to run", outcome.owed.empty() ? "" : outcome.owed + " (the rollback command)"});
  std::erase_if(facts, [](const OutcomeFact& fact) { return fact.text.empty(); });
  return facts;
}

}  // namespace backstep
