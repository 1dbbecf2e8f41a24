// SPDX-License-Identifier: Apache-2.0
#include "config/lint_values.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using Texts = std::vector<std::string>;

namespace {

RawValue rule_text(const std::string& given) {
  return {.text = given, .list = {}, .is_list = false};
}
RawValue rule_list(Texts items) {
  return {.text = "", .list = std::move(items), .is_list = true};
}

}  // namespace

TEST_CASE("LintValues: an unknown rule is refused, with the one that was meant",
          "[config][lint_values]") {
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

TEST_CASE("LintValues: a marker that could not be typed again is refused",
          "[config][lint_values]") {
  CHECK(MarkersValue::read(rule_list({"{{", "${__"})) == Texts{"{{", "${__"});
  CHECK(MarkersValue::read(rule_text("{{,${__")) == Texts{"{{", "${__"});
  CHECK(test::refusal([] { MarkersValue::read(rule_list({"a,b"})); }) ==
        "'a,b' holds a comma or a line break: name a part without one");
  CHECK(test::refusal([] { MarkersValue::read(rule_list({" "})); }) ==
        "an empty text would be found in every script");
  CHECK(test::refusal([] {
          MarkersValue::read(rule_text(std::string(201, 'x')));
        }).ends_with("is longer than 200 bytes"));
}
