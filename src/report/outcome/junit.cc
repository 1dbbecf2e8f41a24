// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/outcome/outcome_report.h"
#include "report/outcome/report_model.h"
#include "report/store_report.h"
#include "report/templates.h"

namespace backstep {
namespace {

// XML 1.0 has no way at all to write U+FFFE, U+FFFF and most control characters.
std::string xml_text(std::string_view text) {
  using Replacement = std::pair<std::string_view, std::string_view>;
  constexpr std::array<Replacement, 6> kReplacements = {
      {{"\xEF\xBF\xBE", "?"}, {"\xEF\xBF\xBF", "?"}, {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}}};
  std::string shown(text);
  for (const auto& [what, by] : kReplacements) shown = replaced(std::move(shown), what, by);
  return shown;
}

std::string seconds(Duration elapsed) {
  return fmt::format("{}.{:03}", elapsed.count() / 1000, elapsed.count() % 1000);
}

struct Case {
  std::string name;
  Duration elapsed{0};
  std::string failure = {};  // "": passed
  std::string details = {};
  std::string kept = {};  // why a check that only warns failed: no failure of the run
};

Json json_of(const Case& test) {
  return Json::Object{{"name", printable(test.name)},
                      {"time", seconds(test.elapsed)},
                      {"failure", test.kept.empty() ? printable(test.failure) : ""},
                      {"details", plain_text(test.details)},
                      {"kept", printable(test.kept)}};
}

// JUnit knows no warning: what only warns is skipped, with its reason.
Case case_of(const ServiceHealth& health, const std::string& step) {
  Case test{.name = step + " of " + health.service, .elapsed = health.elapsed};
  test.details = health.output_tail;
  if (health.only_warns()) test.kept = "unhealthy, which only warns: " + health.described;
  if (health.asks_for_rollback()) test.failure = health.described;
  return test;
}

Case case_of(const StepRecord& step, const Outcome& outcome) {
  Case test{.name = std::string(step.name), .elapsed = step.elapsed};
  if (step.succeeded) return test;
  test.failure = step.ended ? step.described : "did not end";
  if (outcome.failure && outcome.failure->step == step.name) {
    test.details = outcome.failure->output_tail;
  }
  return test;
}

Case last_case(const Outcome& outcome) {
  Case live{.name = "the new version is live"};
  if (outcome.exit_status == 0) return live;
  live.failure = outcome.live;
  if (outcome.failure) live.details = outcome.failure->step + " " + outcome.failure->described;
  const std::string when = when_words(outcome);
  if (!when.empty()) live.details += "\nwhen: " + when;
  if (!outcome.next.empty()) live.details += "\nnext:\n" + joined(next_lines(outcome.next), "\n");
  return live;
}

std::vector<Case> cases_of(const Outcome& outcome, const RunRecord& record) {
  std::vector<Case> cases;
  bool rolling_back = false;
  for (const StepRecord& step : record.steps) {
    rolling_back = rolling_back || step.name == "restore";
    Case test = case_of(step, outcome);
    if (rolling_back && test.name == "health check") test.name += " after the rollback";
    const std::string place = test.name;
    cases.push_back(std::move(test));
    for (const ServiceHealth& health : step.services) cases.push_back(case_of(health, place));
  }
  cases.push_back(last_case(outcome));
  return cases;
}

}  // namespace

std::string junit_report(const Outcome& outcome, const RunRecord& record) {
  const std::vector<Case> cases = cases_of(outcome, record);
  const auto failures = std::ranges::count_if(cases, [](const Case& test) { return !test.failure.empty(); });
  const auto skipped = std::ranges::count_if(cases, [](const Case& test) { return !test.kept.empty(); });
  const Json model = Json::Object{{"tests", cases.size()},
                                  {"failures", failures},
                                  {"skipped", skipped},
                                  {"time", seconds(record.elapsed)},
                                  {"cases", json_array(cases, json_of)}};
  return rendered(kJunitTemplate, model, xml_text);
}

}  // namespace backstep
