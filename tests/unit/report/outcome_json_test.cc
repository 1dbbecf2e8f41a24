// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_json.h"

#include <catch2/catch.hpp>

using namespace backstep;

TEST_CASE("OutcomeJson: every answer names its kind and version", "[report][outcome_json]") {
  const Json answer = json_answer("list");
  CHECK(answer.text("backstep") == "list");
  CHECK(answer.number("version") == 1);
}

TEST_CASE("OutcomeJson: a run without a failure has none", "[report][outcome_json]") {
  CHECK(outcome_json(Outcome()).find("failure") == nullptr);
}

TEST_CASE("OutcomeJson: it says all that the text says, and more", "[report][outcome_json]") {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackHealthy);
  outcome.run = "2024-03-10_14-23-00";
  outcome.live = "the old version";
  outcome.services = "unknown";
  outcome.failure = Failure{"deploy", "exited with 7", "tail\xff"};
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
  outcome.next = {"backstep recover"};
  const Json json = Json::parse(outcome_json(outcome).dump());
  CHECK(json.text("backstep") == "outcome");
  CHECK(json.text("result") == "rolled_back");
  CHECK(json.number("exit_code") == 20);
  CHECK(json.text("run") == outcome.run);
  CHECK(json.text("live") == "the old version");
  CHECK(json.text("services") == "unknown");
  CHECK(json.text("backup") == "b");
  CHECK(json.text("restored_from") == "r");
  CHECK(json.text("target_reason") == "reason");
  CHECK(json.text("evidence") == "failed/e");
  CHECK(json.texts("changed") == outcome.changed);
  CHECK(json.texts("restored") == outcome.restored);
  CHECK(json.texts("kept") == outcome.kept);
  CHECK(json.flag_or("unchanged", false));
  CHECK(json.flag_or("was_unhealthy_before", false));
  CHECK(json.text("verdict") == "bad");
  CHECK(json.number("attempts") == 3);
  CHECK(json.texts("next") == outcome.next);
  const Json* failure = json.find("failure");
  REQUIRE(failure != nullptr);
  CHECK(failure->text("step") == "deploy");
  CHECK(failure->text("described") == "exited with 7");
  CHECK(failure->text("output_tail") == "tail\xEF\xBF\xBD");
}
