// SPDX-License-Identifier: Apache-2.0
#include "deploy/pruning.h"

#include "store/catalog.h"
#include "support/catch.h"
#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const SetRef kOlderSet{Shelf::kBackups, "2024-03-10_14-23-00"};
const SetRef kNewerSet{Shelf::kBackups, "2024-03-10_14-23-01"};

Pruning pruning_of(const StoreScene& scene, int keep_last) {
  Retention policy;
  policy.keep_last = keep_last;
  policy.keep_good = 0;
  policy.keep_within = Duration{};
  return decide_pruning(scene.store, policy, original_patterns(), nullptr, 1'710'090'000);
}

}  // namespace

TEST_CASE("Pruning: nothing goes on the word of a cache", "[deploy][pruning]") {
  const StoreScene scene;
  scene.publish(kOlderSet, "one");
  scene.publish(kNewerSet, "two");
  CatalogCache cache = read_catalog(scene.store).cache;
  const auto manifest_of = [&](const SetRef& ref) {
    return *scene.store.shelf(ref.shelf).glance(ref.id + '/' + Manifest::kFileName);
  };
  ManifestSummary told = *cache.find(kOlderSet, manifest_of(kOlderSet));
  told.manifest.digest = digest_of_script("two");
  cache.put(kOlderSet, manifest_of(kOlderSet), told);
  cache.save(scene.store);
  REQUIRE(recall_catalog(scene.store).with_digest(digest_of_script("two")).size() == 2);

  CHECK(pruning_of(scene, 10).leaving().empty());
}

TEST_CASE("Pruning: what goes is not remembered", "[deploy][pruning]") {
  const StoreScene scene;
  scene.publish(kOlderSet, "one");
  scene.publish(kNewerSet, "two");
  Pruning pruning = pruning_of(scene, 1);
  REQUIRE(pruning.leaving() == std::vector<SetRef>{kOlderSet});
  pruning.cache.save(scene.store);
  CHECK(scene.temp.read("backups/.backstep/catalog").find(kOlderSet.id) == std::string::npos);
  CHECK(scene.temp.read("backups/.backstep/catalog").find(kNewerSet.id) != std::string::npos);
}
