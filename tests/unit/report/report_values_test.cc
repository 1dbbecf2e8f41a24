// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include <map>

#include "report_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::map<std::string_view, std::string> values_of(const Outcome& outcome) {
  std::map<std::string_view, std::string> values;
  for (const ReportValue& row : report_values()) values[row.name] = row.value(outcome);
  return values;
}

}  // namespace

TEST_CASE("ReportValues: no name in a list can make two of itself", "[report][values]") {
  Outcome outcome = rolled_back();
  outcome.changed = {"a", "b,c", "d e", "f\ng"};
  CHECK(values_of(outcome)["changed_services"] == "a,b\\x2cc,d\\x20e,f\\x0ag");
}

TEST_CASE("ReportValues: only a failed run has failed services", "[report][values]") {
  CHECK(values_of(rolled_back())["failed_services"] == "a,odd\\x2c\\x20name");
  Outcome good;
  good.changed = {"a"};
  CHECK(values_of(good)["changed_services"] == "a");
  CHECK(values_of(good)["failed_services"].empty());
}

TEST_CASE("ReportValues: rolled_back says whether old files are back", "[report][values]") {
  const auto rolled = [](Outcome::Result result, bool files) {
    Outcome outcome;
    outcome.result = result;
    if (files) outcome.restored = {"x"};
    return values_of(outcome)["rolled_back"];
  };
  CHECK(rolled(Outcome::Result::kRolledBack, false) == "true");
  CHECK(rolled(Outcome::Result::kRollbackOwed, false) == "true");
  CHECK(rolled(Outcome::Result::kFilesRestored, true) == "true");
  CHECK(rolled(Outcome::Result::kFilesRestored, false) == "false");
  CHECK(rolled(Outcome::Result::kAccepted, false) == "false");
  CHECK(rolled(Outcome::Result::kNotRolledBack, false) == "false");
}
