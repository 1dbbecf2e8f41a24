// SPDX-License-Identifier: Apache-2.0
#include "config/setting_types.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using Texts = std::vector<std::string>;

namespace {

RawValue rule_text(const std::string& given) { return {.text = given, .list = {}, .is_list = false}; }
RawValue rule_list(Texts items) { return {.text = "", .list = std::move(items), .is_list = true}; }

}  // namespace

TEST_CASE("LintValues: an unknown rule is refused, with the one that was meant", "[config][lint_values]") {
  CHECK(test::refusal([] { LintRulesValue::read(rule_text("no-shebnag")); }) ==
        "'no-shebnag' is no rule of lint (did you mean 'no-shebang'?); "
        "'backstep help rules' lists them");
  CHECK(test::refusal([] {
          LintRulesValue::read(rule_list({"crlf", ""}));
        }) == "'' is no rule of lint; 'backstep help rules' lists them");
}

TEST_CASE("LintValues: rules come as a text or as a list", "[config][lint_values]") {
  CHECK(LintRulesValue::read(rule_text("crlf, syntax\nbom")) == Texts{"crlf", "syntax", "bom"});
  CHECK(LintRulesValue::read(rule_list({"crlf", " syntax"})) == Texts{"crlf", "syntax"});
  CHECK(LintRulesValue::show({"crlf", "syntax"}) == "crlf,syntax");
}
