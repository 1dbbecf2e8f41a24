// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

Workspace workspace_in(const TempDir& temp) { return workspace_at(temp.path()); }

}  // namespace

TEST_CASE("Store: a symlinked backups_dir beneath the workspace is refused", "[store]") {
  const TempDir temp;
  std::filesystem::create_directory(temp / "elsewhere");
  std::filesystem::create_directory_symlink("elsewhere", temp / "backups");
  REQUIRE_THROWS_AS(Store::open_or_create(workspace_in(temp), {"backups", false, "backups"}), Error);
  REQUIRE_THROWS_AS(Store::open_existing(workspace_in(temp), {"backups", false, "backups"}), Error);
  REQUIRE(std::filesystem::is_empty(temp / "elsewhere"));
}

TEST_CASE("Store: an absolute place without its parent is an error that names it", "[store]") {
  const TempDir temp;
  const std::string path = temp / "volume/backups";
  REQUIRE_THROWS_WITH(Store::open_or_create(workspace_in(temp), {path, true, path}),
                      "cannot create '" + path + "': '" + (temp / "volume") + "' does not exist");
  REQUIRE_FALSE(temp.has("volume"));
  REQUIRE_FALSE(Store::open_existing(workspace_in(temp), {path, true, path}));
}

TEST_CASE("Store: looking makes nothing", "[store]") {
  const TempDir temp;
  REQUIRE_FALSE(Store::open_existing(workspace_in(temp), {"backups", false, "backups"}));
  REQUIRE_FALSE(temp.has("backups"));
}

TEST_CASE("Store: a store of the original opens for reading without .backstep", "[store]") {
  const TempDir temp;
  temp.write("backups/2024-03-10_14-23-00/action_service_entrypoint.sh", "x");
  const auto store = Store::open_existing(workspace_in(temp), {"backups", false, "backups"});
  REQUIRE(store);
  REQUIRE_FALSE(store->has_control());
  REQUIRE(store->find_shelf(Shelf::kGood) == nullptr);
  REQUIRE_FALSE(store->find_set({Shelf::kFailed, "2024-03-10_14-23-00"}));
  REQUIRE(store->find_set({Shelf::kBackups, "2024-03-10_14-23-00"}));
  REQUIRE_FALSE(store->read_control_file("journal.json", 100));
  REQUIRE_THROWS_WITH(store->control(), Contains("'backups/.backstep' is not open"));
  REQUIRE_THROWS_AS(store->shelf(Shelf::kGood), Error);
  remove_leftovers(*store);
  REQUIRE_FALSE(temp.has("backups/.backstep"));
}

TEST_CASE("Store: what we make is private, what was there keeps its mode", "[store]") {
  const TempDir temp;
  std::filesystem::create_directory(temp / "old");
  std::filesystem::permissions(temp / "old", std::filesystem::perms{0755});
  Store::open_or_create(workspace_in(temp), {"old", false, "old"});
  REQUIRE(mode_of(temp / "old") == 0755);
  Store::open_or_create(workspace_in(temp), {"a/new", false, "a/new"});
  for (const char* made :
       {"a", "a/new", "a/new/.backstep", "a/new/.backstep/good", "a/new/.backstep/failed", "old/.backstep"}) {
    CAPTURE(made);
    REQUIRE(mode_of(temp / made) == 0700);
  }
}

TEST_CASE("Store: what we make belongs to the workspace's owner", "[store]") {
  if (!may_change_owner()) return;
  const TempDir temp;
  REQUIRE(chown(temp.path().c_str(), 1234, 2345) == 0);
  const Store store = Store::open_or_create(workspace_in(temp), {"backups", false, "backups"});
  REQUIRE(store.owner() == Owner{1234, 2345});
  const std::vector<FileStatus> made{store.backups().own_status(), store.control().own_status(),
                                     store.shelf(Shelf::kGood).own_status(), store.shelf(Shelf::kFailed).own_status()};
  for (const FileStatus& status : made) REQUIRE(Owner{status.uid, status.gid} == store.owner());
}

TEST_CASE("Store: an absolute place is made in an existing parent", "[store]") {
  const TempDir temp;
  const TempDir volume;
  const std::string path = volume / "backups";
  const Store store = Store::open_or_create(workspace_in(temp), {path, true, path});
  REQUIRE(volume.has("backups/.backstep/good"));
  REQUIRE(mode_of(path) == 0700);
  REQUIRE(store.shown({Shelf::kBackups, "2024-03-10_14-23-00"}) == path + "/2024-03-10_14-23-00/");
  REQUIRE(Store::open_existing(workspace_in(temp), {path, true, path}));
}

TEST_CASE("Store: sets are shown as the user would type their place", "[store]") {
  const TempDir temp;
  const Store store = Store::open_or_create(workspace_in(temp), {"app/backups", false, "backups"});
  const std::string id = "2024-03-10_14-23-00";
  REQUIRE(store.shown({Shelf::kBackups, id}) == "backups/" + id + "/");
  REQUIRE(store.shown({Shelf::kGood, id}) == "backups/.backstep/good/" + id + "/");
  REQUIRE(store.shown({Shelf::kFailed, id}) == "backups/.backstep/failed/" + id + "/");
}

TEST_CASE("Store: leftovers of a killed run go, all else stays", "[store]") {
  const StoreScene scene;
  const std::vector<std::string> leftovers{
      "backups/.partial-2024-03-10_14-23-00/a_entrypoint.sh",
      "backups/.pruned-2024-03-10_14-23-00/_files/a/b",
      "backups/.backstep/good/.partial-2024-03-10_14-23-01/x",
      "backups/.backstep/failed/.pruned-2024-03-10_14-23-02/x",
      "backups/.backstep/.journal.json.backstep-new",
      "backups/.backstep-probe",
      "backups/.backstep/..backstep-probe.backstep-new",
      "backups/.backstep/good/.backstep-probe",
      "backups/.backstep/failed/..backstep-probe.backstep-new",
  };
  const std::vector<std::string> others{"backups/.gitignore", "backups/notes.txt", "backups/partial-x",
                                        "backups/.backstep/journal.json", "backups/.backstep/.backstep-new"};
  for (const auto& name : leftovers) scene.temp.write(name, "x");
  for (const auto& name : others) scene.temp.write(name, "x");
  scene.publish({Shelf::kBackups, "2024-03-10_14-23-03"}, "script");
  remove_leftovers(scene.store);
  for (const auto& name : leftovers) {
    CAPTURE(name);
    REQUIRE_FALSE(scene.temp.has(name));
    REQUIRE((name.find(".backstep-probe") != std::string::npos || name.find(".backstep-new") != std::string::npos ||
             !scene.temp.has(name.substr(0, name.rfind("/x")))));
  }
  for (const auto& name : others) REQUIRE(scene.temp.has(name));
  REQUIRE(scene.temp.has("backups/2024-03-10_14-23-03/_manifest.jsonl"));
}
