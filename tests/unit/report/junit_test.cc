// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include "report_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

TEST_CASE("Junit: a failed phase and the version that is not live are failures", "[report][junit]") {
  const std::string text = junit_report(rolled_back(), rolled_back_record());
  CHECK_THAT(text, Contains("tests=\"7\" failures=\"2\" errors=\"0\" skipped=\"0\" time=\"12.345\""));
  CHECK_THAT(text, Contains("name=\"health check\" time=\"1.500\">"
                            "<failure message=\"exited with 1 (1 attempt)\">"
                            "no &lt;answer&gt;</failure>"));
  CHECK_THAT(text, Contains("name=\"health check after the rollback\" time=\"1.500\"></testcase>"));
  CHECK_THAT(text, Contains("name=\"the new version is live\" time=\"0.000\">"
                            "<failure message=\"the old version, healthy again\">"));
}

TEST_CASE("Junit: what XML cannot say is said otherwise", "[report][junit]") {
  Outcome outcome = rolled_back();
  outcome.failure->output_tail = "\"a\" & 'b' \xEF\xBF\xBE \xFF \x01";
  CHECK_THAT(junit_report(outcome, rolled_back_record()), Contains("&quot;a&quot; &amp; 'b' ? \\xff \\x01"));
}

TEST_CASE("Junit: a good run has no failure", "[report][junit]") {
  RunRecord record;
  record.steps = {step_record("backup", true)};
  CHECK_THAT(junit_report({}, record), Contains("tests=\"2\" failures=\"0\"") && !Contains("<failure"));
}

TEST_CASE("Junit: each service's check is a case, and one that only warns fails nothing", "[report][junit]") {
  RunRecord record;
  record.steps = {step_record("health check", false)};
  record.steps[0].services = three_services();
  const std::string text = junit_report(rolled_back(), record);
  CHECK_THAT(text, Contains("tests=\"5\" failures=\"3\" errors=\"0\" skipped=\"1\""));
  CHECK_THAT(text, Contains("name=\"health check of a\" time=\"1.500\">"
                            "<skipped message=\"unhealthy, which only warns: exited with 7 (2 "
                            "failures in a row, 2 attempts)\"/>"
                            "<system-out>no &lt;answer&gt;</system-out>"));
  CHECK_THAT(text, Contains("name=\"health check of b\" time=\"1.500\"><failure "));
  CHECK_THAT(text, Contains("name=\"health check of c\" time=\"1.500\"></testcase>"));
}
