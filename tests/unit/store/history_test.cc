// SPDX-License-Identifier: Apache-2.0
#include "store/history.h"

#include <catch2/catch.hpp>

#include "stored_sets.h"

using namespace backstep;
using namespace backstep::test;
using Event = HistoryLine::Event;

namespace {

constexpr const char* kPath = "backups/.backstep/history.jsonl";

HistoryLine event(const std::string& run, Event kind, const std::string& owner = "me") {
  HistoryLine line;
  line.run = run;
  line.event = kind;
  line.owner = owner;
  line.time = 1710080580;
  return line;
}

}  // namespace

TEST_CASE("History: a run begins once and ends once", "[store][history]") {
  const StoreScene scene;
  append_history(scene.store, event("r1", Event::kBegun));
  append_history(scene.store, event("r1", Event::kBegun));
  append_history(scene.store, event("r1", Event::kRolledBack));
  append_history(scene.store, event("r1", Event::kAccepted));
  append_history(scene.store, event("r1", Event::kRolledBack));
  append_history(scene.store, event("r2", Event::kAccepted));
  append_history(scene.store, event("r2", Event::kBegun));
  const std::vector<HistoryLine> history = load_history(scene.store);
  REQUIRE(history.size() == 4);
  REQUIRE(history[0].event == Event::kBegun);
  REQUIRE(history[1].event == Event::kRolledBack);
  REQUIRE(history[2].run == "r2");
}

TEST_CASE("History: every member reads back", "[store][history]") {
  const StoreScene scene;
  const Event kind =
      GENERATE(Event::kBegun, Event::kAccepted, Event::kRolledBack, Event::kUnrestored,
               Event::kNothingToRollBackTo, Event::kRestored, Event::kKept);
  HistoryLine line = event("r1", kind);
  line.verb = "run";
  line.exit_code = 20;
  line.actor = "ada";
  line.url = "https://example.com/1";
  line.commit = "abc";
  line.digest = sha256_hex("x");
  line.backup = "2024-03-10_14-23-00";
  line.restored_from = "2024-03-10_14-22-00";
  line.evidence = "failed/2024-03-10_14-23-01";
  line.reason = "the check \"failed\"\n";
  append_history(scene.store, line);
  const HistoryLine read = load_history(scene.store).at(0);
  REQUIRE(read.event == kind);
  REQUIRE(read.run == "r1");
  REQUIRE(read.verb == line.verb);
  REQUIRE(read.time == line.time);
  REQUIRE(read.exit_code == 20);
  REQUIRE(read.owner == "me");
  REQUIRE(read.actor == line.actor);
  REQUIRE(read.url == line.url);
  REQUIRE(read.commit == line.commit);
  REQUIRE(read.digest == line.digest);
  REQUIRE(read.backup == line.backup);
  REQUIRE(read.restored_from == line.restored_from);
  REQUIRE(read.evidence == line.evidence);
  REQUIRE(read.reason == line.reason);
}

TEST_CASE("History: its text is stable", "[store][history]") {
  const StoreScene scene;
  append_history(scene.store, event("r1", Event::kUnrestored));
  REQUIRE(scene.temp.read(kPath) ==
          R"({"format":1,"run":"r1","event":"unrestored","time":"2024-03-10T14:23:00Z",)"
          R"("exit_code":0,"owner":"me"})"
          "\n");
}

TEST_CASE("History: broken lines are counted, the others stay", "[store][history]") {
  const StoreScene scene;
  append_history(scene.store, event("r1", Event::kKept));
  scene.temp.write(kPath,
                   "x\n{\"format\":1,\"run\":\"r\",\"time\":\"\",\"event\":\"exploded\"}\n"
                   "{\"format\":2}\n" +
                       scene.temp.read(kPath) + "{\"fo");
  int broken = -1;
  const std::vector<HistoryLine> history = load_history(scene.store, &broken);
  REQUIRE(broken == 2);
  REQUIRE(history.size() == 1);
}

TEST_CASE("History: only this owner's newest begin can be unfinished", "[store][history]") {
  REQUIRE_FALSE(unfinished_begin({}, "me"));
  std::vector<HistoryLine> history{event("r1", Event::kBegun), event("r2", Event::kBegun, "other"),
                                   event("r3", Event::kBegun), event("r3", Event::kAccepted)};
  REQUIRE_FALSE(unfinished_begin(history, "me"));
  REQUIRE(unfinished_begin(history, "other")->run == "r2");
  REQUIRE_FALSE(unfinished_begin(history, "nobody"));
  history.push_back(event("r4", Event::kBegun));
  REQUIRE(unfinished_begin(history, "me")->run == "r4");
  history.push_back(event("r4", Event::kRolledBack, "settled by another"));
  REQUIRE_FALSE(unfinished_begin(history, "me"));
}
