// SPDX-License-Identifier: Apache-2.0
#include "report/platform/annotations.h"

#include <algorithm>

#include "base/text.h"
#include "report_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

TEST_CASE("Annotations: a failed run is one error with what is live and what to type",
          "[report][annotations]") {
  CHECK(github_annotations(rolled_back(), {}) ==
        "::error title=backstep::health check exited with 1 (1 attempt)%0A"
        "live now: the old version, healthy again%0A"
        "next: backstep show failed/2024-03-10_14-23-07\n");
}

TEST_CASE("Annotations: what to do about it stands before what to type", "[report][annotations]") {
  Outcome outcome = rolled_back();
  outcome.advice = "ask somebody";
  CHECK_THAT(github_annotations(outcome, {}), Contains("%0Aadvice: ask somebody%0Anext: "));
}

TEST_CASE("Annotations: ten warnings are shown, of eleven the last counts two",
          "[report][annotations]") {
  const auto lines = [](size_t count) {
    RunRecord record;
    record.warnings.assign(count, "w");
    return split(trimmed(github_annotations({}, record)), '\n');
  };
  CHECK(lines(10).size() == 10);
  CHECK(lines(10).back() == "::warning title=backstep::w");
  CHECK(lines(11).size() == 10);
  CHECK(lines(11).back() == "::warning title=backstep::and 2 more warnings: see the log");
}

TEST_CASE("Annotations: a long one is cut between characters", "[report][annotations]") {
  RunRecord record;
  record.warnings = {"x" + std::string()};
  for (int i = 0; i < 3'000; ++i) record.warnings[0] += "é";
  const std::string line = github_annotations({}, record);
  CHECK(is_utf8(line));
  CHECK(line.size() < 4'096);
  CHECK_THAT(line, Contains(" …"));
}

TEST_CASE("Annotations: a good run without warnings has none", "[report][annotations]") {
  CHECK(github_annotations({}, {}).empty());
}

TEST_CASE("Annotations: what lint found stands at its file and line", "[report][annotations]") {
  CHECK(lint_annotations(linted()) ==
        "::warning file=services/a/entrypoint.sh,title=backstep lint%3A not-executable::mode 0644\n"
        "::error file=services/a/entrypoint.sh,line=3,title=backstep lint%3A syntax::"
        "sh: \"fi\" unexpected\n");
  Outcome outcome = rolled_back();
  outcome.lint = linted();
  const std::string lines = github_annotations(outcome, {});
  CHECK(lines.find("::error title=backstep::") < lines.find("::error file="));
}

TEST_CASE("Annotations: ten errors are shown, the run's own among them", "[report][annotations]") {
  Outcome outcome = rolled_back();
  outcome.lint.findings.assign(12, {"a", 1, LintRule::kBom, "x"});
  const auto lines = split(trimmed(github_annotations(outcome, {})), '\n');
  CHECK(lines.size() == 10);
  CHECK(lines.back() == "::error title=backstep::and 4 more errors: see the log");
}
