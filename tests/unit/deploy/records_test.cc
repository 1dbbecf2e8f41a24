// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/records.h"

#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string record_id(int number) {
  return id_of_seconds(FakeClock::kStart + number);
}

}  // namespace

TEST_CASE("Records: a manifest says who took it", "[deploy][records]") {
  Journal journal = journal_of_run();
  journal.actor = "Jo";
  journal.url = "https://example.org/7";
  journal.commit = "abc";
  const Manifest header = manifest_header(journal);
  CHECK(header.id.empty());
  CHECK(header.run == journal.run);
  CHECK(header.owner == "me");
  CHECK(header.actor == "Jo");
  CHECK(header.url == journal.url);
  CHECK(header.commit == "abc");
  CHECK(header.patterns == journal.patterns);
}

TEST_CASE("Records: a line of the history names the sets by what they are called everywhere",
          "[deploy][records]") {
  RunScene scene;
  Journal& journal = scene.journal;
  HistoryLine line = history_line(scene.run, HistoryLine::Event::kAccepted, 0);
  CHECK(line.restored_from.empty());
  CHECK(line.evidence.empty());
  journal.target = recorded_as(record_id(1), Shelf::kFailed);
  journal.evidence = recorded_as(record_id(2), Shelf::kFailed);
  journal.failure = "deploy exited with 7";
  line = history_line(scene.run, HistoryLine::Event::kRolledBack, 20);
  CHECK(line.backup == journal.backup.uid);
  CHECK(line.restored_from == uid_of(record_id(1)));
  CHECK(line.evidence == uid_of(record_id(2)));
  CHECK(line.reason == "deploy exited with 7");
  CHECK(line.exit_code == 20);
}

TEST_CASE("Records: everything that an open journal needs is named", "[deploy][records]") {
  Journal journal = journal_of_run();
  CHECK(sets_named_by(journal) == std::vector{journal.backup.ref});
  journal.stands_in = recorded_as(record_id(1));
  journal.evidence = recorded_as(record_id(2), Shelf::kFailed);
  journal.target = recorded_as(record_id(3), Shelf::kGood);
  CHECK(sets_named_by(journal) ==
        std::vector{journal.backup.ref, SetRef{Shelf::kBackups, record_id(1)},
                    SetRef{Shelf::kFailed, record_id(2)}, SetRef{Shelf::kGood, record_id(3)}});
  journal.evidence = {uid_of("not stored yet"), {}};
  CHECK(sets_named_by(journal).size() == 3);
}

namespace {

struct JudgedRow {
  const char* why;
  FailedRun run;
  Verdict verdict;
};

const JudgedRow kJudgedRows[] = {
    {"no check failed: the deploy command did",
     {.check_failed = false, .differs_from_target = true, .healthy_after_restore = true},
     Verdict::kUntested},
    {"126 and 127 tell nothing of the service",
     {.check_failed = true,
      .check_could_run = false,
      .differs_from_target = true,
      .healthy_after_restore = true},
     Verdict::kUntested},
    {"the same files cannot be better and worse",
     {.check_failed = true, .differs_from_target = false, .healthy_after_restore = true},
     Verdict::kUntested},
    {"the old files fail too",
     {.check_failed = true, .differs_from_target = true, .healthy_after_restore = false},
     Verdict::kUntested},
    {"it failed, and what was before passes again",
     {.check_failed = true, .differs_from_target = true, .healthy_after_restore = true},
     Verdict::kBad},
};

}  // namespace

TEST_CASE("Records: nothing is bad without proof", "[deploy][records]") {
  for (const JudgedRow& row : kJudgedRows) {
    CAPTURE(row.why);
    CHECK(verdict_of_failed(row.run) == row.verdict);
  }
}

TEST_CASE("Records: nothing is good without a check", "[deploy][records]") {
  CHECK(verdict_of_accepted(false) == Verdict::kUntested);
  CHECK(verdict_of_accepted(true) == Verdict::kGood);
}
