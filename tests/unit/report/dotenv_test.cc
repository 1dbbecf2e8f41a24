// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include "base/text.h"
#include "report_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::Matches;

TEST_CASE("Dotenv: whatever the names, each value is one plain word", "[report][dotenv]") {
  Outcome outcome = rolled_back();
  outcome.changed = {"a b", "c\"d'", "e\nf", "$g", "h=i#"};
  for (const std::string& line : split(trimmed(dotenv_report(outcome)), '\n')) {
    CHECK_THAT(line, Matches("BACKSTEP_[A-Z_]+=[A-Za-z0-9_./,:@+-]*"));
  }
}

TEST_CASE("Dotenv: a long list is cut at a comma and counted", "[report][dotenv]") {
  Outcome outcome = rolled_back();
  outcome.changed.assign(1'000, "service");
  const std::string text = dotenv_report(outcome);
  CHECK(text.size() < 5 * 1024);
  CHECK_THAT(text, Contains("service,and-813-more\n"));
  outcome.changed = {std::string(9'000, 'x')};
  CHECK(dotenv_report(outcome).size() < 5 * 1024);
}

TEST_CASE("Dotenv: its lines are the values with their names", "[report][dotenv]") {
  CHECK(dotenv_report(rolled_back()) ==
        "BACKSTEP_RESULT=rolled_back\nBACKSTEP_EXIT_CODE=20\nBACKSTEP_BACKUP=2024-03-10_14-23-00\n"
        "BACKSTEP_RESTORED_FROM=2024-03-10_14-23-00\nBACKSTEP_ROLLED_BACK=true\n"
        "BACKSTEP_CHANGED_SERVICES=a,odd_x2c_x20name\nBACKSTEP_FAILED_SERVICES=a,odd_x2c_x20name\n"
        "BACKSTEP_ATTEMPTS=1\n");
}
