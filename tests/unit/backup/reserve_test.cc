// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/reserve.h"

#include <unistd.h>

#include "backup/restore/restore.h"
#include "backup_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr const char* kReserve = "backups/.backstep/.backstep-reserve";

struct ReserveScene : BackupScene {
  std::string held(const std::string& service) const {
    return std::string(kReserve) + "/" + service + "_entrypoint.sh";
  }
  // Two scripts in a stored set, replaced since, with room for both.
  ReserveScene() {
    for (const char* service : {"a", "b"}) script(service, std::string("old ") + service);
    take(kFirst);
    for (const char* service : {"a", "b"}) script(service, std::string("new ") + service);
    Reserve::hold(tree(), store, {{service_path("a"), 10'000}, {service_path("b"), 5}});
  }
  std::optional<Reserve> find() const { return Reserve::find(tree(), store); }
  // As far as a kill before the evidence leaves it.
  void restore_by(Reserve reserve) const {
    const StoredSet set = read(kFirst);
    const Tree where = tree();
    const LiveSet there = live();
    const RestorePlan plan = plan_restore(where, set, there, {});
    Restore restoring(where, store, set, plan, &reserve);
    restoring.stage();
    restoring.commit();
  }
};

}  // namespace

TEST_CASE("Reserve: what is held has its blocks and no length, and is ours alone", "[backup][reserve]") {
  const ReserveScene scene;
  CHECK(scene.status(scene.held("a")).st_size == 0);
  CHECK(scene.status(scene.held("a")).st_blocks * 512 >= 10'000);
  CHECK((scene.status(kReserve).st_mode & 0777) == 0700);
  REQUIRE(scene.find());
  chmod((scene.temp / kReserve).c_str(), 0770);
  CHECK_FALSE(scene.find());
}

TEST_CASE("Reserve: a restore writes into what is held and leaves there what it replaces", "[backup][reserve]") {
  const ReserveScene scene;
  const auto inode = scene.status(scene.held("a")).st_ino;
  scene.restore_by(*scene.find());
  CHECK(scene.script_of("a") == "old a");
  CHECK(scene.status(service_path("a")).st_ino == inode);
  CHECK(scene.status(service_path("a")).st_blocks * 512 < 10'000);
  CHECK(scene.temp.read(scene.held("a")) == "new a");
}

TEST_CASE("Reserve: a file that another set shares is not written to", "[backup][reserve]") {
  const ReserveScene scene;
  CHECK(scene.find()->holds(service_path("a")));
  std::filesystem::create_hard_link(scene.temp / scene.held("a"), scene.temp / "backups/shared");
  CHECK_FALSE(scene.find()->holds(service_path("a")));
  CHECK_FALSE(scene.find()->holds(service_path("c")));
}

TEST_CASE("Reserve: it gives back what a killed restore replaced, and no newer work goes for it", "[backup][reserve]") {
  const ReserveScene scene;
  const LiveSet before = scene.live();
  scene.restore_by(*scene.find());
  scene.script("b", "newer b");
  const StoredSet set = scene.read(kFirst);
  for (const FileEntry& file : before.files) {
    scene.find()->give_back(file, *find_entry(set.manifest.files, file.path));
  }
  CHECK(scene.script_of("a") == "new a");
  CHECK(scene.script_of("b") == "newer b");
  CHECK(scene.temp.read(scene.held("b")) == "new b");
}

TEST_CASE("Reserve: it becomes a whole set of what it has, and says nothing of the rest", "[backup][reserve]") {
  const ReserveScene scene;
  LiveSet before = scene.live();
  scene.restore_by(*scene.find());
  std::filesystem::remove(scene.temp / scene.held("b"));
  Manifest header = manifest_for(kSecond);
  header.files = before.files;
  header.patterns = scene.patterns;
  scene.find()->become(std::move(header));
  const StoredSet set = scene.read(kSecond, Shelf::kFailed);
  CHECK(verify_set(set).empty());
  CHECK(find_entry(set.manifest.files, service_path("a"))->sha256 == before.files[0].sha256);
  CHECK(find_entry(set.manifest.files, service_path("b"))->unstored);
  CHECK_FALSE(scene.find());
}

TEST_CASE("Reserve: it has bounds, and is gone when it is released", "[backup][reserve]") {
  const ReserveScene scene;
  RoomSizes sizes;
  for (int number = 0; number < 300; ++number) {
    sizes[service_path("s" + std::to_string(number))] = number == 7 ? uint64_t{1} << 40 : 1;
  }
  Reserve::hold(scene.tree(), scene.store, sizes);
  const auto files = std::distance(std::filesystem::directory_iterator(scene.temp / kReserve), {});
  CHECK(files == 256 + 1);  // and the manifest
  Reserve::release(scene.tree(), scene.store);
  CHECK_FALSE(std::filesystem::exists(scene.temp / kReserve));
}
