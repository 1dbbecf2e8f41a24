// SPDX-License-Identifier: Apache-2.0
#include "store/catalog_cache.h"

#include "base/error.h"
#include "store/catalog.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr const char* kPath = "backups/.backstep/catalog";
const SetRef kBackupSet{Shelf::kBackups, "2024-03-10_14-23-00"};
const SetRef kFailedSet{Shelf::kFailed, "2024-03-10_14-23-01"};

FileStatus manifest_status() {
  FileStatus status;
  status.type = FileType::kRegular;
  status.inode = UINT64_MAX - 1;
  status.size = 4096;
  status.mtime_ns = 1'710'080'580'123'456'789;
  status.ctime_ns = status.mtime_ns + 1;
  return status;
}

ManifestSummary summary_of(const SetRef& ref) {
  ManifestSummary summary{manifest_for(ref.id), 7};
  Manifest& manifest = summary.manifest;
  manifest.patterns.files = {"a b", "", "ä\n1:x"};
  manifest.digest = digest_of_script("one");
  manifest.base = uid_of(kBackupSet.id);
  manifest.owner = "owner";
  manifest.actor = "actor";
  manifest.url = "url";
  manifest.commit = "commit";
  manifest.tag = "tag";
  manifest.message = "two\nlines";
  return summary;
}

void save_both(const StoreScene& scene) {
  CatalogCache cache;
  cache.put(kBackupSet, manifest_status(), summary_of(kBackupSet));
  cache.put(kFailedSet, manifest_status(), summary_of(kFailedSet));
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
  CHECK(scene.store.control().list() == std::vector<std::string>{"catalog", "failed", "good"});
}

TEST_CASE("CatalogCache: it speaks for the very manifest that was read", "[store][catalog]") {
  const StoreScene scene;
  save_both(scene);
  CatalogCache cache = CatalogCache::load(scene.store);
  REQUIRE(cache.find(kBackupSet, manifest_status()) != nullptr);
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

TEST_CASE("CatalogCache: it says all that was read", "[store][catalog]") {
  const StoreScene scene;
  save_both(scene);
  CatalogCache cache = CatalogCache::load(scene.store);
  const ManifestSummary* read = cache.find(kFailedSet, manifest_status());
  REQUIRE(read != nullptr);
  const ManifestSummary wanted = summary_of(kFailedSet);
  CHECK(read->file_count == wanted.file_count);
  CHECK(read->manifest.time == wanted.manifest.time);
  CHECK(encode_manifest(read->manifest) == encode_manifest(wanted.manifest));
  CHECK(read->manifest.digest == wanted.manifest.digest);
}

TEST_CASE("CatalogCache: what is shown does not open what the cache knows", "[store][catalog]") {
  const StoreScene scene;
  scene.publish(kBackupSet, "one");
  Catalog catalog = recall_catalog(scene.store);
  REQUIRE(catalog.cache.changed());
  const auto status =
      scene.store.shelf(Shelf::kBackups).glance(kBackupSet.id + '/' + Manifest::kFileName);
  REQUIRE(catalog.cache.find(kBackupSet, *status) != nullptr);
  catalog.cache.put(kBackupSet, *status, summary_of(kBackupSet));
  catalog.cache.save(scene.store);
  Catalog again = recall_catalog(scene.store);
  CHECK(again.entries.at(0).manifest.tag == "tag");
  CHECK_FALSE(again.cache.changed());
  CHECK(read_catalog(scene.store).entries.at(0).manifest.tag.empty());
}

TEST_CASE("CatalogCache: a manifest that is damaged later is seen", "[store][catalog]") {
  const StoreScene scene;
  scene.publish(kBackupSet, "one");
  read_catalog(scene.store).cache.save(scene.store);
  const std::string path = "backups/" + kBackupSet.id + '/' + Manifest::kFileName;
  scene.temp.write(path, scene.temp.read(path) + "more\n");
  Catalog catalog = recall_catalog(scene.store);
  CHECK(catalog.entries.at(0).state == CatalogEntry::State::kDamaged);
  CHECK(catalog.cache.changed());
}
