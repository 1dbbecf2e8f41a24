// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore_plan.h"

#include "support/catch.h"

#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Manifest set_of(const std::vector<std::string>& patterns, std::vector<FileEntry> files) {
  Manifest manifest = manifest_for("2024-03-10_14-23-00", std::move(files));
  manifest.patterns = original_patterns();
  manifest.patterns.files = patterns;
  return manifest;
}

}  // namespace

TEST_CASE("SharedScope: a set tells of what it looked for and could store", "[backup][scope]") {
  const Manifest set = set_of({"conf/*"}, {unstored_entry("conf/link"), unstored_entry("services/x")});
  CHECK(tells_of(set, "conf/a"));
  CHECK(tells_of(set, "services/a/entrypoint.sh"));
  CHECK_FALSE(tells_of(set, "conf/link"));
  CHECK_FALSE(tells_of(set, "services/x/entrypoint.sh"));
  CHECK_FALSE(tells_of(set, "compose.yml"));
}

TEST_CASE("SharedScope: two sets are one version over what both looked for", "[backup][scope]") {
  const FileEntry script = entry_for("services/a/entrypoint.sh", "one");
  const Manifest older = set_of({}, {script});
  CHECK(same_over_shared(older, set_of({"c.yml"}, {entry_for("c.yml", "x"), script})));
  CHECK_FALSE(same_over_shared(older, set_of({}, {entry_for("services/a/entrypoint.sh", "two")})));
  CHECK_FALSE(same_over_shared(older, set_of({}, {script, entry_for("services/b/entrypoint.sh", "b")})));
  Manifest elsewhere = older;
  elsewhere.patterns.services_dirs = {"apps"};
  CHECK_FALSE(same_over_shared(older, elsewhere));
}

TEST_CASE("SharedScope: directories of one checkout are no versions of each other", "[backup][scope]") {
  Manifest set = set_of({}, {entry_for("services/a/entrypoint.sh", "one")});
  Patterns today = set.patterns;
  CHECK(shares_a_file(set, today));
  set.patterns.prefix = "shop";
  CHECK(shares_a_file(set, today));
  today.prefix = "blog";
  CHECK_FALSE(shares_a_file(set, today));
  today.prefix = "shop";
  today.services_dirs = {"apps"};
  CHECK_FALSE(shares_a_file(set, today));
}
