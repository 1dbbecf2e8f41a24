// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/origin.h"

#include "store/records/history.h"
#include "support/catch.h"
#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;

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

TEST_CASE("Origin: what was never accepted has none", "[deploy][origin]") {
  const StoreScene scene;
  CHECK_FALSE(origin_of(scene.store, kContent));
  HistoryLine line = accepted_line("2024-03-10_14-23-01", kContent, 1);
  line.event = HistoryLine::Event::kRolledBack;
  append_history(scene.store, line);
  CHECK_FALSE(origin_of(scene.store, kContent));
}

TEST_CASE("Origin: the newest run that was accepted with the content", "[deploy][origin]") {
  const StoreScene scene;
  append_history(scene.store, accepted_line("2024-03-10_14-23-01", kContent, 1));
  append_history(scene.store, accepted_line("2024-03-10_14-23-02", kContent, 2));
  append_history(scene.store, accepted_line("2024-03-10_14-23-03", sha256_hex("other"), 3));
  const auto origin = origin_of(scene.store, kContent);
  REQUIRE(origin);
  CHECK(origin->run == uid_of("2024-03-10_14-23-02"));
  CHECK(origin->accepted == 2);
  CHECK(origin->actor == "alice");
}

TEST_CASE("Origin: a history that cannot be read tells nothing", "[deploy][origin]") {
  const StoreScene scene;
  scene.temp.write("backups/.backstep/history.jsonl/in-the-way", "");
  CHECK_FALSE(origin_of(scene.store, kContent));
}
