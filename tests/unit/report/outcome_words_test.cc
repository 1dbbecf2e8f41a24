// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("OutcomeWords: files that are back without a redeploy are not called a rollback", "[report][words]") {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kFilesRestored, ExitCode::kRolledBackUnhealthy);
  CHECK(headline_of(outcome) == "❌ Failed before the deploy began");
  outcome.files_only = true;
  CHECK(headline_of(outcome) == "❌ Failed; the files are back, nothing was redeployed");
}

TEST_CASE("OutcomeWords: what is live begins with one of a few phrases", "[report][words]") {
  Outcome outcome;
  CHECK(outcome.live_is == Live::kSame);
  outcome.set_live(Live::kMix, " (old: a), healthy");
  CHECK(outcome.live == "a mix of old and new files (old: a), healthy");
  CHECK(name_of(outcome.live_is) == "mix");
  CHECK(words_of(Live::kUnknown) == "unknown");
}

TEST_CASE("OutcomeWords: a rollback that did not help says so in its first line", "[report][outcome_words]") {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackUnhealthy);
  outcome.failure = Failure{"health check", "exited with 1", ""};
  CHECK(headline_of(outcome) == "❌ Failed and rolled back");
  outcome.restored_from = "ID";
  CHECK(headline_of(outcome) == "❌ Failed and rolled back to ID");
  outcome.after_restore = outcome.failure;
  CHECK(headline_of(outcome) == "❌ Failed and rolled back, but still unhealthy");
}

TEST_CASE("OutcomeWords: when it failed, as far as that is known", "[report][outcome_words]") {
  constexpr int64_t kNoon = 1'710'072'000;
  Outcome outcome;
  const auto words = [&](Moments when) {
    outcome.when = when;
    return when_words(outcome);
  };
  CHECK(words({.run_began = kNoon}).empty());
  outcome.failure = Failure{"deploy", "exited with 7", ""};
  CHECK(words({}).empty());
  CHECK(words({.run_began = kNoon}) == "not known; the run began 2024-03-10T12:00:00Z");
  CHECK(words({.run_began = kNoon, .failed = kNoon + 3}) == "2024-03-10T12:00:03Z, 3s after the run began");
  CHECK(words({.run_began = kNoon, .deploy_began = kNoon + 1, .failed = kNoon + 63}) ==
        "2024-03-10T12:01:03Z, 1m2s after the deploy began");
  CHECK(words({.deploy_began = kNoon, .failed = kNoon, .healthy_again = kNoon + 9}) ==
        "2024-03-10T12:00:00Z; healthy again 9s later");
  // The clock was set back meanwhile.
  CHECK(words({.run_began = kNoon, .failed = kNoon - 5}) == "2024-03-10T11:59:55Z");
}

TEST_CASE("OutcomeWords: where what is live comes from", "[report][outcome_words]") {
  Outcome outcome;
  CHECK(outcome_facts(outcome).empty());
  HistoryLine& origin = outcome.origin.emplace();
  origin.time = 1'710'072'000;
  origin.run = "2024-03-10_11-59-00";
  origin.commit = "0123456789abcdef0123";
  origin.actor = "eve\n";
  origin.url = "https://ci/1";
  CHECK(outcome_facts(outcome).at(0).name == "version");
  CHECK(outcome_facts(outcome).at(0).text ==
        "what is live was accepted 2024-03-10T12:00:00Z, run 2024-03-10_11-59-00, commit "
        "0123456789ab, by eve\\x0a, "
        "https://ci/1");
}
