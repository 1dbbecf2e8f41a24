// SPDX-License-Identifier: Apache-2.0
#include "store/catalog_cache.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/catalog.h"
#include "stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr const char* kPath = "backups/.backstep/catalog";
const SetRef kBackupSet{Shelf::kBackups, "2024-03-10_14-23-00"};
const SetRef kFailedSet{Shelf::kFailed, "2024-03-10_14-23-01"};
const std::string kEnds = "{\"first\":1}\n{\"last\":2}\n";

FileStatus manifest_status() {
  FileStatus status;
  status.type = FileType::kRegular;
  status.inode = UINT64_MAX - 1;
  status.size = 4096;
  status.mtime_ns = 1'710'080'580'123'456'789;
  status.ctime_ns = status.mtime_ns + 1;
  return status;
}

void save_both(const StoreScene& scene) {
  CatalogCache cache;
  cache.put(kBackupSet, manifest_status(), kEnds);
  cache.put(kFailedSet, manifest_status(), kEnds);
  cache.save(scene.store);
}

bool knows_none(const StoreScene& scene) {
  CatalogCache cache = CatalogCache::load(scene.store);
  return cache.find(kBackupSet, manifest_status()) == nullptr &&
         cache.find(kFailedSet, manifest_status()) == nullptr;
}

}  // namespace

TEST_CASE("CatalogCache: one that is torn anywhere is empty", "[store][catalog]") {
  const StoreScene scene;
  save_both(scene);
  REQUIRE_FALSE(knows_none(scene));
  const std::string text = scene.temp.read(kPath);
  for (size_t length = 0; length < text.size(); ++length) {
    scene.temp.write(kPath, text.substr(0, length));
    CAPTURE(length);
    REQUIRE(knows_none(scene));
  }
}

TEST_CASE("CatalogCache: one with a flipped byte is empty", "[store][catalog]") {
  const StoreScene scene;
  save_both(scene);
  const std::string text = scene.temp.read(kPath);
  for (size_t at = 0; at < text.find_last_of('\n', text.size() - 2); ++at) {
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    scene.temp.write(kPath, flipped);
    CAPTURE(at);
    REQUIRE(knows_none(scene));
  }
}

TEST_CASE("CatalogCache: a missing or foreign one is empty", "[store][catalog]") {
  const StoreScene scene;
  REQUIRE(knows_none(scene));
  scene.temp.write(kPath, "something else\n");
  REQUIRE(knows_none(scene));
}

TEST_CASE("CatalogCache: one that cannot be written is an error", "[store][catalog]") {
  const StoreScene scene;
  std::filesystem::create_directory(scene.temp / kPath);
  REQUIRE_THROWS_AS(save_both(scene), SystemError);
}

TEST_CASE("CatalogCache: it speaks for the very manifest that was read", "[store][catalog]") {
  const StoreScene scene;
  save_both(scene);
  CatalogCache cache = CatalogCache::load(scene.store);
  const std::string* ends = cache.find(kBackupSet, manifest_status());
  REQUIRE(ends != nullptr);
  CHECK(*ends == kEnds);
  CHECK(cache.find({Shelf::kGood, kBackupSet.id}, manifest_status()) == nullptr);
  FileStatus other = manifest_status();
  other.inode -= 1;
  CHECK(cache.find(kBackupSet, other) == nullptr);
  other = manifest_status();
  other.size -= 1;
  CHECK(cache.find(kBackupSet, other) == nullptr);
  other = manifest_status();
  other.mtime_ns -= 1;
  CHECK(cache.find(kBackupSet, other) == nullptr);
  other = manifest_status();
  other.ctime_ns += 1;
  CHECK(cache.find(kBackupSet, other) == nullptr);
}

TEST_CASE("CatalogCache: what was not met again is not saved", "[store][catalog]") {
  const StoreScene scene;
  save_both(scene);
  CatalogCache cache = CatalogCache::load(scene.store);
  REQUIRE(cache.find(kBackupSet, manifest_status()) != nullptr);
  REQUIRE(cache.changed());
  cache.save(scene.store);
  CatalogCache left = CatalogCache::load(scene.store);
  CHECK(left.find(kFailedSet, manifest_status()) == nullptr);
  REQUIRE(left.find(kBackupSet, manifest_status()) != nullptr);
  CHECK_FALSE(left.changed());
}

TEST_CASE("CatalogCache: a catalog does not open what the cache knows", "[store][catalog]") {
  const StoreScene scene;
  scene.publish(kBackupSet, "one");
  Catalog catalog = read_catalog(scene.store);
  REQUIRE(catalog.cache.changed());
  const auto status =
      scene.store.shelf(Shelf::kBackups).glance(kBackupSet.id + '/' + Manifest::kFileName);
  const std::string* read = catalog.cache.find(kBackupSet, *status);
  REQUIRE(read != nullptr);
  std::string told = *read;
  const std::string mark = "run-" + kBackupSet.id;
  told.replace(told.find(mark), mark.size(), std::string(mark.size(), 'x'));
  catalog.cache.put(kBackupSet, *status, told);
  catalog.cache.save(scene.store);
  Catalog again = read_catalog(scene.store);
  CHECK(again.entries.at(0).manifest.run == std::string(mark.size(), 'x'));
  CHECK_FALSE(again.cache.changed());
}

TEST_CASE("CatalogCache: a manifest that is damaged later is seen", "[store][catalog]") {
  const StoreScene scene;
  scene.publish(kBackupSet, "one");
  read_catalog(scene.store).cache.save(scene.store);
  const std::string path = "backups/" + kBackupSet.id + '/' + Manifest::kFileName;
  scene.temp.write(path, scene.temp.read(path) + "more\n");
  Catalog catalog = read_catalog(scene.store);
  CHECK(catalog.entries.at(0).state == CatalogEntry::State::kDamaged);
  CHECK(catalog.cache.changed());
}
