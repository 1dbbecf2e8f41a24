// SPDX-License-Identifier: Apache-2.0
#include "store/records/history.h"

#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using Event = HistoryLine::Event;

namespace {

// Ends of runs r1, r2, ...: one a minute.
struct Ends {
  std::vector<HistoryLine> history;
  Catalog catalog;

  HistoryLine& end(Event event, const std::string& digest, int exit_code = 0, RunVerb verb = RunVerb::kRun) {
    HistoryLine line;
    line.run = "r" + std::to_string(history.size() + 1);
    line.event = event;
    line.verb = verb;
    line.time = 60 * static_cast<int64_t>(history.size() + 1);
    line.exit_code = exit_code;
    line.digest = digest;
    history.push_back(line);
    return history.back();
  }
  void rolled_back(const std::string& tried, const std::string& live, RunVerb verb = RunVerb::kRun) {
    end(Event::kRolledBack, tried, 20, verb).live = live;
  }
  // "v1 since r1 of r3"
  std::string told() const {
    const auto live = live_version(history, catalog);
    if (!live) return "none";
    return (live->digest.empty() ? "unknown" : live->digest) + " since " + live->put_live->run +
           (live->deployed == nullptr ? "" : " of " + live->deployed->run);
  }
};

}  // namespace

TEST_CASE("LiveVersion: without a deploy on record nothing is live", "[store][live_version]") {
  Ends ends;
  CHECK(ends.told() == "none");
  ends.end(Event::kBegun, "");
  ends.end(Event::kRestored, "v1", 5);
  ends.end(Event::kUnrestored, "v1", 5);
  CHECK(ends.told() == "none");
}

TEST_CASE("LiveVersion: what nobody can tell is not claimed", "[store][live_version]") {
  Ends ends;
  ends.end(Event::kAccepted, "v1");
  SECTION("moved away") { ends.end(Event::kNothingToRollBackTo, "v2", 10); }
  SECTION("left by hand") { ends.end(Event::kKept, "v2"); }
  SECTION("a rollback to a set that is stored no more, and nothing else told") {
    ends.end(Event::kRolledBack, "v2", 20).restored_from = "2024-03-10_14-23-00";
  }
  CHECK(ends.told() == "unknown since r2");
}

TEST_CASE("LiveVersion: a redeploy does not make it younger, but it is the last run's", "[store][live_version]") {
  Ends ends;
  ends.end(Event::kAccepted, "v0");
  ends.end(Event::kAccepted, "v1");
  ends.end(Event::kBegun, "");
  ends.end(Event::kAccepted, "v1");
  ends.end(Event::kRestored, "v2", 5);
  CHECK(ends.told() == "v1 since r2 of r4");
  CHECK(live_version(ends.history, ends.catalog)->since == 120);
}

TEST_CASE("LiveVersion: after a rollback it is live since then, from the run that brought it",
          "[store][live_version]") {
  Ends ends;
  ends.end(Event::kAccepted, "v1");
  ends.rolled_back("v2", "v1");
  CHECK(ends.told() == "v1 since r2 of r1");
  ends.rolled_back("v1", "v1");  // an unchanged redeploy that failed
  CHECK(ends.told() == "v1 since r2 of r1");
  ends.rolled_back("v1", "v2", RunVerb::kRollback);
  CHECK(ends.told() == "v2 since r4 of r2");
}

TEST_CASE("LiveVersion: a failed version that stayed is what is live", "[store][live_version]") {
  Ends ends;
  ends.end(Event::kAccepted, "v1");
  ends.end(Event::kUnrestored, "v2", 23);
  CHECK(ends.told() == "v2 since r2 of r2");
}

TEST_CASE("LiveVersion: a line that does not say what lies there is told by its target", "[store][live_version]") {
  Ends ends;
  CatalogEntry entry;
  entry.ref = {Shelf::kBackups, "2024-03-10_14-23-00"};
  entry.manifest.digest = "v1";
  ends.catalog.entries.push_back(entry);
  ends.end(Event::kRolledBack, "v2", 20).restored_from = "2024-03-10_14-23-00";
  CHECK(ends.told() == "v1 since r1");
}

TEST_CASE("LiveVersion: the last failure is no begin and no success", "[store][live_version]") {
  Ends ends;
  CHECK(last_failure(ends.history) == nullptr);
  ends.end(Event::kRolledBack, "v2", 20);
  ends.end(Event::kRolledBack, "v2", 0, RunVerb::kRollback);
  ends.end(Event::kAccepted, "v1");
  CHECK(last_failure(ends.history)->run == "r1");
}

TEST_CASE("LiveVersion: an acceptance outranks the tries of a content", "[store][live_version]") {
  Ends ends;
  ends.rolled_back("v2", "v1");
  ends.end(Event::kAccepted, "v2");
  ends.rolled_back("v2", "v1");
  CHECK(deploy_of(ends.history, "v2")->run == "r2");
  CHECK(deploy_of(ends.history, "v1") == nullptr);
  CHECK(deploy_of(ends.history, "") == nullptr);
}
