// SPDX-License-Identifier: Apache-2.0
#include "deploy/store_upkeep.h"

#include "backup/take.h"
#include "base/error.h"
#include "deploy_scene.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;

namespace {

struct TendingScene : DeployScene {
  Store opened = store();

  void take(const std::string& id, const std::string& text, Shelf shelf = Shelf::kBackups) const {
    script("a", text);
    take_set(Tree{workspace, context.patterns, context.place}, opened, shelf, manifest_for(id));
  }
  std::string refused(bool good, const std::string& name) const {
    return refusal([&] { mark(context, good ? Verdict::kGood : Verdict::kBad, name); });
  }
};

}  // namespace

TEST_CASE("Mark: what has no digest cannot be marked", "[deploy][tending]") {
  const TendingScene scene;
  CHECK_THAT(scene.refused(true, "2024-03-10_14-23-00"), Contains("there is no backup"));
  CHECK_THAT(scene.refused(true, ""), Contains("no tracked file lies here"));
  scene.temp.write("backups/2024-03-10_14-23-00/a_entrypoint.sh", "x");
  CHECK_THAT(scene.refused(true, "2024-03-10_14-23-00"), Contains("has no readable manifest"));
}

TEST_CASE("Mark: what lies there and is good is stored when no set has it", "[deploy][tending]") {
  const TendingScene scene;
  scene.script("a", "text");
  SECTION("good") {
    const Marked marked = mark(scene.context, Verdict::kGood, "");
    CHECK(scene.sets(Shelf::kGood) == Names{marked.label});
    CHECK(scene.verdict_on("text") == Verdict::kGood);
    mark(scene.context, Verdict::kGood, "");
    CHECK(scene.sets(Shelf::kGood).size() == 1);
  }
  SECTION("bad") {
    CHECK(mark(scene.context, Verdict::kBad, "").label == "what lies here");
    CHECK(scene.sets(Shelf::kGood).empty());
    CHECK(scene.verdict_on("text") == Verdict::kBad);
  }
}

TEST_CASE("Mark: a human's newest word outranks the check", "[deploy][tending]") {
  const TendingScene scene;
  scene.take("2024-03-10_14-20-00", "text");
  append_verdict(
      scene.opened,
      {.run = uid_of("r"), .digest = mark(scene.context, Verdict::kBad, "latest").digest, .good = true, .commit = ""});
  CHECK(scene.verdict_on("text") == Verdict::kBad);
  mark(scene.context, Verdict::kGood, "2024-03-10_14-20-00");
  CHECK(scene.verdict_on("text") == Verdict::kGood);
}

TEST_CASE("Mark: its commit is that of the run that brought the files", "[deploy][tending]") {
  TendingScene scene;
  scene.context.commit = "of the mark";
  scene.take("2024-03-10_14-20-00", "text");
  const auto commit = [&] {
    scene.opened.forget_records();
    return Verdicts::load(scene.opened).lines().back().commit;
  };
  SECTION("none is on record") {
    mark(scene.context, Verdict::kGood, "latest");
    CHECK(commit().empty());
  }
  SECTION("stored by the mark itself, from the checkout of this pipeline") {
    scene.script("a", "new");
    mark(scene.context, Verdict::kGood, "");
    CHECK(commit() == "of the mark");
  }
  SECTION("a run brought them") {
    HistoryLine line;
    line.run = uid_of("earlier");
    line.digest = read_catalog(scene.opened).entries.front().manifest.digest;
    line.commit = "of the run";
    append_history(scene.opened, line);
    mark(scene.context, Verdict::kGood, "latest");
    CHECK(commit() == "of the run");
    mark(scene.context, Verdict::kGood, "");
    CHECK(commit() == "of the run");
  }
}

TEST_CASE("Mark: untested takes back whatever was said", "[deploy][tending]") {
  const TendingScene scene;
  scene.script("a", "text");
  CHECK(mark(scene.context, Verdict::kBad, "").label == "what lies here");
  CHECK(mark(scene.context, Verdict::kUntested, "").label == "what lies here");
  CHECK(scene.verdict_on("text") == Verdict::kUntested);
  CHECK(scene.sets(Shelf::kGood).empty());
}

TEST_CASE("Mark: it works beside an open run and leaves its journal", "[deploy][tending]") {
  const TendingScene scene;
  scene.take("2024-03-10_14-23-00", "text");
  save_journal(scene.opened, journal_of_run());
  const std::string before = scene.temp.read("backups/.backstep/journal.json");
  mark(scene.context, Verdict::kGood, "latest");
  prune(scene.context);
  CHECK(scene.temp.read("backups/.backstep/journal.json") == before);
}

TEST_CASE("Prune: it removes what it said, and never what an open run needs", "[deploy][tending]") {
  TendingScene scene;
  for (const char* id : {"2024-03-10_14-20-00", "2024-03-10_14-21-00", "2024-03-10_14-22-00"}) {
    scene.take(id, id);
  }
  save_journal(scene.opened, journal_of_run("2024-03-10_14-20-00"));
  scene.config.retention = {.keep_last = 1, .keep_good = 0, .keep_within = Duration(0)};
  const std::vector<SetRef> expected{{Shelf::kBackups, "2024-03-10_14-21-00"}};
  const Pruning planned = decide_prune(scene.context, scene.opened);
  CHECK(planned.leaving() == expected);
  CHECK(planned.freed_bytes > 0);
  CHECK(scene.sets(Shelf::kBackups).size() == 3);
  const Pruning done = prune(scene.context);
  CHECK(done.leaving() == expected);
  CHECK(done.freed_bytes == planned.freed_bytes);
  CHECK(scene.sets(Shelf::kBackups) == Names{"2024-03-10_14-20-00", "2024-03-10_14-22-00"});
}

TEST_CASE("Prune: an empty policy is refused", "[deploy][tending]") {
  TendingScene scene;
  scene.take("2024-03-10_14-20-00", "text");
  scene.config.retention = {.keep_last = 0, .keep_good = 0, .keep_within = Duration(0)};
  CHECK(refusal([&] { prune(scene.context); }) != "not refused");
  CHECK(scene.sets(Shelf::kBackups).size() == 1);
}
