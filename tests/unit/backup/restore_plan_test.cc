// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore_plan.h"

#include <unistd.h>

#include <deque>

#include "backup_scene.h"
#include "base/error.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

using Names = std::vector<std::string>;

// A set is stored, then the tree is changed.
struct PlanScene : BackupScene {
  RestorePlan plan(const RestoreRules& rules = {}) const {
    const Planned& now = planned_.emplace_back(read(kFirst), live());
    return plan_restore(tree(), now.first, now.second, rules);
  }

 private:
  using Planned = std::pair<StoredSet, LiveSet>;  // into which a plan points
  mutable std::deque<Planned> planned_;
};

}  // namespace

TEST_CASE("RestorePlan: a damaged stored file is refused before anything is written", "[backup][plan]") {
  const PlanScene scene;
  scene.script("a", "old");
  scene.take(kFirst);
  scene.script("a", "new");
  const std::string copy = std::string("backups/") + kFirst + "/a_entrypoint.sh";
  std::string problem;
  SECTION("another content") {
    scene.temp.write(copy, "odd");
    problem = "is not what its manifest says";
  }
  SECTION("missing") {
    std::filesystem::remove(scene.temp / copy);
    problem = "No such file";
  }
  const RestorePlan plan = scene.plan();
  try {
    check_sources(scene.read(kFirst), plan);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kDamaged);
    CHECK_THAT(error.message(), Contains("damaged") && Contains(copy) && Contains(problem));
  }
}

TEST_CASE("RestorePlan: a damaged stored file that is not needed does no harm", "[backup][plan]") {
  const PlanScene scene;
  scene.script("a", "old");
  scene.script("b", "same");
  scene.take(kFirst);
  scene.script("a", "new");
  scene.temp.write(std::string("backups/") + kFirst + "/b_entrypoint.sh", "odd");
  CHECK_NOTHROW(check_sources(scene.read(kFirst), scene.plan()));
}

TEST_CASE("RestorePlan: only what differs is touched", "[backup][plan]") {
  const PlanScene scene;
  for (const char* service : {"same", "content", "mode", "gone"}) scene.script(service, "old");
  scene.take(kFirst);
  scene.script("content", "new");
  scene.script("mode", "old", 0700);
  scene.script("extra", "new");
  std::filesystem::remove_all(scene.temp / "services/gone");
  const RestorePlan plan = scene.plan();
  CHECK(in_short(plan) ==
        "~services/content/entrypoint.sh -services/extra/entrypoint.sh "
        "+services/gone/entrypoint.sh ~services/mode/entrypoint.sh");
  CHECK(plan.kept_newer.empty());
  CHECK(plan.missing_services.empty());
}

TEST_CASE("RestorePlan: another owner differs where it can be given back", "[backup][plan]") {
  const PlanScene scene;
  if (geteuid() != 0) return;
  scene.script("a", "old");
  scene.take(kFirst);
  REQUIRE(chown((scene.temp / service_path("a")).c_str(), 12345, 12345) == 0);
  CHECK(in_short(scene.plan()) == "~services/a/entrypoint.sh");
}

TEST_CASE("RestorePlan: the time of a file makes no difference", "[backup][plan]") {
  const PlanScene scene;
  scene.script("a", "old");
  scene.take(kFirst);
  std::filesystem::remove(scene.temp / service_path("a"));
  scene.script("a", "old");
  CHECK(scene.plan().empty());
}

TEST_CASE("RestorePlan: what the target lacks is kept when it is not exact", "[backup][plan]") {
  const PlanScene scene;
  scene.script("a", "old");
  std::filesystem::create_directories(scene.temp / "services/was_absent");
  scene.take(kFirst);
  scene.script("added", "new");
  scene.script("was_absent", "new");
  const RestorePlan plan = scene.plan({.scope = {.exact = false}});
  CHECK(plan.empty());
  CHECK(plan.kept_added == Names{service_path("added"), service_path("was_absent")});
  CHECK(in_short(scene.plan()) == "-services/added/entrypoint.sh -services/was_absent/entrypoint.sh");
}

TEST_CASE("RestorePlan: a service whose directory vanished is skipped unless made again", "[backup][plan]") {
  const PlanScene scene;
  scene.script("gone", "old");
  scene.script("script_gone", "old");
  scene.take(kFirst);
  std::filesystem::remove_all(scene.temp / "services/gone");
  std::filesystem::remove(scene.temp / service_path("script_gone"));
  const RestorePlan plan = scene.plan({.scope = {.recreate_services = false}});
  CHECK(plan.missing_services == Names{"gone"});
  CHECK(in_short(plan) == "+services/script_gone/entrypoint.sh");
  CHECK(in_short(scene.plan()) == "+services/gone/entrypoint.sh +services/script_gone/entrypoint.sh");
}

TEST_CASE("RestorePlan: only the services that were asked for", "[backup][plan]") {
  PlanScene scene;
  scene.patterns.files = {"x.conf"};
  scene.script("a", "old");
  scene.script("b", "old");
  scene.temp.write("x.conf", "old");
  scene.take(kFirst);
  scene.script("a", "new");
  scene.script("b", "new");
  scene.script("added", "new");
  scene.temp.write("x.conf", "new");
  const RestorePlan plan = scene.plan({.scope = {.only_services = {"b", "added"}}});
  CHECK(in_short(plan) == "-services/added/entrypoint.sh ~services/b/entrypoint.sh");
}

TEST_CASE("RestorePlan: newer work is kept and named; it is asked for what differs only", "[backup][plan]") {
  const PlanScene scene;
  for (const char* service : {"mine", "same", "theirs"}) scene.script(service, "old");
  scene.script("gone", "old");
  scene.take(kFirst);
  scene.script("mine", "new");
  scene.script("theirs", "new");
  scene.script("theirs_too", "new");
  std::filesystem::remove(scene.temp / service_path("gone"));
  Names asked;
  RestoreRules rules;
  rules.may_touch = [&](const std::string& path, const FileEntry* live) {
    asked.push_back(path + (live == nullptr ? " (gone)" : ""));
    return path.find("theirs") == std::string::npos;
  };
  const RestorePlan plan = scene.plan(rules);
  CHECK(in_short(plan) == "+services/gone/entrypoint.sh ~services/mine/entrypoint.sh");
  CHECK(plan.kept_newer == Names{service_path("theirs"), service_path("theirs_too")});
  CHECK(asked == Names{service_path("gone") + " (gone)", service_path("mine"), service_path("theirs"),
                       service_path("theirs_too")});
}

TEST_CASE("RestorePlan: what today's patterns do not name is left, and named", "[backup][plan]") {
  PlanScene scene;
  scene.patterns.files = {"x.conf", "y.conf"};
  scene.temp.write("x.conf", "old");
  scene.temp.write("y.conf", "old");
  scene.take(kFirst);
  scene.patterns.files = {};
  scene.temp.write("x.conf", "new");
  const RestorePlan plan = scene.plan();
  CHECK(plan.empty());
  REQUIRE(plan.left.size() == 2);
  CHECK(plan.left[0].path == "x.conf");
  CHECK(plan.left[0].why == LeftFile::Why::kNotTracked);
}

TEST_CASE("RestorePlan: what the set never looked for is left", "[backup][plan]") {
  PlanScene scene;
  scene.take(kFirst);
  scene.patterns.files = {"x.conf"};
  scene.temp.write("x.conf", "lay there all along");
  const RestorePlan plan = scene.plan();
  CHECK(plan.empty());
  REQUIRE(plan.left.size() == 1);
  CHECK(plan.left[0].why == LeftFile::Why::kUnknownThen);
}

TEST_CASE("RestorePlan: a run removes what it brought, and nothing that it found", "[backup][plan]") {
  PlanScene scene;
  scene.take(kFirst);
  scene.script("brought", "by the checkout");
  const std::vector<FileEntry> before = scene.live().files;
  scene.script("made", "by the generator");
  const RestorePlan plan = scene.plan({.before = &before});
  CHECK(in_short(plan) == "-services/made/entrypoint.sh");
  REQUIRE(plan.left.size() == 1);
  CHECK(plan.left[0].path == service_path("brought"));
  CHECK(plan.left[0].why == LeftFile::Why::kLayThere);
}

TEST_CASE("RestorePlan: what took a script's place is replaced", "[backup][plan]") {
  const PlanScene scene;
  scene.script("a", "old");
  scene.take(kFirst);
  std::filesystem::remove(scene.temp / service_path("a"));
  std::filesystem::create_symlink("/etc/passwd", scene.temp / service_path("a"));
  CHECK(in_short(scene.plan()) == "~services/a/entrypoint.sh");
}

TEST_CASE("RestorePlan: a set of the original never removes and never minds the owner", "[backup][plan]") {
  const PlanScene scene;
  scene.temp.write(std::string("backups/") + kFirst + "/a_entrypoint.sh", "old", 0755);
  scene.script("a", "new");
  scene.script("b", "new");
  const RestorePlan plan = scene.plan({.scope = {.exact = true}});
  CHECK(in_short(plan) == "~services/a/entrypoint.sh");
  CHECK(plan.kept_added == Names{service_path("b")});
  scene.script("a", "old");
  if (geteuid() == 0) REQUIRE(chown((scene.temp / service_path("a")).c_str(), 12345, 12345) == 0);
  CHECK(scene.plan().empty());
}

TEST_CASE("RestorePlan: the digest of what a plan leaves is known before", "[backup][plan]") {
  const PlanScene scene;
  for (const char* service : {"changed", "missing", "same"}) scene.script(service, "old");
  scene.take(kFirst);
  const std::string before = scene.live().digest;
  scene.script("added", "new");
  scene.script("changed", "new");
  std::filesystem::remove(scene.temp / service_path("missing"));
  RestoreRules rules;
  SECTION("all goes back") { CHECK(set_digest(files_after(scene.live().files, scene.plan())) == before); }
  SECTION("what was added stays") {
    rules.scope.exact = false;
    const std::string after = set_digest(files_after(scene.live().files, scene.plan(rules)));
    scene.script("changed", "old");
    scene.script("missing", "old");
    CHECK(after == scene.live().digest);
    CHECK(after != before);
  }
}
