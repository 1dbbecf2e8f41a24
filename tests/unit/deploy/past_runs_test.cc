// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/records.h"

#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using Event = HistoryLine::Event;

namespace {

const std::string kRun = "2024-03-10_14-22-00";
const std::string kDigest = sha256_hex("v2");

struct FailedScene {
  StoreScene scene;

  void ended(Event event, int exit_code, RunVerb verb = RunVerb::kRun, const std::string& run = kRun) const {
    HistoryLine line;
    line.run = uid_of(run);
    line.event = event;
    line.verb = verb;
    line.time = FakeClock::kStart;
    line.exit_code = exit_code;
    line.url = "https://ci.example/2";
    line.digest = kDigest;
    line.evidence = uid_of(kRun);
    line.reason = "deploy exited with 7";
    append_history(scene.store, line);
  }
  void judged(bool good, bool by_human = false) const {
    append_verdict(scene.store, {.run = uid_of(kRun),
                                 .digest = kDigest,
                                 .good = good,
                                 .by_human = by_human,
                                 .time = FakeClock::kStart,
                                 .commit = ""});
  }
  std::optional<FailedBefore> found() const { return failed_before(scene.store, kDigest); }
};

}  // namespace

TEST_CASE("FailedBefore: nothing on record is nothing", "[deploy][past_runs]") {
  const FailedScene scene;
  CHECK_FALSE(scene.found());
}

TEST_CASE("FailedBefore: a verdict names its run, why and where the evidence is", "[deploy][past_runs]") {
  const FailedScene scene;
  scene.judged(false);
  SECTION("whose history is gone") {
    CHECK(described(*scene.found()) == "why is not on record, 2024-03-10T14:23:00Z in run " + uid_of(kRun));
  }
  SECTION("whose evidence is gone") {
    scene.ended(Event::kRolledBack, 20);
    CHECK(scene.found()->evidence.empty());
  }
  SECTION("of which all is there") {
    scene.ended(Event::kRolledBack, 20);
    scene.scene.publish({Shelf::kFailed, kRun}, "failed");
    const FailedBefore failed = *scene.found();
    CHECK(described(failed) ==
          "deploy exited with 7, 2024-03-10T14:23:00Z in run " + uid_of(kRun) + " (https://ci.example/2)");
    CHECK(failed.evidence == "failed/" + kRun);
  }
  CHECK(scene.found()->proved);
}

TEST_CASE("FailedBefore: a pass and a mark outrank it", "[deploy][past_runs]") {
  const FailedScene scene;
  scene.ended(Event::kRolledBack, 20);
  scene.judged(false);
  SECTION("a human's mark") {
    scene.judged(true, true);
    CHECK_FALSE(scene.found());
    scene.judged(false, true);
    CHECK(described(*scene.found()) == "marked bad by a human, 2024-03-10T14:23:00Z");
  }
}

TEST_CASE("FailedBefore: a run that failed proves nothing by itself", "[deploy][past_runs]") {
  const FailedScene scene;
  SECTION("rolled back") { scene.ended(Event::kRolledBack, 21); }
  SECTION("not rolled back") { scene.ended(Event::kUnrestored, 23); }
  SECTION("with nothing to go back to") { scene.ended(Event::kNothingToRollBackTo, 10); }
  REQUIRE(scene.found());
  CHECK_FALSE(scene.found()->proved);
  scene.ended(Event::kAccepted, 0, RunVerb::kRun, "2024-03-10_14-24-00");
  CHECK_FALSE(scene.found());
}

TEST_CASE("FailedBefore: what says nothing of the files does not count", "[deploy][past_runs]") {
  const FailedScene scene;
  SECTION("a signal") { scene.ended(Event::kRolledBack, 143); }
  SECTION("a rollback by hand, which replaced them") { scene.ended(Event::kRolledBack, 21, RunVerb::kRollback); }
  SECTION("a failure before the deploy") { scene.ended(Event::kRestored, 5); }
  CHECK_FALSE(scene.found());
}

namespace {

const std::string kContent = sha256_hex("d");

HistoryLine accepted_line(const std::string& run, const std::string& digest, int64_t time) {
  HistoryLine line;
  line.run = uid_of(run);
  line.digest = digest;
  line.time = time;
  line.actor = "alice";
  return line;
}

}  // namespace

TEST_CASE("PastRuns: what was never accepted has none", "[deploy][past_runs]") {
  const RunScene scene;
  CHECK_FALSE(origin_of(scene.run, kContent));
  HistoryLine line = accepted_line("2024-03-10_14-23-01", kContent, 1);
  line.event = HistoryLine::Event::kRolledBack;
  append_history(scene.opened, line);
  CHECK_FALSE(origin_of(scene.run, kContent));
}

TEST_CASE("PastRuns: the newest run that was accepted with the content", "[deploy][past_runs]") {
  const RunScene scene;
  append_history(scene.opened, accepted_line("2024-03-10_14-23-01", kContent, 1));
  append_history(scene.opened, accepted_line("2024-03-10_14-23-02", kContent, 2));
  append_history(scene.opened, accepted_line("2024-03-10_14-23-03", sha256_hex("other"), 3));
  const auto origin = origin_of(scene.run, kContent);
  REQUIRE(origin);
  CHECK(origin->run == uid_of("2024-03-10_14-23-02"));
  CHECK(origin->time == 2);
  CHECK(origin->actor == "alice");
}

TEST_CASE("PastRuns: a history that cannot be read tells nothing, and that is said", "[deploy][past_runs]") {
  const RunScene scene;
  scene.temp.write("backups/.backstep/history.jsonl/in-the-way", "");
  CHECK_FALSE(origin_of(scene.run, kContent));
  CHECK(scene.listener.has("which run brought what is live now is not known"));
}
