// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/targets.h"

#include <filesystem>

#include "backup/take.h"
#include "base/error.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const std::string kOldId = "2024-03-10_14-20-00";
const std::string kMiddle = "2024-03-10_14-21-00";
const std::string kNew = "2024-03-10_14-22-00";

struct ManualTargetScene : DeployScene {
  Store opened = store();

  Tree tree() const { return {workspace, context.patterns, context.place}; }
  void take(const std::string& id, const std::string& text, Shelf shelf = Shelf::kBackups) const {
    script("a", text);
    take_set(tree(), opened, shelf, manifest_for(id));
  }
  Target target(const std::string& to = "", const RestoreScope& scope = {}) const {
    const Tree where = tree();
    const LiveSet live = read_live_set(where, nullptr, Oddities::kReport);
    return manual_target(opened, where, live, {.scope = scope}, {to, RollbackTarget::kAuto});
  }
  std::string chosen(const std::string& to = "", const RestoreScope& scope = {}) const {
    return target(to, scope).ref.label();
  }
  std::string refused(const std::string& to, ExitCode code) const {
    try {
      return "not refused: " + chosen(to);
    } catch (const Error& error) {
      return error.code() == code ? error.message() : "another exit code: " + error.message();
    }
  }
  void judged(const std::string& text, bool good) const {
    append_verdict(opened, {.run = uid_of("judged"),
                            .digest = set_digest(std::vector{entry_for(service_path("a"), script_text(text))}),
                            .good = good,
                            .time = FakeClock::kStart,
                            .commit = ""});
  }
  void rolled_back_to(const std::string& label) const {
    HistoryLine line;
    line.run = uid_of("rolled back");
    line.event = HistoryLine::Event::kRolledBack;
    line.restored_from = uid_of(label);
    append_history(opened, line);
  }
};

}  // namespace

TEST_CASE("ManualTarget: without a backup there is nothing to go back to", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  const std::string to = GENERATE("", "latest");
  CHECK(scene.refused(to, ExitCode::kNothingToRollBackTo) == "No backups found. Cannot perform rollback.");
}

TEST_CASE("ManualTarget: an ID that does not exist is a usage error", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  CHECK_THAT(scene.refused(kNew, ExitCode::kUsage), Contains("there is no backup '" + kNew + "'"));
  CHECK_THAT(scene.refused("failed/" + kOldId, ExitCode::kUsage), Contains("there is no backup"));
}

TEST_CASE("ManualTarget: last-good without a good set names list", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  CHECK_THAT(scene.refused("last-good", ExitCode::kNothingToRollBackTo), Contains("nothing is known good yet"));
}

TEST_CASE("ManualTarget: last-good says what to do where every backup is bad", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kNew, "new");
  for (const CatalogEntry& entry : read_catalog(scene.opened).entries) {
    append_verdict(scene.opened,
                   {.run = uid_of(entry.ref.id), .digest = entry.manifest.digest, .good = false, .commit = ""});
  }
  CHECK_THAT(scene.refused("last-good", ExitCode::kNothingToRollBackTo), Contains("every backup is known bad: ") &&
                                                                             Contains("'backstep rollback --to ID'") &&
                                                                             Contains("'backstep mark good ID'"));
}

TEST_CASE("ManualTarget: last-good goes to an older one where the newest was deleted", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kNew, "new");
  for (const CatalogEntry& entry : read_catalog(scene.opened).entries) {
    append_verdict(scene.opened,
                   {.run = uid_of(entry.ref.id), .digest = entry.manifest.digest, .good = true, .commit = ""});
  }
  CHECK_THAT(scene.target("last-good").reason, Contains("the newest known good, good since"));
  std::filesystem::remove_all(scene.temp / ("backups/" + kNew));
  CHECK(scene.chosen("last-good") == kOldId);
  CHECK_THAT(scene.target("last-good").reason, Contains("no backup holds the newest"));
  std::filesystem::remove_all(scene.temp / ("backups/" + kOldId));
  CHECK_THAT(scene.refused("last-good", ExitCode::kNothingToRollBackTo),
             Contains("no backup holds the newest known good version"));
}

TEST_CASE("ManualTarget: a damaged backup is not passed over silently", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kNew, "new");
  scene.temp.write("backups/" + kNew + "/_manifest.jsonl", "{");
  CHECK(scene.chosen() == kNew);
  CHECK(others_than(scene.opened, {Shelf::kBackups, kNew}) == "; other backups: " + kOldId);
  CHECK(others_than(scene.opened, {Shelf::kBackups, kOldId}) == "; there is no other backup");
}

TEST_CASE("ManualTarget: it is the newest backup of which this call would change a file", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kMiddle, "middle");
  scene.take(kNew, "new");
  CHECK(scene.chosen() == kMiddle);
  scene.script("a", "failed");
  CHECK(scene.chosen() == kNew);
  CHECK(scene.target().reason == "the newest backup that differs from what lies there, never live by these records");
}

TEST_CASE("ManualTarget: what this call would not touch makes no difference", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.script("b", "b");
  scene.take(kOldId, "old");
  scene.take(kNew, "new");
  scene.script("b", "b2");
  const RestoreScope only_a{.only_services = {"a"}};
  CHECK(scene.chosen() == kNew);
  CHECK(scene.chosen("", only_a) == kOldId);
}

TEST_CASE("ManualTarget: with nothing to change there is nothing to roll back to", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "same");
  scene.take(kNew, "same");
  CHECK_THAT(scene.target().idle, Contains("as what lies here"));
}

TEST_CASE("ManualTarget: a second rollback does not walk further back", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kMiddle, "middle");
  scene.take(kNew, "new");
  scene.script("a", "middle");
  scene.rolled_back_to(kMiddle);
  CHECK(scene.chosen() == kMiddle);
  CHECK_THAT(scene.target().reason, Contains("to go further back: --to " + kOldId));
  scene.script("a", "edited");
  CHECK(scene.chosen() == kNew);
}

TEST_CASE("ManualTarget: what is known bad is passed over, and taken by its name with a caution",
          "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kMiddle, "middle");
  scene.take(kNew, "new");
  scene.script("a", "failed");
  scene.judged("new", false);
  CHECK(scene.chosen() == kMiddle);
  CHECK_THAT(scene.target().reason, Contains("; known bad and passed over: " + kNew));
  CHECK(scene.chosen("latest") == kNew);
  CHECK_THAT(scene.target(kNew).caution, Contains(kNew + " is known bad: why is not on record"));
  CHECK(scene.target(kOldId).caution.empty());

  scene.script("a", "middle");
  scene.rolled_back_to(kMiddle);
  scene.judged("old", false);
  CHECK(scene.target().reason == "the files of the last rollback still lie there");
  scene.script("a", "failed");
  scene.judged("middle", false);
  CHECK(scene.refused("", ExitCode::kNothingToRollBackTo) ==
        "every backup that differs from what lies there is known bad (" + kNew + ", " + kMiddle + ", " + kOldId +
            "): name an ID of 'list' by --to");
}

TEST_CASE("ManualTarget: last-good says since when, and what is gone", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kMiddle, "old", Shelf::kGood);
  scene.take(kNew, "new");
  scene.judged("old", true);
  scene.judged("new", true);
  CHECK(scene.chosen("last-good") == kNew);
  CHECK_THAT(scene.target("last-good").reason, Contains("the newest known good, good since 2024-03-10T14:23:00Z (run " +
                                                        uid_of("judged") + "); it is what lies here") &&
                                                   Contains("'backstep mark bad' first"));
  std::filesystem::remove_all(scene.temp / ("backups/" + kNew));
  CHECK(scene.chosen("last-good") == kMiddle);
  CHECK_THAT(scene.target("last-good").reason, Contains("an older known good, for no backup holds"));
  std::filesystem::remove(scene.temp / ("backups/.backstep/good/" + kMiddle + "/a_entrypoint.sh"));
  CHECK(scene.chosen("last-good") == kOldId);
  std::filesystem::remove_all(scene.temp / ("backups/" + kOldId));
  CHECK(scene.chosen("last-good") == kMiddle);
  std::filesystem::remove_all(scene.temp / ("backups/.backstep/good/" + kMiddle));
  CHECK_THAT(scene.refused("last-good", ExitCode::kNothingToRollBackTo),
             Contains("no backup holds the newest known good version"));
}

TEST_CASE("ManualTarget: names are taken at their word", "[deploy][manual_target]") {
  const ManualTargetScene scene;
  scene.take(kOldId, "old");
  scene.take(kNew, "new");
  scene.take("2024-03-10_14-23-00", "failed", Shelf::kFailed);
  scene.judged("old", true);
  CHECK(scene.chosen("latest") == kNew);
  CHECK(scene.chosen(kOldId) == kOldId);
  CHECK(scene.chosen("failed/2024-03-10_14-23-00") == "failed/2024-03-10_14-23-00");
  CHECK(scene.chosen("last-good") == kOldId);
}
