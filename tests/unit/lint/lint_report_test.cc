// SPDX-License-Identifier: Apache-2.0
#include "lint/lint.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("LintReport: errors and warnings are counted apart", "[lint][lint_report]") {
  LintReport report;
  report.scripts = 3;
  CHECK(counted_findings(report) == "3 scripts, nothing found");
  report.findings = {{"a", 1, LintRule::kCrlf, "x"}};
  CHECK(counted_findings(report) == "1 warning in 3 scripts");
  report.findings.push_back({"a", 1, LintRule::kBom, "x"});
  report.findings.push_back({"b", 1, LintRule::kSyntax, "x"});
  CHECK(counted_findings(report) == "2 errors, 1 warning in 3 scripts");
}

TEST_CASE("LintReport: a finding is one line, whatever its file is called", "[lint][lint_report]") {
  CHECK(described({"a\n::error::", 0, LintRule::kEmpty, "x"}) == "a\\x0a::error::: empty: x");
  CHECK(described({"a", 7, LintRule::kCrlf, "x"}) == "a:7: crlf: x");
}
