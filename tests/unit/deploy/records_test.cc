// SPDX-License-Identifier: Apache-2.0
#include "deploy/records.h"

#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string record_id(int number) {
  return id_of_seconds(FakeClock::kStart + number);
}

}  // namespace

TEST_CASE("Records: a fresh id is later than everything on record", "[deploy][records]") {
  const SiteScene scene;
  CHECK(fresh_id(scene.site) == record_id(0));
  SECTION("a set") {
    std::filesystem::create_directories(scene.temp / ("backups/.backstep/failed/" + record_id(9)));
    CHECK(fresh_id(scene.site) == record_id(10));
  }
  SECTION("a run of the history") {
    HistoryLine line;
    line.run = record_id(20);
    append_history(scene.opened, line);
    CHECK(fresh_id(scene.site) == record_id(21));
  }
  SECTION("the open journal") {
    save_journal(scene.opened, journal_of_run(record_id(30)));
    CHECK(fresh_id(scene.site) == record_id(31));
  }
}

TEST_CASE("Records: a run far ahead carries no later id with it", "[deploy][records]") {
  const SiteScene scene;
  const int day = 86'400;
  const auto [ahead, expected] = GENERATE_COPY(table<int, int>({{day, day + 1}, {day + 1, 8}}));
  for (const std::string& run : {record_id(7), record_id(ahead)}) {
    HistoryLine line;
    line.run = run;
    append_history(scene.opened, line);
  }
  CHECK(fresh_id(scene.site) == record_id(expected));
}

TEST_CASE("Records: a fresh id is the time when that is later", "[deploy][records]") {
  SiteScene scene;
  std::filesystem::create_directories(scene.temp / ("backups/" + record_id(0)));
  scene.clock.advance(Duration(60'000));
  CHECK(fresh_id(scene.site) == record_id(60));
}

TEST_CASE("Records: a manifest says who took it", "[deploy][records]") {
  SiteScene scene;
  Journal journal = journal_of_run();
  journal.actor = "Jo";
  journal.url = "https://example.org/7";
  journal.commit = "abc";
  const Manifest header = manifest_header(scene.site, journal);
  CHECK(header.id.empty());
  CHECK(header.time == FakeClock::kStart);
  CHECK(header.run == journal.run);
  CHECK(header.owner == "me");
  CHECK(header.actor == "Jo");
  CHECK(header.url == journal.url);
  CHECK(header.commit == "abc");
  CHECK(header.patterns == journal.patterns);
}

TEST_CASE("Records: a line of the history names the sets as a user would", "[deploy][records]") {
  const SiteScene scene;
  Journal journal = journal_of_run();
  HistoryLine line = history_line(scene.site, journal, HistoryLine::Event::kAccepted, 0);
  CHECK(line.restored_from.empty());
  CHECK(line.evidence.empty());
  journal.target = SetRef{Shelf::kFailed, record_id(1)};
  journal.evidence = record_id(2);
  journal.failure = "deploy exited with 7";
  line = history_line(scene.site, journal, HistoryLine::Event::kRolledBack, 20);
  CHECK(line.backup == journal.backup);
  CHECK(line.restored_from == "failed/" + record_id(1));
  CHECK(line.evidence == "failed/" + record_id(2));
  CHECK(line.reason == "deploy exited with 7");
  CHECK(line.exit_code == 20);
}

TEST_CASE("Records: everything that an open journal needs is named", "[deploy][records]") {
  Journal journal = journal_of_run();
  CHECK(sets_named_by(journal) == std::vector{SetRef{Shelf::kBackups, journal.backup}});
  journal.stands_in = record_id(1);
  journal.evidence = record_id(2);
  journal.target = SetRef{Shelf::kGood, record_id(3)};
  CHECK(sets_named_by(journal) ==
        std::vector{SetRef{Shelf::kBackups, journal.backup}, SetRef{Shelf::kBackups, record_id(1)},
                    SetRef{Shelf::kFailed, record_id(2)}, SetRef{Shelf::kGood, record_id(3)}});
}
