// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

Journal open_run() {
  Journal journal;
  journal.run = "2024-03-10_14-23-00";
  journal.verb = RunVerb::kBegin;
  journal.phase = Phase::kArmed;
  journal.owner = "me\n";
  journal.started = 1'710'080'580;
  journal.guard_until = 1'710'084'180;
  return journal;
}

HistoryLine rolled_back_line() {
  HistoryLine line;
  line.run = "2024-03-10_14-23-00";
  line.event = HistoryLine::Event::kRolledBack;
  line.verb = RunVerb::kRun;
  line.time = 1'710'080'580;
  line.exit_code = 20;
  line.owner = "uid 0";
  line.backup = "2024-03-10_14-23-00";
  line.restored_from = "2024-03-09_00-00-00";
  line.reason = "deploy exited with 7";
  return line;
}

StatusFacts after_a_rollback() {
  StatusFacts facts;
  facts.digest = std::string(64, 'd');
  facts.files = 3;
  facts.verdict = Verdict::kGood;
  facts.newest_backup = "2024-03-10_14-23-00";
  facts.now = 1'710'080'580 + 3 * 3600;
  facts.history = {{}, rolled_back_line(), rolled_back_line()};
  facts.history[2].evidence = "failed/2024-03-10_14-23-01";
  facts.failed = facts.last = &facts.history[2];
  HistoryLine& deploy = facts.history[0];
  deploy.run = "2024-03-09_00-00-00";
  deploy.time = 1'710'080'580 - 86'400;
  deploy.actor = "Jo";
  deploy.commit = "0123456789abcdef";
  deploy.url = "https://ci.example/1";
  facts.live =
      LiveFacts{{.digest = facts.digest, .since = 1'710'080'580, .put_live = &facts.history[1], .deployed = &deploy},
                Verdict::kGood};
  return facts;
}

}  // namespace

TEST_CASE("StatusReport: a journal that nobody can read is said", "[report][status]") {
  StatusFacts facts;
  facts.journal_trouble = "cannot use the journal";
  CHECK_THAT(status_text(facts), Contains("❌ cannot use the journal\n"));
  CHECK(status_json(facts).text("trouble") == "cannot use the journal");
}

TEST_CASE("StatusReport: an open run says what to do, unless somebody is at work", "[report][status]") {
  StatusFacts facts;
  facts.open = open_run();
  facts.now = facts.open->started;
  std::string text = status_text(facts);
  CHECK_THAT(text, Contains("open run   2024-03-10_14-23-00 (begin), phase armed, of me\\x0a, "
                            "since 2024-03-10T14:23:00Z"));
  CHECK_THAT(text, Contains("guarded    until 2024-03-10T15:23:00Z"));
  CHECK_THAT(text,
             Contains("next       let its job end it:\n           backstep finish --status success|failure|cancelled"));
  facts.now = facts.open->guard_until;
  CHECK_THAT(status_text(facts), Contains("next       bring the open run to its end:\n           backstep recover\n"));
  facts.at_work = true;
  facts.holder = "run X: run by me\n";
  text = status_text(facts);
  CHECK_THAT(text, Contains("at work    run X: run by me\n") && !Contains("next"));
  CHECK(status_json(facts).text("holder") == "run X: run by me");
}

TEST_CASE("StatusReport: a command that has still to run is said", "[report][status]") {
  StatusFacts facts;
  facts.open = open_run();
  facts.open->phase = Phase::kRestored;
  facts.open->owed = true;
  CHECK_THAT(status_text(facts), Contains(" (the rollback command)\n") && !Contains("guarded"));
  CHECK(status_json(facts).find("open")->flag_or("still_to_run", false));
}

TEST_CASE("StatusReport: records that cannot be read are counted", "[report][status]") {
  StatusFacts facts;
  facts.broken_lines = 2;
  CHECK_THAT(status_text(facts), Contains("2 lines of the records cannot be read"));
}

TEST_CASE("StatusReport: a store where nothing has happened yet", "[report][status]") {
  CHECK(status_text({}) ==
        "live now   not known: no deploy is on record\n"
        "files      none are tracked here\n"
        "backup     none yet\n"
        "open run   none\n");
  const Json json = status_json({});
  CHECK(json.text("backstep") == "status");
  CHECK(json.find("open")->is_null());
  CHECK(json.find("last")->is_null());
  CHECK(json.find("live")->is_null());
  CHECK(json.find("last_failure")->is_null());
  CHECK(json.find("last_good")->is_null());
  CHECK(json.find("next")->array()->empty());
}

TEST_CASE("StatusReport: what is live, and what failed last", "[report][status]") {
  const StatusFacts facts = after_a_rollback();
  CHECK(status_text(facts) ==
        "live now   dddddddddddd, good, since 2024-03-10T14:23:00Z (3 h ago)\n"
        "           run 2024-03-10_14-23-00 rolled back to it\n"
        "deployed   2024-03-09T14:23:00Z by Jo, run 2024-03-09_00-00-00, commit 0123456789ab\n"
        "           https://ci.example/1\n"
        "failed     2024-03-10T14:23:00Z (3 h ago) by uid 0, run 2024-03-10_14-23-00\n"
        "           exit 20: deploy exited with 7\n"
        "saved      the failed files, in failed/2024-03-10_14-23-01\n"
        "files      3 files, digest dddddddddddd, good: those that are live\n"
        "backup     2024-03-10_14-23-00\n"
        "open run   none\n"
        "next       see what the failed version changed:\n"
        "           backstep diff 2024-03-09_00-00-00 failed/2024-03-10_14-23-01\n");
  const Json json = status_json(facts);
  CHECK(json.find("last")->text("event") == "rolled_back");
  CHECK(json.text("digest") == facts.digest);
  CHECK(json.find("live")->flag_or("lies_here", false));
  CHECK(json.find("live")->find("deployed")->text("actor") == "Jo");
  CHECK(json.find("last_failure")->flag_or("failed_files_stored", false));
  CHECK(json.find("next")->array()->size() == 1);
}

TEST_CASE("StatusReport: failed files that the retention removed are not recommended", "[report][status]") {
  StatusFacts facts = after_a_rollback();
  facts.history[2].evidence.clear();
  CHECK_THAT(status_text(facts), !Contains("saved") && !Contains("next"));
}

TEST_CASE("StatusReport: a failure before the last deploy is past", "[report][status]") {
  StatusFacts facts = after_a_rollback();
  std::swap(facts.history[0], facts.history[2]);
  facts.failed = &facts.history[0];
  facts.live->deployed = &facts.history[2];
  CHECK_THAT(status_text(facts), Contains(", before that deploy\n"));
}

TEST_CASE("StatusReport: other files than the live ones are told apart", "[report][status]") {
  StatusFacts facts = after_a_rollback();
  facts.digest = std::string(64, 'e');
  facts.verdict = Verdict::kUntested;
  const std::string text = status_text(facts);
  CHECK_THAT(text, Contains("live now   dddddddddddd, good"));
  CHECK_THAT(text, Contains("digest eeeeeeeeeeee, untested: NOT those that are live"));
  CHECK_FALSE(status_json(facts).find("live")->flag_or("lies_here", true));
}

TEST_CASE("StatusReport: a bad version that is live names the way out", "[report][status]") {
  StatusFacts facts = after_a_rollback();
  facts.live->verdict = Verdict::kBad;
  facts.live->marked = true;
  facts.last_good = "2024-03-08_00-00-00";
  facts.history[1].verb = RunVerb::kRollback;
  const std::string text = status_text(facts);
  CHECK_THAT(
      text,
      Contains(", bad (marked by a human), since") &&
          Contains("           rolled back by hand to 2024-03-09_00-00-00\n") &&
          Contains(
              "           2. go back to the newest good version:\n              backstep rollback --to last-good\n"));
}

TEST_CASE("StatusReport: a rollback by hand that ended unhealthy names no failed files", "[report][status]") {
  StatusFacts facts = after_a_rollback();
  facts.history[2].verb = RunVerb::kRollback;
  facts.history[2].reason = "rolled back by hand";
  facts.history[2].exit_code = 21;
  facts.live->verdict = Verdict::kUntested;
  facts.last_good = "2024-03-08_00-00-00";
  CHECK_THAT(
      status_text(facts),
      Contains("           exit 21: rolled back by hand to 2024-03-09_00-00-00\n"
               "saved      the replaced files, in failed/2024-03-10_14-23-01\n") &&
          Contains("next       go back to the newest good version:\n           backstep rollback --to last-good\n") &&
          !Contains("backstep show"));
}

TEST_CASE("StatusReport: what the records cannot tell is not claimed", "[report][status]") {
  StatusFacts facts = after_a_rollback();
  SECTION("a run is deploying") {
    facts.open = open_run();
    facts.open->phase = Phase::kDeploying;
    CHECK_THAT(status_text(facts), Contains("live now   NOT CERTAIN while run ") && Contains("on record  dddd"));
    CHECK_FALSE(status_json(facts).find("live")->flag_or("certain", true));
  }
  SECTION("files are back in a container that could not redeploy") {
    facts.history[2].event = HistoryLine::Event::kRestored;
    facts.history[2].exit_code = 21;
    CHECK_THAT(status_text(facts), Contains("were not redeployed since run 2024-03-10_14-23-00 failed"));
    CHECK_FALSE(status_json(facts).find("live")->flag_or("certain", true));
  }
  SECTION("it failed first, or was ended by hand") {
    facts.live->digest = "";
    facts.history[1].event = HistoryLine::Event::kNothingToRollBackTo;
    CHECK_THAT(status_text(facts), Contains("no version: run 2024-03-10_14-23-00 failed"));
    facts.history[1].event = HistoryLine::Event::kKept;
    CHECK_THAT(status_text(facts), Contains("not known: run 2024-03-10_14-23-00 was ended by"));
  }
  SECTION("it stayed, failed") {
    facts.history[1].event = HistoryLine::Event::kUnrestored;
    facts.history[0].event = HistoryLine::Event::kUnrestored;
    CHECK_THAT(status_text(facts), Contains("failed and was not rolled back; back only if") &&
                                       Contains("commit 0123456789ab, which failed\n"));
  }
}
