// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include "support/catch.h"

#include "base/text.h"
#include "deploy/store_upkeep.h"
#include "store/records/verdicts.h"
#include "store/sets/set_reader.h"
#include "stored_sets.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr const char* kId = "2024-03-10_14-23-00";

struct EnvironmentScene {
  StoreScene nameless;

  StorePlace place(const std::string& environment) const {
    StorePlace place = nameless.place;
    place.environment = environment;
    return place;
  }
  Store open(const std::string& environment) const {
    return Store::open_or_create(nameless.workspace, place(environment));
  }
  std::string names() const {
    std::vector<std::string> names;
    for (const StorePlace& each : environments_in(nameless.workspace, nameless.place)) {
      names.push_back(each.environment);
    }
    return joined(names, " ");
  }
  void use(const std::string& environment) const {
    append_verdict(open(environment), {.run = kId, .digest = digest_of_script("x"), .good = true});
  }
  size_t adopt(const std::string& environment) const {
    return adopt_nameless(nameless.workspace, place(environment), open(environment));
  }
};

}  // namespace

TEST_CASE("Environments: a name is the directory, or is percent-coded", "[store][environments]") {
  CHECK(environment_directory("production-eu_1.2") == "production-eu_1.2");
  CHECK(environment_directory("review/a b") == "review%2Fa%20b");
  CHECK(environment_directory(".hidden") == "%2Ehidden");
  CHECK(environment_directory("..") == "%2E.");
  CHECK(environment_directory("100%") == "100%25");
  CHECK(environment_directory(kId) == "%32024-03-10_14-23-00");
  CHECK(environment_directory("").empty());
  CHECK(environment_directory(".").empty());
  CHECK(environment_directory(std::string(255, 'x')).size() == 255);
  CHECK_THAT(refusal([] { environment_directory(std::string(86, '/')); }),
             backstep::test::matchers::Contains("is too long for the name of a directory"));
}

TEST_CASE("Environments: only what holds something is one", "[store][environments]") {
  const EnvironmentScene scene;
  CHECK(scene.names().empty());
  scene.open("empty");
  scene.nameless.temp.write("backups/notes/x", "");
  CHECK(scene.names().empty());
  scene.use("staging");
  scene.use("review/x y");
  CHECK(scene.names() == "review/x y staging");
  scene.nameless.publish({Shelf::kBackups, kId}, "x");
  CHECK(scene.names() == ". review/x y staging");
  CHECK(read_catalog(scene.nameless.store).foreign == std::vector<std::string>{"notes"});
}

TEST_CASE("Environments: a directory with a name that we do not give is none", "[store][environments]") {
  const EnvironmentScene scene;
  for (const char* name : {"a b", "%2x", "%zz", "a%2", "%41", kId}) {
    CAPTURE(name);
    scene.nameless.temp.write("backups/" + std::string(name) + "/.backstep/history.jsonl", "");
    CHECK_FALSE(is_environment(scene.nameless.store.backups(), name));
  }
  CHECK(scene.names().empty());
}

TEST_CASE("Environments: each is a store of its own, the lock is common", "[store][environments]") {
  const EnvironmentScene scene;
  const Store store = scene.open("production");
  CHECK(store.display() == "backups/production");
  CHECK(store.shown({Shelf::kGood, kId}) == "backups/production/.backstep/good/" + std::string(kId) + "/");
  const auto inode = [](const Directory& directory) { return directory.own_status().inode; };
  CHECK(inode(*store.common()) == inode(scene.nameless.store.control()));
  CHECK(inode(store.control()) != inode(*store.common()));
}

TEST_CASE("Environments: a new one adopts what the nameless store knows, once", "[store][environments]") {
  const EnvironmentScene scene;
  CHECK(scene.adopt("empty") == 0);
  scene.nameless.publish({Shelf::kBackups, kId}, "x");
  scene.nameless.publish({Shelf::kGood, "2024-03-10_14-23-01"}, "y");
  append_verdict(scene.nameless.store, {.run = uid_of(kId), .digest = digest_of_script("x"), .good = true});
  CHECK(scene.adopt("production") == 2);
  const Store store = scene.open("production");
  CHECK(read_catalog(store).entries.size() == 2);
  CHECK(Verdicts::load(store).of(digest_of_script("x")) == Verdict::kGood);
  CHECK(scene.adopt("production") == 0);
  CHECK(scene.adopt(".") == 0);
  CHECK(scene.adopt("staging") == 0);
}

TEST_CASE("Environments: an adoption that was cut short is completed", "[store][environments]") {
  const EnvironmentScene scene;
  scene.nameless.publish({Shelf::kBackups, kId}, "x");
  scene.nameless.publish({Shelf::kBackups, "2024-03-10_14-23-01"}, "y");
  const Store store = scene.open("production");
  scene.nameless.temp.write("backups/production/.partial-" + std::string(kId) + "/torn", "");
  store.backups().make_directories("2024-03-10_14-23-01", store.owner());
  CHECK(scene.adopt("production") == 2);
  CHECK(scene.nameless.temp.has("backups/production/" + std::string(kId) + "/_manifest.jsonl"));
  CHECK_FALSE(scene.nameless.temp.has("backups/production/" + std::string(kId) + "/torn"));
}
