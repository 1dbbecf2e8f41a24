// SPDX-License-Identifier: Apache-2.0
#include "report/status_report.h"

#include <catch2/catch.hpp>

using namespace backstep;
using Catch::Matchers::Contains;

namespace {

Journal open_run() {
  Journal journal;
  journal.run = "2024-03-10_14-23-00";
  journal.verb = "begin";
  journal.phase = Phase::kArmed;
  journal.owner = "me\n";
  journal.started = 1'710'080'580;
  journal.guard_until = 1'710'084'180;
  return journal;
}

HistoryLine rolled_back() {
  HistoryLine line;
  line.run = "2024-03-10_14-23-00";
  line.event = HistoryLine::Event::kRolledBack;
  line.verb = "run";
  line.time = 1'710'080'580;
  line.exit_code = 20;
  line.owner = "uid 0";
  line.backup = "2024-03-10_14-23-00";
  line.restored_from = "2024-03-09_00-00-00";
  line.reason = "deploy exited with 7";
  return line;
}

}  // namespace

TEST_CASE("StatusReport: a journal that nobody can read is said", "[report][status]") {
  StatusFacts facts;
  facts.journal_trouble = "cannot use the journal";
  CHECK_THAT(status_text(facts), Contains("❌ cannot use the journal\n"));
  CHECK(status_json(facts).text("trouble") == "cannot use the journal");
}

TEST_CASE("StatusReport: an open run says what to do, unless somebody is at work",
          "[report][status]") {
  StatusFacts facts;
  facts.open = open_run();
  std::string text = status_text(facts);
  CHECK_THAT(text, Contains("open run   2024-03-10_14-23-00 (begin), phase armed, of me\\x0a, "
                            "since 2024-03-10T14:23:00Z"));
  CHECK_THAT(text, Contains("guarded    until 2024-03-10T15:23:00Z"));
  CHECK_THAT(text, Contains("next       backstep recover"));
  facts.at_work = true;
  facts.holder = "run X: run by me\n";
  text = status_text(facts);
  CHECK_THAT(text, Contains("at work    run X: run by me\n") && !Contains("backstep recover"));
  CHECK(status_json(facts).text("holder") == "run X: run by me");
}

TEST_CASE("StatusReport: what is owed is said", "[report][status]") {
  StatusFacts facts;
  facts.open = open_run();
  facts.open->phase = Phase::kRestored;
  facts.open->owed = true;
  CHECK_THAT(status_text(facts),
             Contains("owed       the rollback command has not run") && !Contains("guarded"));
  CHECK(status_json(facts).find("open")->flag_or("owed", false));
}

TEST_CASE("StatusReport: records that cannot be read are counted", "[report][status]") {
  StatusFacts facts;
  facts.broken_lines = 2;
  CHECK_THAT(status_text(facts), Contains("2 lines of the records cannot be read"));
}

TEST_CASE("StatusReport: a store where nothing has happened yet", "[report][status]") {
  CHECK(status_text({}) ==
        "files      none are tracked here\n"
        "backup     none yet\n"
        "open run   none\n");
  const Json json = status_json({});
  CHECK(json.text("backstep") == "status");
  CHECK(json.find("open")->is_null());
  CHECK(json.find("last")->is_null());
}

TEST_CASE("StatusReport: what lies there and what happened last", "[report][status]") {
  StatusFacts facts;
  facts.digest = std::string(64, 'd');
  facts.files = 3;
  facts.verdict = Verdict::kGood;
  facts.newest_backup = "2024-03-10_14-23-00";
  facts.last = rolled_back();
  CHECK(status_text(facts) ==
        "files      3 files, digest dddddddddddd, good\n"
        "backup     2024-03-10_14-23-00\n"
        "last       run rolled_back at 2024-03-10T14:23:00Z by uid 0 (exit 20)\n"
        "open run   none\n");
  CHECK(status_json(facts).find("last")->text("event") == "rolled_back");
  CHECK(status_json(facts).text("digest") == facts.digest);
}

TEST_CASE("StatusReport: the history, a line an end", "[report][status]") {
  CHECK(history_text({}) == "nothing has happened yet\n");
  HistoryLine line = rolled_back();
  line.actor = "Jo";
  const std::string text = history_text({line});
  CHECK_THAT(text, Contains("2024-03-10T14:23:00Z  run   rolled_back  20    "
                            "2024-03-10_14-23-00  2024-03-09_00-00-00  Jo  deploy exited with 7"));
  const Json json = history_json({line});
  CHECK(json.text("backstep") == "history");
  CHECK(json.find("runs")->array()->at(0).number("exit_code") == 20);
}
