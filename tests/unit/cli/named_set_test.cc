// SPDX-License-Identifier: Apache-2.0
#include "cli/named_set.h"

#include <catch2/catch.hpp>

#include "support/refusal.h"
#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const std::string kId = "2024-03-10_14-23-00";

}  // namespace

TEST_CASE("NamedSet: a set that is not there is a usage error that names list",
          "[cli][named_set]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kId}, "text");
  const Catalog catalog = read_catalog(scene.store);
  CHECK(refusal([&] { named_set(catalog, "2024-03-10_00-00-00"); }) ==
        "there is no backup '2024-03-10_00-00-00' (see 'backstep list')");
  CHECK(refusal([&] { named_set(catalog, "failed/" + kId); }) != "not refused");
}

TEST_CASE("NamedSet: a set is found as the list names it", "[cli][named_set]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kId}, "text");
  scene.publish({Shelf::kFailed, "2024-03-10_14-23-01"}, "text");
  const Catalog catalog = read_catalog(scene.store);
  CHECK(named_set(catalog, kId) == SetRef{Shelf::kBackups, kId});
  CHECK(named_set(catalog, "latest") == SetRef{Shelf::kBackups, kId});
  CHECK(named_set(catalog, "failed/2024-03-10_14-23-01").shelf == Shelf::kFailed);
}

TEST_CASE("NamedSet: without a store a verb that needs one says so, and makes none",
          "[cli][named_set]") {
  const TempDir temp;
  const Invocation invocation{{}, Environment(), temp.path()};
  const Session session(invocation);
  CHECK(refusal([&] { existing_store(session); }) == "there are no backups in 'backups' yet");
  CHECK_FALSE(temp.has("backups"));
}
