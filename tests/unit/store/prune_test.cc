// SPDX-License-Identifier: Apache-2.0
#include "store/retention/retention.h"

#include <filesystem>

#include "base/error.h"
#include "store/sets/set_reader.h"
#include "stored_sets.h"
#include "support/catch.h"
#include "support/recording_progress.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const SetRef kOldBackup{Shelf::kBackups, "2024-03-10_14-23-00"};
const SetRef kEvidence{Shelf::kFailed, "2024-03-10_14-23-01"};
const SetRef kNewBackup{Shelf::kBackups, "2024-03-10_14-23-02"};

}  // namespace

TEST_CASE("Prune: pruned sets are gone from their shelves, the others are whole", "[store][prune]") {
  const StoreScene scene;
  for (const SetRef& ref : {kOldBackup, kEvidence, kNewBackup}) scene.publish(ref, "x");
  scene.temp.write("backups/.pruned-" + kOldBackup.id + "/leftover", "x");
  RecordingProgress progress;
  prune_sets(scene.store, {kOldBackup, kEvidence}, &progress);
  REQUIRE(progress.told == std::vector<std::string>{"removing 2 set: 2, 0 B"});
  const Catalog catalog = read_catalog(scene.store);
  REQUIRE(catalog.entries.size() == 1);
  REQUIRE(catalog.entries[0].ref == kNewBackup);
  REQUIRE_FALSE(scene.temp.has("backups/.pruned-" + kOldBackup.id));
  REQUIRE_FALSE(scene.temp.has("backups/.backstep/failed/.pruned-" + kEvidence.id));
  REQUIRE_THROWS_AS(prune_sets(scene.store, {kOldBackup}), SystemError);
}

TEST_CASE("Prune: evidence goes before what it rests on", "[store][prune]") {
  const StoreScene scene;
  scene.publish(kEvidence, "x");
  // The base cannot be taken away: it is gone already.
  REQUIRE_THROWS_AS(prune_sets(scene.store, {kOldBackup, kEvidence}), SystemError);
  REQUIRE(read_catalog(scene.store).entries.empty());
}

TEST_CASE("Prune: what another set shares is not freed", "[store][prune]") {
  const StoreScene scene;
  const std::string first = "backups/" + kOldBackup.id;
  const std::string third = "backups/" + kNewBackup.id;
  scene.temp.write(first + "/own", std::string(10, 'x'));
  scene.temp.write(first + "/_files/a/b", std::string(100, 'x'));
  scene.temp.write(first + "/shared", std::string(1000, 'x'));
  std::filesystem::create_directory(scene.temp / third);
  std::filesystem::create_hard_link(scene.temp / (first + "/shared"), scene.temp / (third + "/shared"));
  CHECK(bytes_freed_by(scene.store, {}) == 0);
  CHECK(bytes_freed_by(scene.store, {kOldBackup}) == 110);
  CHECK(bytes_freed_by(scene.store, {kNewBackup}) == 0);
  CHECK(bytes_freed_by(scene.store, {kOldBackup, kNewBackup}) == 1110);
  CHECK(bytes_freed_by(scene.store, {kEvidence}) == 0);
}
