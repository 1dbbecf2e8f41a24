// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include "support/catch.h"
#include "support/json_parts.h"

using namespace backstep;
using backstep::test::matchers::Contains;

TEST_CASE("HistoryReport: a line an end", "[report][history]") {
  CHECK(history_text({}) == "nothing is on record\n");
  HistoryLine line;
  line.run = "2024-03-10_14-23-00";
  line.event = HistoryLine::Event::kRolledBack;
  line.verb = RunVerb::kRun;
  line.time = 1'710'080'580;
  line.exit_code = 20;
  line.actor = "Jo";
  line.reason = "health check exited with 7 (3 failures in a row, 4 attempts)";
  const std::vector<HistoryLine> history{line};
  CHECK_THAT(history_text(history),
             Contains("2024-03-10T14:23:00Z  run   rolled_back  20         Jo  health check exited"));
  CHECK_THAT(history_text(history, history.data()), Contains("  20    live  Jo  health"));
  const Json json = history_json(history, history.data());
  CHECK(json.text("backstep") == "history");
  CHECK(test::elements(json, "runs").at(0).number("exit_code") == 20);
  CHECK(test::elements(json, "runs").at(0).text("reason") == line.reason);
  CHECK(test::elements(json, "runs").at(0).flag_or("live_since", false));
}

TEST_CASE("HistoryReport: a rollback by hand names where it went", "[report][history]") {
  HistoryLine line;
  line.event = HistoryLine::Event::kRolledBack;
  line.verb = RunVerb::kRollback;
  line.owner = "uid 0";
  line.reason = "rolled back by hand";
  line.restored_from = "2024-03-10_14-23-00";
  const std::vector<HistoryLine> history{line};
  CHECK_THAT(history_text(history), Contains("  uid 0  by hand to 2024-03-10_14-23-00\n"));
}
