// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include "base/text.h"
#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;
using Result = Outcome::Result;

namespace {

struct Row {
  Result result;
  int exit_status;
  bool failed;  // a step failed before
  const char* first_line;
};

const Row kRows[] = {
    {Result::kAccepted, 0, false, "✔ Deployed"},
    {Result::kAccepted, 1, false, "⚠️ Deployed"},
    {Result::kNothingToDo, 0, false, "✔ Nothing to do"},
    {Result::kFilesRestored, 5, true, "❌ Failed before the deploy began"},
    {Result::kFilesRestored, 0, false, "✔ Recovered"},
    {Result::kRolledBack, 20, true, "❌ Failed and rolled back"},
    {Result::kRolledBack, 0, false, "✔ Rollback completed successfully."},
    {Result::kRolledBack, 21, false, "❌ Rolled back, but still unhealthy"},
    {Result::kRollbackOwed, 143, true, "❌ Stopped; the files are back, the services are not"},
    {Result::kRollbackFailed, 22, true, "❌ The rollback failed"},
    {Result::kNotRolledBack, 23, true, "❌ Failed and not rolled back"},
    {Result::kNothingToRollBackTo, 10, true, "❌ Failed, with nothing to roll back to"},
    {Result::kBegun, 0, false, "✔ Begun"},
    {Result::kKept, 0, false, "✔ Ended"},
};

std::vector<std::string> lines_of(const Outcome& outcome) {
  const std::string text = outcome_text(outcome);
  REQUIRE(text.ends_with('\n'));
  return split(text.substr(0, text.size() - 1), '\n');
}

Outcome failed_run() {
  Outcome outcome;
  outcome.result = Result::kRolledBack;
  outcome.exit_status = 20;
  outcome.failure = Failure{"health check", "exited with 7", "first\nlast"};
  outcome.restored = {"services/a/entrypoint.sh", "services/b/entrypoint.sh"};
  outcome.restored_from = "2024-03-10_14-23-00";
  outcome.target_reason = "the newest known good";
  outcome.evidence = "failed/2024-03-10_14-23-05";
  outcome.next = {{"look at it", "backstep status"}, {"mend it", ""}, {"go on", "backstep recover"}};
  outcome.verdict = Verdict::kBad;
  outcome.live = "the old version, healthy again";
  return outcome;
}

}  // namespace

TEST_CASE("OutcomeText: the first line says how it ended and what is live", "[report][outcome_text]") {
  for (const Row& row : kRows) {
    CAPTURE(row.first_line);
    Outcome outcome;
    outcome.result = row.result;
    outcome.exit_status = row.exit_status;
    if (row.failed) outcome.failure = Failure{"deploy", "exited with 7", ""};
    const std::string live = "the old version, healthy";
    outcome.set_live(Live::kOld, ", healthy");
    const std::string first = row.first_line;
    const auto lines = lines_of(outcome);
    if (first.ends_with('.')) {  // the original's sentence
      CHECK(lines.front() == first);
      CHECK(lines[1] == "   live now: " + live);
    } else {
      const bool idle = row.result == Result::kNothingToDo;
      CHECK(lines.front() == first + (idle ? ": " : "; live now: ") + live);
    }
  }
}

TEST_CASE("OutcomeText: a failed run says what failed, what came back and what to type next",
          "[report][outcome_text]") {
  CHECK(outcome_text(failed_run()) ==
        "❌ Failed and rolled back to 2024-03-10_14-23-00; live now: the old version, healthy again\n"
        "   failed:   health check exited with 7\n"
        "             │ first\n"
        "             │ last\n"
        "   restored: 2 files from 2024-03-10_14-23-00 (the newest known good)\n"
        "   saved:    the failed files, in failed/2024-03-10_14-23-05\n"
        "   verdict:  the new files are known bad now\n"
        "   next:     1. look at it:\n"
        "                backstep status\n"
        "             2. mend it\n"
        "             3. go on:\n"
        "                backstep recover\n");
}

TEST_CASE("OutcomeText: output of a command cannot move the cursor", "[report][outcome_text]") {
  Outcome outcome = failed_run();
  outcome.failure->output_tail = "\x1b[2J::error::x\r\n";
  CHECK_THAT(outcome_text(outcome), Contains("│ ::error::x"));
  CHECK(outcome_text(outcome).find('\x1b') == std::string::npos);
}

TEST_CASE("OutcomeText: what was unhealthy before and what was kept is repeated", "[report][outcome_text]") {
  Outcome outcome = failed_run();
  outcome.was_unhealthy_before = true;
  outcome.kept = {"services/c/entrypoint.sh"};
  CHECK_THAT(outcome_text(outcome), Contains("the health check failed already before the deploy"));
  CHECK_THAT(outcome_text(outcome), Contains("kept:     1 file, changed since"));
}

TEST_CASE("OutcomeText: a second failure of the same files names the first", "[report][outcome_text]") {
  Outcome outcome = failed_run();
  FailedBefore& before = outcome.failed_before.emplace();
  before.run = "r";
  before.time = 1'710'080'580;
  before.reason = "deploy exited with 7";
  const std::string said = "deploy exited with 7, 2024-03-10T14:23:00Z in run r\n";
  CHECK_THAT(outcome_text(outcome),
             Contains("verdict:  the new files are known bad, as before in run r\n") && !Contains("note:"));
  outcome.verdict = Verdict::kUntested;
  CHECK_THAT(outcome_text(outcome), Contains("note:     these files failed before: " + said) && !Contains("verdict:"));
  before.marked = true;
  CHECK_THAT(outcome_text(outcome), Contains("these files were marked bad by a human, 2024"));
}

TEST_CASE("OutcomeText: what there is nothing to say of takes no line", "[report][outcome_text]") {
  Outcome outcome;
  outcome.result = Result::kAccepted;
  outcome.set_live(Live::kNew, ", healthy");
  CHECK(outcome_text(outcome) == "✔ Deployed; live now: the new version, healthy\n");
}

TEST_CASE("OutcomeText: since when, what it concerns and what is still to run stand where they are looked for",
          "[report][outcome_text]") {
  Outcome outcome = failed_run();
  outcome.end_with(Result::kRollbackFailed, ExitCode::kRollbackFailed);
  outcome.changed = {"a", "odd\nname"};
  outcome.when = {.deploy_began = 1'710'080'580, .failed = 1'710'080'621};
  outcome.after_restore = Failure{"rollback", "exited with 9", "no disk"};
  outcome.owed = "docker compose up -d";
  outcome.origin.emplace().run = "R";
  outcome.origin->time = 1'710'080'000;
  const std::vector<std::string> wanted = {"❌ The rollback failed; live now: the old version, healthy again",
                                           "   failed:   health check exited with 7",
                                           "             │ first",
                                           "             │ last",
                                           "   when:     2024-03-10T14:23:41Z, 41s after the deploy began",
                                           "   changed:  a, odd\\x0aname",
                                           "   restored: 2 files from 2024-03-10_14-23-00 (the newest known good)",
                                           "   then:     rollback exited with 9",
                                           "             │ no disk",
                                           "   saved:    the failed files, in failed/2024-03-10_14-23-05",
                                           "   verdict:  the new files are known bad now",
                                           "   version:  what is live was accepted 2024-03-10T14:13:20Z, run R",
                                           "   to run:   docker compose up -d (the rollback command)",
                                           "   next:     go on:",
                                           "             backstep recover"};
  outcome.next = {{"go on", "backstep recover"}};
  CHECK(lines_of(outcome) == wanted);
}

TEST_CASE("OutcomeText: a version that was live for less than a second was not live", "[report][outcome_text]") {
  Outcome outcome = failed_run();
  outcome.when = {.deploy_began = 100, .failed = 100, .healthy_again = 100};
  CHECK(bad_live_words(outcome).empty());
  outcome.when.healthy_again = 101;
  CHECK(bad_live_words(outcome) == "the failed version was live for 1s");
}

TEST_CASE("OutcomeText: an advice that was given already is not given again", "[report][outcome_text]") {
  Outcome outcome;
  outcome.advise("");
  outcome.advise("mend it");
  outcome.advise("go on", "backstep recover");
  outcome.advise("mend it");
  CHECK(outcome.next == std::vector<NextStep>{{"mend it", ""}, {"go on", "backstep recover"}});
}
