// SPDX-License-Identifier: Apache-2.0
#include "backup/take.h"

#include <unistd.h>

#include "backup_scene.h"
#include "base/error.h"
#include "support/catch.h"
#include "support/recording_progress.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const std::string kFlat = "a_entrypoint.sh";

std::string id_number(int number) { return id_of_seconds(1'710'080'580 + number); }

std::string stored(int number) { return "backups/" + id_number(number) + "/" + kFlat; }

}  // namespace

TEST_CASE("Take: what is refused leaves nothing behind", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  SECTION("a symlink among the files") {
    std::filesystem::create_directories(scene.temp / "services/b");
    std::filesystem::create_symlink("../a/entrypoint.sh", scene.temp / service_path("b"));
    CHECK_THROWS_AS(scene.take(kFirst), Error);
    CHECK_FALSE(scene.temp.has(std::string("backups/") + kFirst));
  }
  SECTION("a name that is taken") {
    scene.take(kFirst);
    scene.script("a", "another");
    CHECK_THROWS_AS(scene.take(kFirst), Error);
    CHECK(scene.temp.read(std::string("backups/") + kFirst + "/" + kFlat) == "script");
  }
  CHECK_FALSE(scene.temp.has(std::string("backups/.partial-") + kFirst));
}

TEST_CASE("Take: an index that cannot be written is a warning", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  scene.temp.write("backups/.backstep/index/in-the-way", "");
  const TakenSet taken = scene.take(kFirst);
  REQUIRE(taken.live.warnings.size() == 1);
  CHECK_THAT(taken.live.warnings[0], Contains("the index was not written"));
  CHECK(verify_set(scene.read(kFirst)).empty());
}

TEST_CASE("Take: a stored copy is shared by at most ten sets", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  for (int i = 0; i < 12; ++i) {
    CAPTURE(i);
    CHECK(scene.take(id_number(i)).linked == (i == 0 || i == 10 ? 0 : 1));
  }
  CHECK(scene.status(stored(0)).st_nlink == 10);
  CHECK(scene.status(stored(9)).st_ino == scene.status(stored(0)).st_ino);
  CHECK(scene.status(stored(11)).st_ino == scene.status(stored(10)).st_ino);
  CHECK(scene.status(stored(10)).st_nlink == 2);
}

TEST_CASE("Take: a live file is never linked", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  scene.take(kFirst);
  scene.take(kSecond);
  CHECK(scene.status(service_path("a")).st_nlink == 1);
  std::ofstream(scene.temp / service_path("a"), std::ios::app) << " more";
  CHECK(scene.temp.read(std::string("backups/") + kSecond + "/" + kFlat) == "script");
}

TEST_CASE("Take: a change of content, mode or owner makes a copy", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  scene.take(kFirst);
  SECTION("content of the same length") { scene.script("a", "SCRIPT"); }
  SECTION("mode") { scene.script("a", "script", 0700); }
  SECTION("owner") {
    if (geteuid() != 0) return;
    REQUIRE(chown((scene.temp / service_path("a")).c_str(), 12345, 12345) == 0);
  }
  CHECK(scene.take(kSecond).linked == 0);
  CHECK(verify_set(scene.read(kFirst)).empty());
  const StoredSet second = scene.read(kSecond);
  CHECK(verify_set(second).empty());
  CHECK(second.manifest.files[0].mode == (scene.status(service_path("a")).st_mode & 0777));
  CHECK(second.manifest.files[0].owner.uid == scene.status(service_path("a")).st_uid);
}

TEST_CASE("Take: a stored copy that was touched since is not shared", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  scene.take(kFirst);
  const std::string copy = std::string("backups/") + kFirst + "/" + kFlat;
  SECTION("written") { scene.temp.write(copy, "SCRIPT", 0755); }
  SECTION("gone") { std::filesystem::remove(scene.temp / copy); }
  SECTION("its mode") { REQUIRE(chmod((scene.temp / copy).c_str(), 0644) == 0); }
  CHECK(scene.take(kSecond).linked == 0);
  CHECK(verify_set(scene.read(kSecond)).empty());
}

TEST_CASE("Take: the same bytes written again are shared", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  scene.take(kFirst);
  std::filesystem::remove(scene.temp / service_path("a"));
  scene.script("a", "script");
  CHECK(scene.take(kSecond).linked == 1);
  CHECK(verify_set(scene.read(kSecond)).empty());
}

TEST_CASE("Take: a set is what lay there, complete and flat", "[backup][take]") {
  BackupScene scene;
  scene.script("a", "script", 0750);
  scene.temp.write("nginx/site.conf", "server", 0640);
  std::filesystem::create_directories(scene.temp / "services/later");
  scene.patterns.files = {"nginx/*.conf", "missing.yml"};
  const TakenSet taken = scene.take(kFirst);
  const StoredSet set = scene.read(kFirst);
  CHECK(verify_set(set).empty());
  CHECK(set.manifest.digest == scene.live().digest);
  CHECK(set.manifest.digest == taken.live.digest);
  CHECK(set.manifest.present_count() == 2);
  CHECK(set.manifest.files.size() == 4);
  CHECK(set.manifest.patterns == scene.patterns);
  const std::string place = std::string("backups/") + kFirst + "/";
  CHECK(scene.temp.read(place + kFlat) == "script");
  CHECK((scene.status(place + kFlat).st_mode & 0777) == 0750);
  CHECK(scene.temp.read(place + "_files/nginx/site.conf") == "server");
  CHECK(taken.live.warnings.size() == 1);
}

TEST_CASE("Take: an empty tree is a legal set", "[backup][take]") {
  const BackupScene scene;
  scene.take(kFirst);
  CHECK(scene.read(kFirst).manifest.empty());
}

TEST_CASE("Take: sets of all shelves share copies", "[backup][take]") {
  const BackupScene scene;
  scene.script("a", "script");
  scene.take(kFirst);
  CHECK(scene.take(kSecond, Shelf::kGood).linked == 1);
  CHECK(scene.take(id_number(2)).linked == 1);
  CHECK(scene.status(stored(2)).st_nlink == 3);
}

TEST_CASE("Take: who watches is told of each file, and of what could not be finished", "[backup][take]") {
  BackupScene scene;
  RecordingProgress progress;
  scene.progress = &progress;
  scene.script("a", "script");
  scene.script("b", "another");
  scene.take(kFirst);
  scene.take(kSecond, Shelf::kGood);
  CHECK(progress.told == std::vector<std::string>{"backing up 2 file: 2, 13 B", "storing 2 file: 2, 13 B"});
  CHECK_THROWS_AS(scene.take(kFirst), Error);
  CHECK(progress.told.size() == 3);
}
