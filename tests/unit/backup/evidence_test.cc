// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore.h"

#include <deque>

#include "backup_scene.h"
#include "base/error.h"
#include "support/catch.h"

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

  RestorePlan plan() const {
    const Planned& now = planned_.emplace_back(read(kFirst), live());
    return plan_restore(tree(), now.first, now.second, {});
  }
  void save(LiveSet seen, const RestorePlan& steps, const std::string& check_output = "") const {
    const StoredSet set = read(kFirst);
    const Tree where = tree();
    Restore(where, store, set, steps).keep_evidence(Index::load(store), seen, manifest_for(kSecond), check_output);
  }
  void restore(const std::string& id, Shelf shelf) const {
    const StoredSet set = read(id, shelf);
    const Tree where = tree();
    const LiveSet there = live();
    const RestorePlan steps = plan_restore(where, set, there, {});
    Restore restoring(where, store, set, steps);
    restoring.stage();
    restoring.commit();
  }

 private:
  using Planned = std::pair<StoredSet, LiveSet>;  // into which a plan points
  mutable std::deque<Planned> planned_;
};

}  // namespace

TEST_CASE("Evidence: a file that changed since it was read is not kept under the old hash", "[backup][evidence]") {
  const EvidenceScene scene;
  const LiveSet seen = scene.live();
  const RestorePlan plan = scene.plan();
  scene.script("replaced", "newest", 0700);
  scene.save(seen, plan);
  CHECK(verify_set(scene.read(kSecond, Shelf::kFailed)).empty());
  CHECK(scene.temp.read(kEvidence + "replaced_entrypoint.sh") == "newest");
}

TEST_CASE("Evidence: a name that is taken is refused and leaves nothing half made", "[backup][evidence]") {
  const EvidenceScene scene;
  scene.save(scene.live(), scene.plan());
  CHECK_THROWS_AS(scene.save(scene.live(), scene.plan()), Error);
  CHECK_FALSE(scene.temp.has(std::string("backups/.backstep/failed/.partial-") + kSecond));
}

TEST_CASE("Evidence: the list that it is lent comes back though it fails", "[backup][evidence]") {
  const EvidenceScene scene;
  scene.save(scene.live(), scene.plan());
  const StoredSet set = scene.read(kFirst);
  const Tree where = scene.tree();
  LiveSet seen = scene.live();
  const RestorePlan plan = plan_restore(where, set, seen, {});
  Restore restore(where, scene.store, set, plan);
  CHECK_THROWS_AS(restore.keep_evidence(Index::load(scene.store), seen, manifest_for(kSecond), ""), Error);
  CHECK(set_digest(seen.files) == scene.live().digest);
}

TEST_CASE("Evidence: it names every file, also what is not replaced", "[backup][evidence]") {
  const EvidenceScene scene;
  const LiveSet seen = scene.live();
  scene.save(seen, scene.plan(), "no answer");
  const StoredSet set = scene.read(kSecond, Shelf::kFailed);
  CHECK(set.manifest.digest == seen.digest);
  CHECK(set.manifest.present_count() == 3);
  CHECK(verify_set(set).empty());
  CHECK(scene.temp.read(kEvidence + "_health_check.txt") == "no answer");
}

TEST_CASE("Evidence: what the restore takes away is linked, what stays lies in the target", "[backup][evidence]") {
  const EvidenceScene scene;
  scene.save(scene.live(), scene.plan());
  const auto inode = [&](const std::string& name) { return scene.status(name).st_ino; };
  CHECK(inode(kEvidence + "replaced_entrypoint.sh") == inode(service_path("replaced")));
  CHECK(inode(kEvidence + "added_entrypoint.sh") == inode(service_path("added")));
  CHECK_FALSE(scene.temp.has(kEvidence + "same_entrypoint.sh"));
  const StoredSet set = scene.read(kSecond, Shelf::kFailed);
  CHECK(set.manifest.base == uid_of(kFirst));
  const FileEntry* same = find_entry(set.manifest.files, service_path("same"));
  REQUIRE(same != nullptr);
  CHECK(same->in_base);
  CHECK(set.shown(*same) == std::string("backups/") + kFirst + "/same_entrypoint.sh");
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

TEST_CASE("Evidence: a changed mode does not make a file lie in itself", "[backup][evidence]") {
  const EvidenceScene scene;
  scene.script("same", "same", 0700);
  scene.save(scene.live(), scene.plan());
  CHECK(scene.temp.has(kEvidence + "same_entrypoint.sh"));
  scene.restore(kFirst, Shelf::kBackups);
  scene.restore(kSecond, Shelf::kFailed);
  CHECK((scene.status(service_path("same")).st_mode & 0777) == 0700);
}

TEST_CASE("Evidence: it rests on no set that may go before it", "[backup][evidence]") {
  const EvidenceScene scene;
  scene.save(scene.live(), scene.plan());
  scene.restore(kFirst, Shelf::kBackups);
  const StoredSet evidence = scene.read(kSecond, Shelf::kFailed);
  LiveSet seen = scene.live();
  Manifest header = manifest_for("2024-03-10_14-25-00");
  const Tree where = scene.tree();
  const RestorePlan plan = plan_restore(where, evidence, seen, {});
  Restore(where, scene.store, evidence, plan).keep_evidence(Index::load(scene.store), seen, header, "");
  const StoredSet set = scene.read(header.id, Shelf::kFailed);
  CHECK(set.manifest.base.empty());
  CHECK(verify_set(set).empty());
}

TEST_CASE("Evidence: where what it rests on is gone, that is said of each file", "[backup][evidence]") {
  const EvidenceScene scene;
  scene.save(scene.live(), scene.plan());
  std::filesystem::remove_all(scene.temp / (std::string("backups/") + kFirst));
  const std::vector<std::string> problems = verify_set(scene.read(kSecond, Shelf::kFailed));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0] ==
        std::string("same_entrypoint.sh: 'services/same/entrypoint.sh' lies in ") + uid_of(kFirst) + ", which is gone");
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
