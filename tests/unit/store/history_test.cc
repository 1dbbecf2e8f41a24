// SPDX-License-Identifier: Apache-2.0
#include "store/records/history.h"

#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using Event = HistoryLine::Event;

namespace {

constexpr const char* kHistoryPath = "backups/.backstep/history.jsonl";
const std::string kRun1 = uid_of("1");
const std::string kRun2 = uid_of("2");
const std::string kRun3 = uid_of("3");
const std::string kRun4 = uid_of("4");

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
  append_history(scene.store, event(kRun1, Event::kBegun));
  append_history(scene.store, event(kRun1, Event::kBegun));
  append_history(scene.store, event(kRun1, Event::kRolledBack));
  append_history(scene.store, event(kRun1, Event::kAccepted));
  append_history(scene.store, event(kRun1, Event::kRolledBack));
  append_history(scene.store, event(kRun2, Event::kAccepted));
  append_history(scene.store, event(kRun2, Event::kBegun));
  const std::vector<HistoryLine> history = load_history(scene.store);
  REQUIRE(history.size() == 4);
  REQUIRE(history[0].event == Event::kBegun);
  REQUIRE(history[1].event == Event::kRolledBack);
  REQUIRE(history[2].run == kRun2);
}

TEST_CASE("History: every member reads back", "[store][history]") {
  const StoreScene scene;
  const Event kind = GENERATE(Event::kBegun, Event::kAccepted, Event::kRolledBack, Event::kUnrestored,
                              Event::kNothingToRollBackTo, Event::kRestored, Event::kKept);
  HistoryLine line = event(kRun1, kind);
  line.verb = RunVerb::kRun;
  line.exit_code = 20;
  line.actor = "ada";
  line.url = "https://example.com/1";
  line.commit = "abc";
  line.digest = sha256_hex("x");
  line.backup = uid_of("backup");
  line.restored_from = "2024-03-10_14-22-00";  // the original's
  line.evidence = uid_of("evidence");
  line.reason = "the check \"failed\"\n";
  line.live = sha256_hex("y");
  append_history(scene.store, line);
  const HistoryLine read = load_history(scene.store).at(0);
  REQUIRE(read.event == kind);
  REQUIRE(read.run == kRun1);
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
  REQUIRE(read.live == line.live);
}

TEST_CASE("History: its text is stable", "[store][history]") {
  const StoreScene scene;
  append_history(scene.store, event(kRun1, Event::kUnrestored));
  REQUIRE(scene.temp.read(kHistoryPath) == R"({"format":1,"run":")" + kRun1 +
                                               R"(","sequence":1,"event":"unrestored","verb":"run",)"
                                               R"("time":"2024-03-10T14:23:00Z",)"
                                               R"("exit_code":0,"owner":"me","store":")" +
                                               scene.temp.read("backups/.backstep/store").substr(0, 20) +
                                               R"("})"
                                               "\n");
}

TEST_CASE("History: broken lines are counted, the others stay", "[store][history]") {
  const StoreScene scene;
  append_history(scene.store, event(kRun1, Event::kKept));
  scene.temp.write(kHistoryPath, "x\n{\"format\":1,\"run\":\"" + kRun1 +
                                     "\",\"sequence\":1,\"time\":\"\",\"event\":\"exploded\"}\n{\"format\":2}\n" +
                                     scene.temp.read(kHistoryPath) + "{\"fo");
  scene.store.forget_records();
  int broken = -1;
  const std::vector<HistoryLine> history = load_history(scene.store, &broken);
  REQUIRE(broken == 2);
  REQUIRE(history.size() == 1);
}

TEST_CASE("History: a line of no run, or of no content, is broken", "[store][history]") {
  const StoreScene scene;
  HistoryLine line = event(kRun1, Event::kAccepted);
  SECTION("a run that has no uid") { line.run = GENERATE("", "r1", "2024-03-10_14-23-00"); }
  SECTION("a digest that is none") { line.digest = "ab"; }
  SECTION("and of what lay there") { line.live = "latest"; }
  append_history(scene.store, line);
  int broken = -1;
  CHECK(load_history(scene.store, &broken).empty());
  CHECK(broken == 1);
}

TEST_CASE("History: what names no set is passed over", "[store][history]") {
  const StoreScene scene;
  HistoryLine line = event(kRun1, Event::kRolledBack);
  const std::string odd =
      GENERATE("latest", "failed/", "failed/2024-03-10_14-23-00", "../2024-03-10_14-23-00", "$(touch x)");
  line.backup = line.restored_from = line.evidence = odd;
  append_history(scene.store, line);
  const HistoryLine read = load_history(scene.store).at(0);
  CHECK(read.backup.empty());
  CHECK(read.restored_from.empty());
  CHECK(read.evidence.empty());
}

TEST_CASE("History: only this owner's newest begin can be unfinished", "[store][history]") {
  REQUIRE_FALSE(unfinished_begin({}, "me"));
  std::vector<HistoryLine> history{event(kRun1, Event::kBegun), event(kRun2, Event::kBegun, "other"),
                                   event(kRun3, Event::kBegun), event(kRun3, Event::kAccepted)};
  for (size_t i = 0; i < history.size(); ++i) history[i].sequence = static_cast<int64_t>(i);
  REQUIRE_FALSE(unfinished_begin(history, "me"));
  REQUIRE(unfinished_begin(history, "other")->run == kRun2);
  REQUIRE_FALSE(unfinished_begin(history, "nobody"));
  history.push_back(event(kRun4, Event::kBegun));
  history.back().sequence = 7;
  REQUIRE(unfinished_begin(history, "me")->run == kRun4);
  history.push_back(event(kRun4, Event::kRolledBack, "settled by another"));
  REQUIRE_FALSE(unfinished_begin(history, "me"));
  HistoryLine elsewhere = event(uid_of("elsewhere"), Event::kBegun);
  elsewhere.sequence = 7;
  history.insert(history.end() - 2, elsewhere);
  REQUIRE(unfinished_begin(history, "me")->run == elsewhere.run);
}

TEST_CASE("History: people read the labels that sets have here", "[store][history]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, "2024-03-10_14-23-00"}, "one");
  scene.publish({Shelf::kFailed, "2024-03-10_14-23-01"}, "two");
  HistoryLine line = event(kRun1, Event::kRolledBack);
  line.backup = uid_of("2024-03-10_14-23-00");
  line.evidence = uid_of("2024-03-10_14-23-01");
  line.restored_from = uid_of("gone");
  append_history(scene.store, line);
  const HistoryLine read = labelled_history(scene.store, read_catalog(scene.store)).at(0);
  CHECK(read.backup == "2024-03-10_14-23-00");
  CHECK(read.evidence == "failed/2024-03-10_14-23-01");
  CHECK(read.restored_from.empty());
  CHECK(read.sequence > 1);
}
