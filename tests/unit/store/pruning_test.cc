// SPDX-License-Identifier: Apache-2.0
#include "store/retention/retention.h"

#include "stored_sets.h"
#include "support/catch.h"

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
  return decide_pruning(scene.store, policy, original_patterns(), {}, 1'710'090'000);
}

}  // namespace

TEST_CASE("Pruning: sets are looked into only when something would go", "[store][pruning]") {
  const StoreScene scene;
  scene.publish(kOlderSet, "one");
  scene.publish(kNewerSet, "two");
  const std::string stored = "backups/" + kNewerSet.id + "/action_service_entrypoint.sh";
  REQUIRE(scene.temp.read(stored) == "two");
  scene.temp.write(stored, "rot");

  const Pruning all = pruning_of(scene, 10);
  CHECK(all.leaving().empty());
  CHECK(all.unsound.empty());

  const Pruning one = pruning_of(scene, 1);
  CHECK(one.leaving().empty());
  REQUIRE(one.unsound.size() == 1);
  CHECK(one.unsound[0].starts_with(kNewerSet.id + " is not whole: "));
}

TEST_CASE("Pruning: beside a whole newer one the older one goes", "[store][pruning]") {
  const StoreScene scene;
  scene.publish(kOlderSet, "one");
  scene.publish(kNewerSet, "two");
  const Pruning pruning = pruning_of(scene, 1);
  CHECK(pruning.leaving() == std::vector<SetRef>{kOlderSet});
  CHECK(pruning.unsound.empty());
}
