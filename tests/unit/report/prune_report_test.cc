// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

Pruning two_sets() {
  return {.decisions = {{{Shelf::kBackups, "1"}, true, {"last good", "last 10"}},
                        {{Shelf::kGood, "2"}, false, {"no rule keeps it"}}},
          .loss = "",
          .freed_bytes = 1234};
}

}  // namespace

TEST_CASE("PruneReport: a dry run does not claim to have removed", "[report][prune_report]") {
  CHECK(prune_text(two_sets(), true) ==
        "ID  KIND      ACTION        REASON\n"
        "1   backup    keep          last good, last 10\n"
        "2   accepted  would remove  no rule keeps it\n"
        "\n"
        "Would keep 1 set and remove 1 (1.2 kB freed)\n");
}

TEST_CASE("PruneReport: the last line says what was done", "[report][prune_report]") {
  Pruning pruning = two_sets();
  CHECK_THAT(prune_text(pruning, false), Contains("2   accepted  removed  no rule keeps it\n"));
  CHECK_THAT(prune_text(pruning, false),
             backstep::test::matchers::EndsWith("\nKept 1 set, removed 1 (1.2 kB freed)\n"));
  pruning.freed_bytes.reset();
  CHECK_THAT(prune_text(pruning, false), backstep::test::matchers::EndsWith("\nKept 1 set, removed 1\n"));
  pruning.decisions.pop_back();
  pruning.freed_bytes = 0;
  CHECK_THAT(prune_text(pruning, false), backstep::test::matchers::EndsWith("\nKept 1 set, removed none\n"));
  CHECK_THAT(prune_text(pruning, true), backstep::test::matchers::EndsWith("\nWould keep 1 set and remove none\n"));
}

TEST_CASE("PruneReport: sizes are short", "[report][prune_report]") {
  const auto freed = [](uint64_t bytes) {
    Pruning pruning = two_sets();
    pruning.freed_bytes = bytes;
    const std::string text = prune_text(pruning, false);
    const size_t start = text.find('(') + 1;
    return text.substr(start, text.find(" freed") - start);
  };
  CHECK(freed(1) == "1 byte");
  CHECK(freed(999) == "999 bytes");
  CHECK(freed(1000) == "1.0 kB");
  CHECK(freed(999'949) == "999.9 kB");
  CHECK(freed(999'950) == "1.0 MB");
  CHECK(freed(UINT64_MAX) == "18.4 EB");
}

TEST_CASE("PruneReport: a good version that no backup holds is said", "[report][prune_report]") {
  CHECK(prune_text({}, false) == "no backups yet\n");
  Pruning lost;
  lost.loss = "no backup holds it";
  CHECK(prune_text(lost, true) == "no backups yet\n⚠️ Warning: no backup holds it\n");
  CHECK(prune_json(lost, true).text("loss") == "no backup holds it");
}

TEST_CASE("PruneReport: JSON has every reason", "[report][prune_report]") {
  const Json json = prune_json(two_sets(), true);
  CHECK(json.flag_or("dry_run", false));
  CHECK(json.number("kept") == 1);
  CHECK(json.number("removed") == 1);
  CHECK(json.number("freed_bytes") == 1234);
  const auto& sets = *json.find("sets")->array();
  CHECK(sets[0].texts("reasons") == std::vector<std::string>{"last good", "last 10"});
  CHECK_FALSE(sets[1].flag_or("keep", true));
  CHECK(sets[1].text("kind") == "accepted");
  CHECK(prune_json({}, false).find("freed_bytes")->is_null());
}
