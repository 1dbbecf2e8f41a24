// SPDX-License-Identifier: Apache-2.0
#include "store/records/new_names.h"

#include "support/catch.h"

#include "store/records/history.h"
#include "stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr int64_t kNow = 1'710'080'580;
constexpr int64_t kDayAhead = 86'400;

std::string id_at(int64_t seconds) { return id_of_seconds(kNow + seconds); }

}  // namespace

TEST_CASE("NewNames: an ID is later than every believable one, and never before the time", "[store][new_names]") {
  const StoreScene scene;
  CHECK(fresh_id(scene.store, kNow) == id_at(0));
  scene.publish({Shelf::kFailed, id_at(9)}, "one");
  CHECK(fresh_id(scene.store, kNow) == id_at(10));
  CHECK(fresh_id(scene.store, kNow + 60) == id_at(60));
  scene.temp.write("backups/.backstep/good/" + id_at(20), "a foreign file");
  CHECK(fresh_id(scene.store, kNow) == id_at(21));
}

TEST_CASE("NewNames: a date far ahead moves no later ID, and its own is not given twice", "[store][new_names]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, "9999-12-31_23-59-59"}, "one");
  scene.publish({Shelf::kBackups, id_at(kDayAhead + 1)}, "two");
  CHECK(fresh_id(scene.store, kNow) == id_at(0));
  scene.publish({Shelf::kBackups, id_at(kDayAhead)}, "three");
  CHECK(fresh_id(scene.store, kNow) == id_at(kDayAhead + 2));
}

TEST_CASE("NewNames: a sequence is one above all manifests and records", "[store][new_names]") {
  const StoreScene scene;
  const auto write_verdicts = [&](const char* text) {
    scene.temp.write("backups/.backstep/verdicts.jsonl", text);
    scene.store.forget_records();
  };
  CHECK(next_sequence(scene.store) == 1);
  Manifest manifest = manifest_for(id_at(0));
  manifest.sequence = 7;
  SetWriter(scene.store, {Shelf::kGood, id_at(0)}, 0).publish(manifest);
  CHECK(next_sequence(scene.store) == 8);
  HistoryLine line;
  line.run = uid_of("r");
  append_history(scene.store, line);
  CHECK(load_history(scene.store).at(0).sequence == 8);
  CHECK(next_sequence(scene.store) == 9);
  write_verdicts("{\"sequence\": 20,\"torn");
  CHECK(next_sequence(scene.store) == 21);
  write_verdicts("{\"sequence\":9000000000000000000}\n");
  CHECK(next_sequence(scene.store) == 9);
  write_verdicts("{\"sequence\":1000000000000}\n");
  CHECK(next_sequence(scene.store) == kLastSequence);
}

TEST_CASE("NewNames: a new set has a uid of its own and the time of its ID", "[store][new_names]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, id_at(5)}, "one");
  Manifest one;
  Manifest named;
  named.uid = uid_of("named before");
  name_new_set(scene.store, kNow, one);
  name_new_set(scene.store, kNow, named);
  CHECK(is_uid(one.uid));
  CHECK(one.uid != new_uid());
  CHECK(one.id == id_at(6));
  CHECK(one.time == kNow + 6);
  CHECK(named.uid == uid_of("named before"));
}
