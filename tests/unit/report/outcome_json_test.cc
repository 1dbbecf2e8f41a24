// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("OutcomeJson: every answer names its kind and version", "[report][outcome_json]") {
  const Json answer = json_answer("list");
  CHECK(answer.text("backstep") == "list");
  CHECK(answer.number("version") == 1);
}

TEST_CASE("OutcomeJson: a run without a failure has none", "[report][outcome_json]") {
  CHECK(outcome_json(Outcome(), {}).find("failure") == nullptr);
}

TEST_CASE("OutcomeJson: what lint found is there where scripts were linted", "[report][outcome_json]") {
  Outcome outcome;
  CHECK(outcome_json(outcome, {}).find("lint") == nullptr);
  outcome.lint.scripts = 2;
  REQUIRE(outcome_json(outcome, {}).find("lint") != nullptr);
  CHECK(outcome_json(outcome, {}).find("lint")->number("scripts") == 2);
}

TEST_CASE("OutcomeJson: what is on record against the files", "[report][outcome_json]") {
  Outcome outcome;
  CHECK(outcome_json(outcome, {}).find("failed_before")->is_null());
  FailedBefore& before = outcome.failed_before.emplace();
  before.time = 1'710'080'580;
  before.reason = "deploy exited with 7";
  before.proved = true;
  const Json json = outcome_json(outcome, {});
  const Json& failed = *json.find("failed_before");
  CHECK(failed.text("time") == "2024-03-10T14:23:00Z");
  CHECK(failed.text("reason") == "deploy exited with 7");
  CHECK(failed.flag_or("proved", false));
  CHECK_FALSE(failed.flag_or("marked", true));
}

TEST_CASE("OutcomeJson: it says all that the text says, and more", "[report][outcome_json]") {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackHealthy);
  outcome.run = "2024-03-10_14-23-00";
  outcome.set_live(Live::kOld, "");
  outcome.failure = Failure{"deploy", "exited with 7", "tail\xff"};
  outcome.after_restore = Failure{"rollback", "exited with 9", ""};
  outcome.owed = "docker compose up -d";
  outcome.when = {.run_began = 1'710'080'580, .healthy_again = 1'710'080'581};
  HistoryLine& origin = outcome.origin.emplace();
  origin.time = 1'710'080'000;
  origin.run = "r";
  origin.commit = "c";
  origin.actor = "a";
  origin.url = "u";
  outcome.backup = "b";
  outcome.restored_from = "r";
  outcome.target_reason = "reason";
  outcome.evidence = "failed/e";
  outcome.changed = {"a"};
  outcome.restored = {"x", "y"};
  outcome.kept = {"z"};
  outcome.unchanged = true;
  outcome.was_unhealthy_before = true;
  outcome.verdict = Verdict::kBad;
  outcome.attempts = 3;
  outcome.next = {{"go on", "backstep recover"}};
  const Json json = Json::parse(outcome_json(outcome, {}).dump());
  CHECK(json.text("backstep") == "outcome");
  CHECK(json.text("result") == "rolled_back");
  CHECK(json.number("exit_code") == 20);
  CHECK(json.text("run") == outcome.run);
  CHECK(json.text("live") == "the old version");
  CHECK(json.text("live_is") == "old");
  CHECK(json.text("backup") == "b");
  CHECK(json.text("restored_from") == "r");
  CHECK(json.text("target_reason") == "reason");
  CHECK(json.text("failed_files") == "failed/e");
  CHECK(json.texts("changed") == outcome.changed);
  CHECK(json.texts("restored") == outcome.restored);
  CHECK(json.texts("kept") == outcome.kept);
  CHECK(json.flag_or("unchanged", false));
  CHECK(json.flag_or("was_unhealthy_before", false));
  CHECK(json.text("verdict") == "bad");
  CHECK(json.number("attempts") == 3);
  CHECK(json.find("next")->array()->front().text("do") == "go on");
  CHECK(json.find("next")->array()->front().text("command") == "backstep recover");
  CHECK(json.text("still_to_run") == outcome.owed);
  CHECK(json.find("after_restore")->text("described") == "exited with 9");
  CHECK(json.find("when")->text("run_began") == "2024-03-10T14:23:00Z");
  CHECK(json.find("when")->text("healthy_again") == "2024-03-10T14:23:01Z");
  CHECK(json.find("when")->text_or("failed", "unknown") == "unknown");
  CHECK(json.find("origin")->text("accepted") == "2024-03-10T14:13:20Z");
  CHECK(json.find("origin")->text("commit") == "c");
  const Json* failure = json.find("failure");
  REQUIRE(failure != nullptr);
  CHECK(failure->text("step") == "deploy");
  CHECK(failure->text("described") == "exited with 7");
  CHECK(failure->text("output_tail") == "tail\xEF\xBF\xBD");
}
