// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include "base/error.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const std::string kBackedUpRun = "2024-03-10_14-23-00";

struct StepScene : RunScene {
  StepScene() : RunScene(kBackedUpRun) { journal.backup = {}; }
};

}  // namespace

TEST_CASE("BackupStep: every failure is exit 6, with nothing changed", "[deploy][backup_step]") {
  StepScene scene;
  std::filesystem::create_directories(scene.temp / service_path("a"));
  try {
    take_backup(scene.run);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kBackupFailed);
    CHECK_THAT(error.message(), Contains("backup failed, nothing was changed: cannot back up"));
  }
  CHECK(scene.sets(Shelf::kBackups).empty());
}

TEST_CASE("BackupStep: a stop signal before it leaves no backup", "[deploy][backup_step]") {
  StepScene scene;
  DeployScene::stop(SIGHUP);
  try {
    take_backup(scene.run);
    FAIL("not interrupted");
  } catch (const Interrupted& interrupted) {
    CHECK(interrupted.signal_number() == SIGHUP);
  }
  CHECK(scene.sets(Shelf::kBackups).empty());
}

TEST_CASE("BackupStep: nothing to track is refused, unless a generator is about to make it", "[deploy][backup_step]") {
  StepScene scene;
  scene.config.generate = {};
  try {
    take_backup(scene.run);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kBackupFailed);
    CHECK_THAT(error.message(), Contains("nothing is tracked: 'services' does not exist"));
  }
  CHECK(scene.sets(Shelf::kBackups).empty());
  scene.config.generate.text = "true";
  take_backup(scene.run);
  CHECK(scene.listener.has("nothing is tracked so far: 'services' does not exist"));
  CHECK(scene.listener.has("backup: backups/" + kBackedUpRun + "/ files 0 linked 0"));
}

TEST_CASE("BackupStep: the backup has the run's id, and the journal names it", "[deploy][backup_step]") {
  StepScene scene;
  scene.script("a", "old");
  scene.journal.patterns.files = {"missing.yml"};
  const TakenSet taken = take_backup(scene.run, {.tag = "v1", .message = "before it"});
  CHECK(scene.journal.backup.ref == SetRef{Shelf::kBackups, kBackedUpRun});
  CHECK(scene.journal.digest == taken.manifest.digest);
  const StoredSet set = read_set(scene.opened, {Shelf::kBackups, kBackedUpRun}, scene.journal.patterns);
  CHECK(set.manifest.tag == "v1");
  CHECK(set.manifest.message == "before it");
  CHECK(scene.listener.told == std::vector<std::string>{"warning: missing.yml (from 'files') does not exist",
                                                        "backup: backups/" + kBackedUpRun + "/ files 1 linked 0"});
}
