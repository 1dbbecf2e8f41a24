// SPDX-License-Identifier: Apache-2.0
#include "backup/evidence.h"

#include <catch2/catch.hpp>

#include "backup/restore.h"
#include "backup_scene.h"
#include "base/error.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const std::string kEvidence = std::string("backups/.backstep/failed/") + kSecond + "/";

// Two services; the set kFirst has the old scripts, the tree the new ones.
struct EvidenceScene : BackupScene {
  EvidenceScene() {
    script("replaced", "old");
    script("same", "same");
    take(kFirst);
    script("replaced", "new", 0700);
    script("added", "added");
  }

  RestorePlan plan() const { return plan_restore(tree(), read(kFirst), live(), {}); }
  void save(const LiveSet& seen, const RestorePlan& steps,
            const std::vector<EvidenceText>& texts = {}) const {
    Manifest header = manifest_for(kSecond);
    save_evidence(tree(), store, Index::load(store), seen, steps, {std::move(header), texts});
  }
  void restore(const std::string& id, Shelf shelf) const {
    const StoredSet set = read(id, shelf);
    const Tree where = tree();
    const RestorePlan steps = plan_restore(where, set, live(), {});
    Restore restoring(where, store, set, steps);
    restoring.stage();
    restoring.commit();
  }
};

}  // namespace

TEST_CASE("Evidence: a file that changed since it was read is not kept under the old hash",
          "[backup][evidence]") {
  const EvidenceScene scene;
  const LiveSet seen = scene.live();
  const RestorePlan plan = scene.plan();
  scene.script("replaced", "newest", 0700);
  scene.save(seen, plan);
  CHECK(verify_set(scene.read(kSecond, Shelf::kFailed)).empty());
  CHECK(scene.temp.read(kEvidence + "replaced_entrypoint.sh") == "newest");
}

TEST_CASE("Evidence: a name that is taken is refused and leaves nothing half made",
          "[backup][evidence]") {
  const EvidenceScene scene;
  scene.save(scene.live(), scene.plan());
  CHECK_THROWS_AS(scene.save(scene.live(), scene.plan()), Error);
  CHECK_FALSE(scene.temp.has(std::string("backups/.backstep/failed/.partial-") + kSecond));
}

TEST_CASE("Evidence: it is a whole set, also of what is not replaced", "[backup][evidence]") {
  const EvidenceScene scene;
  const LiveSet seen = scene.live();
  scene.save(seen, scene.plan(), {{"_health_check.txt", "no answer"}});
  const StoredSet set = scene.read(kSecond, Shelf::kFailed);
  CHECK(set.manifest.digest == seen.digest);
  CHECK(set.manifest.present_count() == 3);
  CHECK(verify_set(set).empty());
  CHECK(scene.temp.read(kEvidence + "_health_check.txt") == "no answer");
}

TEST_CASE("Evidence: what the restore takes away is linked, what stays live is not",
          "[backup][evidence]") {
  const EvidenceScene scene;
  scene.save(scene.live(), scene.plan());
  const auto inode = [&](const std::string& name) { return scene.status(name).st_ino; };
  CHECK(inode(kEvidence + "replaced_entrypoint.sh") == inode(service_path("replaced")));
  CHECK(inode(kEvidence + "added_entrypoint.sh") == inode(service_path("added")));
  CHECK(inode(kEvidence + "same_entrypoint.sh") != inode(service_path("same")));
  const std::string stored = std::string("backups/") + kFirst + "/same_entrypoint.sh";
  CHECK(inode(kEvidence + "same_entrypoint.sh") == inode(stored));
  scene.restore(kFirst, Shelf::kBackups);
  CHECK(scene.status(kEvidence + "replaced_entrypoint.sh").st_nlink == 1);
  CHECK(verify_set(scene.read(kSecond, Shelf::kFailed)).empty());
}

TEST_CASE("Evidence: it brings back exactly what the restore replaced", "[backup][evidence]") {
  const EvidenceScene scene;
  const auto before = scene.everything();
  scene.save(scene.live(), scene.plan());
  scene.restore(kFirst, Shelf::kBackups);
  CHECK(scene.script_of("replaced") == "old");
  CHECK_FALSE(scene.temp.has(service_path("added")));
  scene.restore(kSecond, Shelf::kFailed);
  CHECK(scene.everything() == before);
}

TEST_CASE("Evidence: what is no regular file is noted as absent", "[backup][evidence]") {
  const EvidenceScene scene;
  std::filesystem::remove(scene.temp / service_path("replaced"));
  std::filesystem::create_symlink("../same/entrypoint.sh", scene.temp / service_path("replaced"));
  scene.save(scene.live(), scene.plan());
  const StoredSet set = scene.read(kSecond, Shelf::kFailed);
  const FileEntry* entry = find_entry(set.manifest.files, service_path("replaced"));
  REQUIRE(entry != nullptr);
  CHECK(entry->absent);
}
