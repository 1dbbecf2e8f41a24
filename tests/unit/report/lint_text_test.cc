// SPDX-License-Identifier: Apache-2.0
#include "report/lint_text.h"

#include "report_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using Lines = std::vector<std::string>;

TEST_CASE("LintText: a row a finding, and the count at the end", "[report][lint_text]") {
  CHECK(lint_text(linted()) ==
        "FILE                      LINE  SEVERITY  RULE            WHAT\n"
        "services/a/entrypoint.sh  -     warning   not-executable  mode 0644\n"
        "services/a/entrypoint.sh  3     error     syntax          sh: \"fi\" unexpected\n"
        "the syntax of 1 script was not checked, 'python3' has no '-n': "
        "services/b/entrypoint.sh\n"
        "❌ 1 error, 1 warning in 2 scripts\n");
}

TEST_CASE("LintText: nothing found and only warnings are not failures", "[report][lint_text]") {
  LintReport report;
  report.scripts = 2;
  CHECK(lint_text(report) == "✔ 2 scripts, nothing found\n");
  report.findings = {{"a", 1, LintRule::kCrlf, "x"}};
  CHECK(lint_text(report).ends_with("⚠️ 1 warning in 2 scripts\n"));
}

TEST_CASE("LintText: a table that would be too long counts the rest", "[report][lint_text]") {
  LintReport report;
  report.findings.assign(5, {"a", 1, LintRule::kCrlf, "x"});
  CHECK(lint_table(report, 3).ends_with("… and 2 more (-v shows all)\n"));
  CHECK(lint_table(report, 5).find("more") == std::string::npos);
  CHECK(lint_table({}, 5).empty());
}

TEST_CASE("LintText: scripts that were skipped for one reason are one line", "[report][lint_text]") {
  LintReport report;
  for (const char* file : {"a", "b", "c", "d", "e"}) {
    report.skipped.push_back({file, 0, LintRule::kSyntax, "so"});
  }
  report.skipped.push_back({"f\x1b", 0, LintRule::kSyntax, "else"});
  CHECK(skipped_lines(report) == Lines{"the syntax of 1 script was not checked, else: f\\x1b",
                                       "the syntax of 5 scripts was not checked, so: a, b, c and 2 more"});
}

TEST_CASE("LintText: JSON has the counts and every finding", "[report][lint_text]") {
  const Json json = lint_json(linted());
  CHECK(json.number("errors") == 1);
  CHECK(json.number("scripts") == 2);
  const Json::Array& findings = *json.find("findings")->array();
  CHECK(findings.at(0).find("line")->is_null());
  CHECK(findings.at(1).number("line") == 3);
  CHECK(findings.at(1).text("severity") == "error");
  CHECK(findings.at(1).text("rule") == "syntax");
  CHECK(json.find("skipped")->array()->at(0).text("why") == "'python3' has no '-n'");
}
