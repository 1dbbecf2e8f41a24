// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/recorder.h"

#include "report/outcome/outcome_report.h"
#include "support/catch.h"

using namespace backstep;

namespace {

const Secrets& secrets() {
  static const Secrets known(
      Environment(std::map<std::string, std::string, std::less<>>{{"A_PASSWORD", "p\"ss<word>"}}));
  return known;
}

Outcome telling_outcome() {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackHealthy);
  outcome.live = "live p\"ss<word>";
  outcome.services = "services p\"ss<word>";
  outcome.advice = "advice p\"ss<word>";
  outcome.failure = Failure{"deploy", "ended with p\"ss<word>", "x\nlogin p\"ss<word>\n"};
  outcome.after_restore = Failure{"rollback", "told p\"ss<word>", "again p\"ss<word>\n"};
  outcome.owed = "redeploy p\"ss<word>";
  outcome.failed_before.emplace().reason = "before p\"ss<word>";
  ServiceHealth health;
  health.described = health.output_tail = "p\"ss<word>";
  outcome.service_checks = {health};
  outcome.next = {"deploy p\"ss<word>"};
  outcome.lint.scripts = 1;
  outcome.lint.findings = {{"p\"ss<word>.sh", 1, LintRule::kSyntax, "'p\"ss<word>' unexpected"}};
  outcome.lint.skipped = {{"p\"ss<word>.sh", 0, LintRule::kSyntax, "p\"ss<word> has no '-n'"}};
  outcome.kept = outcome.restored = outcome.changed = {"p\"ss<word>.sh"};
  return outcome;
}

}  // namespace

TEST_CASE("Secrets in reports: no escape keeps one from being found", "[report][secrets]") {
  const Outcome outcome = without_secrets(telling_outcome(), secrets());
  const std::string json = outcome_json(outcome, {}).pretty();
  REQUIRE(json.find("word") == std::string::npos);
  REQUIRE(json.find("login ***") != std::string::npos);
}
