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

}  // namespace

// What commands printed has lost its secrets where it was read, and names stay.
TEST_CASE("Secrets in reports: what we say of a run holds none", "[report][secrets]") {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackHealthy);
  outcome.live = "live p\"ss<word>";
  outcome.advise("advice p\"ss<word>");
  outcome.owed = "redeploy p\"ss<word>";
  outcome.failure = Failure{"deploy", "ended with p\"ss<word>", ""};
  outcome.after_restore = Failure{"rollback", "told p\"ss<word>", ""};
  outcome.lint.scripts = 1;
  outcome.lint.findings = {{"a.sh", 1, LintRule::kSyntax, "'p\"ss<word>' unexpected"}};
  const std::string json = outcome_json(without_secrets(outcome, secrets()), {}).pretty();
  REQUIRE(json.find("word") == std::string::npos);
  REQUIRE(json.find("redeploy ***") != std::string::npos);
}
