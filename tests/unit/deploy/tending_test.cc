// SPDX-License-Identifier: Apache-2.0
#include "deploy/tending.h"

#include <catch2/catch.hpp>

#include "backup/take.h"
#include "base/error.h"
#include "deploy_scene.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;
using Catch::Matchers::Contains;
using Names = std::vector<std::string>;

namespace {

struct TendingScene : DeployScene {
  Store opened = store();

  void take(const std::string& id, const std::string& text, Shelf shelf = Shelf::kBackups) const {
    script("a", text);
    take_set(Tree{workspace, context.patterns, context.place}, opened, shelf, manifest_for(id));
  }
  std::string refused(bool good, const std::string& name) const {
    return refusal([&] { mark(context, good, name); });
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
    const Marked marked = mark(scene.context, true, "");
    CHECK(scene.sets(Shelf::kGood) == Names{marked.label});
    CHECK(scene.verdict_on("text") == Verdict::kGood);
    mark(scene.context, true, "");
    CHECK(scene.sets(Shelf::kGood).size() == 1);
  }
  SECTION("bad") {
    CHECK(mark(scene.context, false, "").label == "what lies here");
    CHECK(scene.sets(Shelf::kGood).empty());
    CHECK(scene.verdict_on("text") == Verdict::kBad);
  }
}

TEST_CASE("Mark: a human's newest word outranks the check", "[deploy][tending]") {
  const TendingScene scene;
  scene.take("2024-03-10_14-20-00", "text");
  append_verdict(scene.opened, {.run = "r",
                                .digest = mark(scene.context, false, "latest").digest,
                                .good = true,
                                .commit = ""});
  CHECK(scene.verdict_on("text") == Verdict::kBad);
  mark(scene.context, true, "2024-03-10_14-20-00");
  CHECK(scene.verdict_on("text") == Verdict::kGood);
}

TEST_CASE("Mark: it works beside an open run and leaves its journal", "[deploy][tending]") {
  const TendingScene scene;
  scene.take("2024-03-10_14-23-00", "text");
  save_journal(scene.opened, journal_of_run());
  const std::string before = scene.temp.read("backups/.backstep/journal.json");
  mark(scene.context, true, "latest");
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
  const auto leaving = [](const std::vector<RetentionDecision>& decisions) {
    Names names;
    for (const auto& decision : decisions) {
      if (!decision.keep) names.push_back(decision.ref.id);
    }
    return names;
  };
  CHECK(leaving(decide_prune(scene.context, scene.opened)) == Names{"2024-03-10_14-21-00"});
  CHECK(scene.sets(Shelf::kBackups).size() == 3);
  CHECK(leaving(prune(scene.context)) == Names{"2024-03-10_14-21-00"});
  CHECK(scene.sets(Shelf::kBackups) == Names{"2024-03-10_14-20-00", "2024-03-10_14-22-00"});
}

TEST_CASE("Prune: an empty policy is refused", "[deploy][tending]") {
  TendingScene scene;
  scene.take("2024-03-10_14-20-00", "text");
  scene.config.retention = {.keep_last = 0, .keep_good = 0, .keep_within = Duration(0)};
  CHECK(refusal([&] { prune(scene.context); }) != "not refused");
  CHECK(scene.sets(Shelf::kBackups).size() == 1);
}
