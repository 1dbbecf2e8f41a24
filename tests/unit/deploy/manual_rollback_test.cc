// SPDX-License-Identifier: Apache-2.0
#include "deploy/story.h"

#include "backup/take.h"
#include "base/error.h"
#include "deploy_scene.h"
#include "store/records/history.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::EndsWith;
using backstep::test::matchers::StartsWith;
using Names = std::vector<std::string>;
using Result = Outcome::Result;

namespace {

const std::string kBackup = "2024-03-10_14-20-00";

// A backup with `old` in the services a and b; `new` lies there, and c was added since.
struct RollbackScene : DeployScene {
  RollbackScene() {
    script("a", "old");
    script("b", "old");
    const Store opened = store();
    take_set(Tree{workspace, context.patterns, context.place}, opened, Shelf::kBackups, manifest_for(kBackup));
    script("a", "new");
    script("b", "new");
    script("c", "added");
  }
  void roll_back_and_expect(const RollbackOptions& options, Result result, int exit_status) {
    outcome = roll_back(context, options);
    CHECK(outcome.result == result);
    CHECK(outcome.exit_status == exit_status);
  }
  std::string refused(const RollbackOptions& options, ExitCode code) const {
    try {
      roll_back(context, options);
      return "not refused";
    } catch (const Error& error) {
      return error.code() == code ? error.message() : "another exit code: " + error.message();
    }
  }
  Outcome outcome;
};

RollbackOptions everything() { return {.to = "", .services = {}}; }

}  // namespace

TEST_CASE("ManualRollback: a damaged target changes nothing and names the others", "[deploy][manual]") {
  RollbackScene scene;
  scene.temp.write("backups/" + kBackup + "/b_entrypoint.sh", "odd");
  CHECK_THAT(scene.refused(everything(), ExitCode::kDamaged),
             Contains("cannot roll back to " + kBackup + ": damaged") && Contains("there is no other backup"));
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.ran.empty());
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("ManualRollback: a service that the target does not hold is a usage error", "[deploy][manual]") {
  RollbackScene scene;
  CHECK_THAT(scene.refused({.to = "", .services = {"d"}}, ExitCode::kUsage), Contains("no service is called 'd'"));
  CHECK_THAT(scene.refused({.to = kBackup, .services = {"c"}}, ExitCode::kUsage),
             Contains("backup " + kBackup + " holds no service 'c'"));
}

TEST_CASE("ManualRollback: without any backup it is the original's sentence", "[deploy][manual]") {
  const DeployScene scene;
  try {
    roll_back(scene.context, {.to = "", .services = {}});
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kNothingToRollBackTo);
    CHECK(error.message() == "No backups found. Cannot perform rollback.");
  }
}

TEST_CASE("ManualRollback: files, command, check, by the same journal", "[deploy][manual]") {
  RollbackScene scene;
  scene.roll_back_and_expect(everything(), Result::kRolledBack, 0);
  CHECK(scene.ran == Names{"rollback while restored", "check while restored"});
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.script_of("b") == "old");
  CHECK(scene.script_of("c") == "added");
  CHECK(scene.listener.has("Kept services/c/entrypoint.sh: it is not in " + kBackup));
  CHECK(scene.listener.has("restored: a from " + kBackup));
  CHECK(scene.last_event() == "rolled_back");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("ManualRollback: a check that fails is 21, a command that fails is 22", "[deploy][manual]") {
  RollbackScene scene;
  SECTION("check") {
    scene.on("check", [] { return exited(7); });
    scene.roll_back_and_expect(everything(), Result::kRolledBack, 21);
    CHECK(scene.phase() == "no journal");
  }
  SECTION("command") {
    scene.on("rollback", [] { return exited(7); });
    scene.roll_back_and_expect(everything(), Result::kRollbackFailed, 22);
    CHECK(scene.phase() == "restored");
  }
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("ManualRollback: files only runs nothing", "[deploy][manual]") {
  RollbackScene scene;
  scene.roll_back_and_expect({.to = "", .services = {}, .files_only = true}, Result::kRolledBack, 0);
  CHECK(scene.ran.empty());
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.outcome.live ==
        "the restored files (" + kBackup + ") (not checked); the services were not redeployed (--files-only)");
  CHECK(scene.last_event() == "restored");
}

TEST_CASE("ManualRollback: without a command nothing is live, whatever a check says", "[deploy][manual]") {
  RollbackScene scene;
  scene.config.deploy = {};
  scene.config.rollback.command = {};
  const bool healthy = GENERATE(true, false);
  if (!healthy) scene.on("check", [] { return exited(7); });
  scene.roll_back_and_expect({.to = "", .services = {}, .exact = true}, Result::kRolledBack, healthy ? 0 : 21);
  CHECK(scene.ran == Names{"check while restored"});
  CHECK(scene.outcome.live_is == Live::kRestoredFiles);
  CHECK_THAT(scene.outcome.live, EndsWith("; the services were not redeployed (no rollback command is set)"));
  CHECK(scene.outcome.verdict == Verdict::kUntested);
  CHECK(Verdicts::load(scene.store()).lines().empty());
  CHECK_FALSE(live_version(load_history(scene.store()), read_catalog(scene.store())));
  CHECK(scene.last_event() == "restored");
}

TEST_CASE("ManualRollback: it works with rollback off, for somebody asked", "[deploy][manual]") {
  RollbackScene scene;
  scene.config.rollback.enabled = false;
  scene.roll_back_and_expect(everything(), Result::kRolledBack, 0);
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("ManualRollback: only the services that were asked for", "[deploy][manual]") {
  RollbackScene scene;
  scene.roll_back_and_expect({.to = "", .services = {"b"}}, Result::kRolledBack, 0);
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.script_of("b") == "old");
  const auto files = read_live_set({scene.workspace, scene.context.patterns, scene.context.place}, nullptr);
  CHECK(variable(scene.runner.specs.front(), "BACKSTEP_DIGEST") == files.digest);
  CHECK_THAT(scene.outcome.live, StartsWith("the restored version (" + kBackup + " for b alone)"));
}

TEST_CASE("ManualRollback: the run that brought the target is named where all of it is live", "[deploy][manual]") {
  RollbackScene scene;
  HistoryLine line;
  line.run = uid_of("earlier");
  line.digest = read_catalog(scene.store()).entries.front().manifest.digest;
  append_history(scene.store(), line);
  const bool whole = GENERATE(true, false);
  scene.roll_back_and_expect({.to = "", .services = whole ? Names() : Names{"b"}, .exact = true}, Result::kRolledBack,
                             0);
  CHECK(scene.outcome.origin.has_value() == whole);
}

TEST_CASE("ManualRollback: what vanished and what was added", "[deploy][manual]") {
  RollbackScene scene;
  std::filesystem::remove_all(scene.temp / "services/b");
  SECTION("a service that vanished is skipped") {
    scene.roll_back_and_expect(everything(), Result::kRolledBack, 0);
    CHECK_FALSE(scene.temp.has("services/b"));
    CHECK(scene.listener.has("warning: Service b does not exist. Skipping."));
  }
  SECTION("and made again when asked") {
    scene.roll_back_and_expect({.to = "", .services = {}, .recreate = true}, Result::kRolledBack, 0);
    CHECK(scene.script_of("b") == "old");
  }
  SECTION("what was added is removed when asked, into the evidence") {
    scene.roll_back_and_expect({.to = "", .services = {}, .exact = true}, Result::kRolledBack, 0);
    CHECK_FALSE(scene.temp.has(service_path("c")));
    CHECK(scene.temp.read("backups/.backstep/" + scene.outcome.evidence + "/c_entrypoint.sh") == script_text("added"));
  }
}

TEST_CASE("ManualRollback: the evidence brings back what it replaced", "[deploy][manual]") {
  RollbackScene scene;
  scene.roll_back_and_expect(everything(), Result::kRolledBack, 0);
  const std::string evidence = scene.outcome.evidence;
  scene.clock.advance(Duration(60'000));
  scene.roll_back_and_expect({.to = evidence, .services = {}}, Result::kRolledBack, 0);
  CHECK(scene.script_of("a") == "new");
}

TEST_CASE("ManualRollback: the evidence comes back whole, in both directions", "[deploy][manual]") {
  RollbackScene scene;
  std::filesystem::remove_all(scene.temp / "services/b");
  scene.roll_back_and_expect({.to = "", .services = {}, .recreate = true, .exact = true}, Result::kRolledBack, 0);
  CHECK(scene.script_of("b") == "old");
  std::filesystem::remove_all(scene.temp / "services/c");
  scene.clock.advance(Duration(60'000));
  scene.roll_back_and_expect({.to = scene.outcome.evidence, .services = {}}, Result::kRolledBack, 0);
  CHECK(scene.script_of("a") == "new");
  CHECK_FALSE(scene.temp.has(service_path("b")));
  CHECK(scene.script_of("c") == "added");
  CHECK(load_history(scene.store()).back().live ==
        read_live_set({scene.workspace, scene.context.patterns, scene.context.place}, nullptr).digest);
}

TEST_CASE("ManualRollback: a check makes good what lies there: the target only where it is just that",
          "[deploy][manual]") {
  RollbackScene scene;
  const bool exact = GENERATE(true, false);
  scene.roll_back_and_expect({.to = "", .services = {}, .exact = exact}, Result::kRolledBack, 0);
  const std::string digest = read_catalog(scene.store()).entries.front().manifest.digest;
  CHECK(Verdicts::load(scene.store()).of(digest) == (exact ? Verdict::kGood : Verdict::kUntested));
  CHECK(Verdicts::load(scene.store()).of(scene.outcome.live_digest) == Verdict::kGood);
  CHECK(scene.outcome.verdict == Verdict::kGood);
}

TEST_CASE("ManualRollback: with nothing to restore the command still runs", "[deploy][manual]") {
  RollbackScene scene;
  scene.script("a", "old");
  scene.script("b", "old");
  RollbackOptions options = everything();
  options.to = kBackup;
  scene.roll_back_and_expect(options, Result::kRolledBack, 0);
  CHECK(scene.listener.has("Nothing to restore"));
  CHECK(scene.ran.size() == 2);
  CHECK(scene.outcome.evidence.empty());
}

TEST_CASE("ManualRollback: a set of the original is restored as the original did", "[deploy][manual]") {
  RollbackScene scene;
  scene.temp.write("backups/2024-03-10_14-21-00/a_entrypoint.sh", "older still", 0755);
  scene.roll_back_and_expect({.to = "2024-03-10_14-21-00", .services = {}}, Result::kRolledBack, 0);
  CHECK(scene.script_of("a") == "older still");
  CHECK(scene.script_of("b") == "new");
}

TEST_CASE("ManualRollback: a preview changes nothing and says the same", "[deploy][manual]") {
  RollbackScene scene;
  const Store store = scene.store();
  const auto busy = StoreLock::try_acquire(store.control(), std::nullopt);
  const RollbackPreview preview = preview_rollback(scene.context, store, everything());
  CHECK(preview.target.ref.label() == kBackup);
  CHECK(preview.plan.steps.size() == 2);
  CHECK(preview.plan.kept_added == Names{service_path("c")});
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.ran.empty());
}
