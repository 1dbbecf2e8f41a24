// SPDX-License-Identifier: Apache-2.0
#include "config/lint_rules.h"

#include <set>

#include "support/catch.h"

using namespace backstep;

TEST_CASE("LintRules: names are unique, in small letters and dashes", "[config][lint_rules]") {
  std::set<std::string_view> names;
  for (const LintRuleRow& row : kLintRules) {
    INFO(row.name);
    CHECK(names.insert(row.name).second);
    CHECK(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
    CHECK_FALSE(row.wrong.ends_with('.'));
    CHECK_FALSE(row.prevents.empty());
    CHECK(row_of(row.rule).name == row.name);
  }
  CHECK(names.size() == 10);
  CHECK(severity_of(row_of(LintRule::kBom).stops) == "error");
  CHECK(severity_of(row_of(LintRule::kCrlf).stops) == "warning");
}
