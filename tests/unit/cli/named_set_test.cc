// SPDX-License-Identifier: Apache-2.0
#include "cli/session.h"

#include "store/records/verdicts.h"
#include "support/catch.h"
#include "support/refusal.h"
#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const std::string kNamedId = "2024-03-10_14-23-00";

}  // namespace

TEST_CASE("NamedSet: a set that is not there is a usage error that names list", "[cli][named_set]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kNamedId}, "text");
  const Catalog catalog = read_catalog(scene.store);
  CHECK(refusal([&] { named_set(catalog, "2024-03-10_00-00-00"); }) ==
        "there is no backup '2024-03-10_00-00-00' (see 'list')");
  CHECK(refusal([&] { named_set(catalog, "failed/" + kNamedId); }) != "not refused");
}

TEST_CASE("NamedSet: a set is found as the list names it", "[cli][named_set]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kNamedId}, "text");
  scene.publish({Shelf::kFailed, "2024-03-10_14-23-01"}, "text");
  const Catalog catalog = read_catalog(scene.store);
  CHECK(named_set(catalog, kNamedId) == SetRef{Shelf::kBackups, kNamedId});
  CHECK(named_set(catalog, "latest") == SetRef{Shelf::kBackups, kNamedId});
  CHECK(named_set(catalog, "failed/2024-03-10_14-23-01").shelf == Shelf::kFailed);
}

TEST_CASE("NamedSet: without a store a verb that needs one says so, and makes none", "[cli][named_set]") {
  const TempDir temp;
  const Invocation invocation{{}, Environment(), temp.path()};
  Session session(invocation);
  CHECK(refusal([&] { existing_store(session, {}); }) == "there are no backups in 'backups' yet");
  CHECK_FALSE(temp.has("backups"));
}

TEST_CASE("NamedSet: last-good is the set that a check passed on last", "[cli][named_set]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kNamedId}, "good");
  scene.publish({Shelf::kBackups, "2024-03-10_14-23-01"}, "bad");
  const Catalog catalog = read_catalog(scene.store);
  const auto chosen_label = [&](const std::string& name) { return chosen_set(scene.store, catalog, name).label(); };
  CHECK(refusal([&] { chosen_label("last-good"); }) == "nothing is known good yet: name an ID of 'list'");
  VerdictLine passed;
  passed.run = uid_of("1");
  passed.digest = digest_of_script("good");
  passed.good = true;
  append_verdict(scene.store, passed);
  CHECK(chosen_label("last-good") == kNamedId);
  CHECK(chosen_label("latest") == "2024-03-10_14-23-01");
}
