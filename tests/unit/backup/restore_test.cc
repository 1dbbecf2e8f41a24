// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore.h"

#include <sys/stat.h>
#include <unistd.h>

#include "backup_scene.h"
#include "base/error.h"
#include "store/sets/set_writer.h"
#include "support/catch.h"
#include "support/recording_progress.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

struct RestoreScene : BackupScene {
  // Stages and, unless it stops there, commits; what was warned about.
  std::vector<std::string> restore(const RestoreRules& rules = {}) const {
    const StoredSet set = read(kFirst);
    const Tree where = tree();
    const LiveSet there = live();
    const RestorePlan plan = plan_restore(where, set, there, rules);
    Restore restoring(where, store, set, plan);
    restoring.stage();
    restoring.commit();
    return restoring.warnings();
  }
  std::string copy_of(const std::string& service) const {
    return std::string("backups/") + kFirst + "/" + service + "_entrypoint.sh";
  }
};

}  // namespace

TEST_CASE("Restore: a damaged file stops it with nothing changed and nothing left over", "[backup][restore]") {
  const RestoreScene scene;
  for (const char* service : {"a", "b", "z"}) scene.script(service, "old");
  scene.take(kFirst);
  scene.script("a", "new");
  scene.script("added", "new");
  std::filesystem::remove_all(scene.temp / "services/b");
  std::filesystem::remove(scene.temp / service_path("z"));
  SECTION("another content") { scene.temp.write(scene.copy_of("z"), "odd"); }
  SECTION("missing") { std::filesystem::remove(scene.temp / scene.copy_of("z")); }
  SECTION("a symlink") {
    std::filesystem::remove(scene.temp / scene.copy_of("z"));
    std::filesystem::create_symlink("a_entrypoint.sh", scene.temp / scene.copy_of("z"));
  }
  const auto before = scene.everything();
  CHECK_THROWS_AS(scene.restore(), Error);
  CHECK(scene.everything() == before);
}

TEST_CASE("Restore: directories that were made for it are taken back", "[backup][restore]") {
  RestoreScene scene;
  scene.patterns.files = {"deep/er/x.conf"};
  scene.temp.write("deep/er/x.conf", "old");
  scene.script("a", "old");
  chmod((scene.temp / "services/a").c_str(), 0755);  // whatever the umask is
  scene.take(kFirst);
  std::filesystem::remove_all(scene.temp / "services");
  std::filesystem::remove_all(scene.temp / "deep");
  const auto before = scene.everything();
  SECTION("when it is damaged") {
    scene.temp.write(scene.copy_of("a"), "odd");
    CHECK_THROWS_AS(scene.restore(), Error);
    CHECK(scene.everything() == before);
  }
  SECTION("when it was only staged") {
    const StoredSet set = scene.read(kFirst);
    const Tree tree = scene.tree();
    const LiveSet live = scene.live();
    const RestorePlan plan = plan_restore(tree, set, live, {});
    {
      Restore restoring(tree, scene.store, set, plan);
      restoring.stage();
      CHECK(scene.temp.has("services/a"));
      CHECK_FALSE(scene.temp.has(service_path("a")));
    }
    CHECK(scene.everything() == before);
  }
  SECTION("and stay when it is done") {
    scene.restore();
    CHECK(scene.script_of("a") == "old");
    CHECK(scene.temp.read("deep/er/x.conf") == "old");
    CHECK((scene.status("services/a").st_mode & 0777) == 0755);
  }
}

TEST_CASE("Restore: a directory that took a script's place is dealt with before the first rename",
          "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old");
  scene.script("b", "old");
  scene.take(kFirst);
  scene.script("a", "new");
  std::filesystem::remove(scene.temp / service_path("b"));
  SECTION("an empty one, as docker makes it for a bind mount, gives way") {
    std::filesystem::create_directories(scene.temp / service_path("b"));
    scene.restore();
    CHECK(scene.script_of("a") == "old");
    CHECK(scene.script_of("b") == "old");
  }
  SECTION("so does one that the target knows nothing of") {
    std::filesystem::create_directories(scene.temp / service_path("new"));
    scene.restore();
    CHECK(scene.script_of("b") == "old");
    CHECK_FALSE(scene.temp.has(service_path("new")));
  }
  SECTION("one that holds somebody's files stays where nothing keeps it; the others come back") {
    scene.temp.write(service_path("b") + "/inner", "work");
    scene.restore();
    CHECK(scene.temp.read(service_path("b") + "/inner") == "work");
    CHECK(scene.script_of("a") == "old");
  }
}

TEST_CASE("Restore: content and mode come back, the time does not", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old", 0750);
  scene.take(kFirst);
  const auto taken = scene.status(service_path("a"));
  scene.script("a", "new", 0644);
  CHECK(scene.restore().empty());
  const auto restored = scene.status(service_path("a"));
  CHECK(scene.script_of("a") == "old");
  CHECK((restored.st_mode & 07777) == 0750);
  CHECK(restored.st_nlink == 1);
  const auto nanoseconds = [](const struct stat& status) {
    return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
  };
  CHECK(nanoseconds(restored) > nanoseconds(taken));
}

TEST_CASE("Restore: the mode comes from the manifest, for artifact stores lose it", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old", 0755);
  scene.take(kFirst);
  REQUIRE(chmod((scene.temp / scene.copy_of("a")).c_str(), 0600) == 0);
  scene.script("a", "new", 0755);
  scene.restore();
  CHECK((scene.status(service_path("a")).st_mode & 0777) == 0755);
}

TEST_CASE("Restore: the owner comes back where it was so before the run", "[backup][restore]") {
  if (geteuid() != 0) return;
  const RestoreScene scene;
  scene.script("a", "old");
  REQUIRE(chown((scene.temp / service_path("a")).c_str(), 12345, 23456) == 0);
  scene.take(kFirst);
  const std::vector<FileEntry> before = scene.live().files;
  std::filesystem::remove(scene.temp / service_path("a"));
  scene.script("a", "new");
  RestoreRules rules;
  rules.before = &before;
  CHECK(scene.restore(rules).empty());
  CHECK(scene.status(service_path("a")).st_uid == 12345);
  CHECK(scene.status(service_path("a")).st_gid == 23456);
}

TEST_CASE("Restore: an owner of another tree is known by his part in it, or not given", "[backup][restore]") {
  if (!may_change_owner()) return;
  const Owner then{1000, 1000};
  const Owner now{2000, 2000};
  const Owner last{33, 33};
  const auto fitted = [&](Owner owner) {
    const bool is_fit = fit_owner(owner, then, now, last);
    return std::pair(owner, is_fit);
  };
  CHECK(fitted(then) == std::pair(now, true));
  CHECK(fitted(now) == std::pair(now, true));
  CHECK(fitted({0, 0}) == std::pair(Owner{0, 0}, true));
  CHECK(fitted(last) == std::pair(last, true));
  CHECK(fitted({1001, 1001}) == std::pair(last, false));
  CHECK(fitted({1000, 1001}) == std::pair(Owner{2000, 33}, false));
  CHECK(fitted({33, 2000}) == std::pair(Owner{33, 2000}, true));
}

TEST_CASE("Restore: a symlink in a script's place is replaced, not followed", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old");
  scene.take(kFirst);
  scene.temp.write("target", "precious");
  std::filesystem::remove(scene.temp / service_path("a"));
  std::filesystem::create_symlink(scene.temp / "target", scene.temp / service_path("a"));
  scene.restore();
  CHECK(scene.temp.read("target") == "precious");
  CHECK(scene.script_of("a") == "old");
  CHECK(S_ISREG(scene.status(service_path("a")).st_mode));
}

TEST_CASE("Restore: what the target lacks is removed", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old");
  scene.take(kFirst);
  scene.script("added", "new");
  scene.restore();
  CHECK_FALSE(scene.temp.has(service_path("added")));
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("Restore: a second one finds nothing to do", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old", 0700);
  scene.script("b", "old");
  scene.take(kFirst);
  scene.script("a", "new");
  std::filesystem::remove_all(scene.temp / "services/b");
  scene.restore();
  CHECK(plan_restore(scene.tree(), scene.read(kFirst), scene.live(), {}).empty());
}

TEST_CASE("Restore: what a killed one staged is removed", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "new");
  scene.temp.write("services/a/.entrypoint.sh.backstep-new", "half");
  scene.temp.write("services/a/notes.txt", "mine");
  StagedFile::remove_leftovers(scene.workspace.directory, service_path("a"));
  StagedFile::remove_leftovers(scene.workspace.directory, "gone/x");
  CHECK_FALSE(scene.temp.has("services/a/.entrypoint.sh.backstep-new"));
  CHECK(scene.temp.has("services/a/notes.txt"));
  CHECK(scene.script_of("a") == "new");
}

TEST_CASE("Restore: the stored copies stay as they are", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old");
  scene.take(kFirst);
  scene.script("a", "new");
  scene.restore();
  scene.script("a", "newer");
  CHECK(verify_set(scene.read(kFirst)).empty());
}

TEST_CASE("Restore: who watches is told of staging, evidence and putting in place", "[backup][restore]") {
  RestoreScene scene;
  scene.script("a", "old");
  scene.script("b", "older");
  scene.take(kFirst);
  scene.script("a", "new");
  scene.script("c", "added");
  std::filesystem::remove(scene.temp / service_path("b"));
  RecordingProgress progress;
  scene.progress = &progress;
  scene.restore();
  CHECK(progress.told == std::vector<std::string>{"reading 2 file: 2, 8 B", "staging 3 file of 8 B: 3, 8 B",
                                                  "restoring 3 file: 3, 0 B"});
}

TEST_CASE("Restore: what it has put in place is known without reading it", "[backup][restore]") {
  const RestoreScene scene;
  scene.script("a", "old");
  scene.script("b", "old");
  scene.take(kFirst);
  scene.script("a", "new");
  scene.script("b", "new");
  const StoredSet set = scene.read(kFirst);
  const Tree where = scene.tree();
  const LiveSet live = scene.live();
  const RestorePlan plan = plan_restore(where, set, live, {});
  const StampClock clock(scene.workspace.directory.fd());
  Restore restore(where, scene.store, set, plan);
  restore.stage();
  clock.wait_past_this_moment();
  restore.commit();
  scene.temp.write(service_path("b"), "by hand", 0755);
  clock.wait_past_this_moment();
  Index index;
  restore.teach(index);
  const IndexRecord* known = index.find(service_path("a"));
  REQUIRE(known != nullptr);
  CHECK(known->sha256 == sha256_of("old"));
  CHECK(Index::live_same(*known, *scene.workspace.directory.status(service_path("a"))));
  CHECK(index.find(service_path("b")) == nullptr);
  SetWriter writer(scene.store, {Shelf::kBackups, kSecond}, 1);
  CHECK(KnownCopies(scene.store, index).link(writer, set.manifest.files.at(0)));
}
