// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/records.h"

#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string record_id(int number) { return id_of_seconds(FakeClock::kStart + number); }

}  // namespace

TEST_CASE("Records: a manifest says who took it", "[deploy][records]") {
  RunScene scene;
  Journal& journal = scene.journal;
  journal.actor = "Jo";
  journal.url = "https://example.org/7";
  journal.commit = "abc";
  const Manifest header = new_manifest(scene.run);
  CHECK(is_set_id(header.id));
  CHECK(header.run == journal.run);
  CHECK(header.owner == "me");
  CHECK(header.actor == "Jo");
  CHECK(header.url == journal.url);
  CHECK(header.commit == "abc");
  CHECK(header.patterns == journal.patterns);
}

TEST_CASE("Records: a line of the history names the sets by what they are called everywhere", "[deploy][records]") {
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
  CHECK(sets_named_by(journal) == std::vector{journal.backup.ref, SetRef{Shelf::kBackups, record_id(1)},
                                              SetRef{Shelf::kFailed, record_id(2)},
                                              SetRef{Shelf::kGood, record_id(3)}});
  journal.evidence = {uid_of("not stored yet"), {}};
  CHECK(sets_named_by(journal).size() == 3);
}
