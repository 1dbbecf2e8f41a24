// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/run_lock.h"

#include "base/error.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const std::string kOpenTurn = "open " + journal_of_run().run;

struct TurnScene : DeployScene {
  Store opened = store();

  // Another process at work; the kernel does not mind that it is this one.
  std::optional<StoreLock> busy(const std::string& holder) const {
    auto lock = StoreLock::try_acquire(opened.control(), std::nullopt);
    lock->set_holder(holder);
    return lock;
  }
  void begun(const std::string& owner, int64_t guard_seconds) const {
    Journal journal = journal_of_run();
    journal.verb = RunVerb::kBegin;
    journal.owner = owner;
    journal.guard_until = FakeClock::kStart + guard_seconds;
    save_journal(opened, journal);
  }
  std::string refused(Intent intent) const {
    try {
      const RunLock held = take_run_lock(context, opened, intent);
      return held.open ? "open " + held.open->run : "free";
    } catch (const Error& error) {
      return error.code() == ExitCode::kLockHeld ? error.message() : "another exit code";
    }
  }
};

}  // namespace

TEST_CASE("RunLock: a living run is waited for, up to lock_wait, and named", "[deploy][run_lock]") {
  TurnScene scene;
  const auto lock = scene.busy("run 2024-03-10_14-23-00: run by you\n");
  const Intent intent = GENERATE(Intent::kChange, Intent::kFinish, Intent::kTend);
  CHECK_THAT(scene.refused(intent), Contains("another run has the store: run 2024-03-10_14-23-00: run by you;") &&
                                        Contains("gave up after lock_wait (1s)"));
  CHECK(scene.clock.steady() == Duration(1000));
  CHECK(scene.listener.told.size() == 1);
  CHECK(scene.listener.has("Waiting up to 1s for another run"));
}

TEST_CASE("RunLock: the last wait is no longer than what is left", "[deploy][run_lock]") {
  TurnScene scene;
  scene.config.lock_wait = Duration(150);
  const auto lock = scene.busy("somebody");
  scene.refused(Intent::kChange);
  CHECK(scene.clock.waits == std::vector<Duration>{Duration(100), Duration(50)});
}

TEST_CASE("RunLock: a run that ends meanwhile is followed", "[deploy][run_lock]") {
  TurnScene scene;
  auto lock = scene.busy("somebody");
  scene.clock.after_wait = [&] {
    if (scene.clock.waits.size() == 3) lock.reset();
  };
  CHECK(scene.refused(Intent::kChange) == "free");
  CHECK(scene.clock.waits.size() == 3);
}

TEST_CASE("RunLock: a call from within the run's own command is refused at once", "[deploy][run_lock]") {
  TurnScene scene;
  const auto lock = scene.busy("run 2024-03-10_14-23-00: run by me\n");
  scene.environment = Environment(Variables{{"BACKSTEP_RUN_ID", "2024-03-10_14-23-00"}});
  CHECK_THAT(scene.refused(Intent::kChange), Contains("would never end"));
  CHECK(scene.clock.waits.empty());
}

TEST_CASE("RunLock: a stop signal ends the wait", "[deploy][run_lock]") {
  TurnScene scene;
  const auto lock = scene.busy("somebody");
  scene.clock.stop_in_wait = 2;
  DeployScene::stop(SIGINT);
  try {
    take_run_lock(scene.context, scene.opened, Intent::kChange);
    FAIL("not interrupted");
  } catch (const Interrupted& interrupted) {
    CHECK(interrupted.signal_number() == SIGINT);
  }
}

TEST_CASE("RunLock: an own begun run refuses at once and names finish", "[deploy][run_lock]") {
  TurnScene scene;
  scene.begun("me", 60);
  CHECK_THAT(scene.refused(Intent::kChange), Contains("call 'backstep finish --status"));
  CHECK(scene.clock.waits.empty());
}

TEST_CASE("RunLock: another owner's begun run is waited for, without the lock", "[deploy][run_lock]") {
  TurnScene scene;
  scene.config.lock_wait = Duration(300'000);
  scene.begun("you", 60);
  bool was_free = true;
  scene.clock.after_wait = [&] { was_free = was_free && !lock_is_held(scene.opened.control()); };
  CHECK(scene.refused(Intent::kChange) == kOpenTurn);
  CHECK(was_free);
  CHECK(scene.clock.steady() == Duration(60'000));
}

TEST_CASE("RunLock: a begun run blocks neither finish nor prune", "[deploy][run_lock]") {
  const TurnScene scene;
  scene.begun("you", 60);
  CHECK(scene.refused(Intent::kFinish) == kOpenTurn);
  CHECK(scene.refused(Intent::kTend) == "free");
  CHECK(scene.clock.waits.empty());
}

TEST_CASE("RunLock: an abandoned journal is handed over", "[deploy][run_lock]") {
  const TurnScene scene;
  Journal journal = journal_of_run();
  SECTION("of a run") {}
  SECTION("of a begin past its guard_timeout") { journal.guard_until = FakeClock::kStart; }
  SECTION("of a begin whose finish had started") {
    journal.guard_until = FakeClock::kStart + 60;
    journal.phase = Phase::kDeployed;
  }
  save_journal(scene.opened, journal);
  CHECK(scene.refused(Intent::kChange) == kOpenTurn);
}

TEST_CASE("RunLock: who holds the lock says so", "[deploy][run_lock]") {
  SiteScene scene;
  scene.context.pipeline.actor = "Jo";
  scene.context.pipeline.url = "https://example.org/7";
  announce(scene.site, "run", "2024-03-10_14-23-00");
  CHECK(lock_holder(scene.opened.control()) ==
        "run 2024-03-10_14-23-00: run by me (Jo) since 2024-03-10T14:23:00Z, "
        "https://example.org/7\n");
}
