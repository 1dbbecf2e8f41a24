// SPDX-License-Identifier: Apache-2.0
#include "report/set_report.h"

#include <catch2/catch.hpp>

#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;
using Catch::Matchers::Contains;
using State = CatalogEntry::State;

namespace {

const std::string kId = "2024-03-10_14-23-00";

CatalogEntry entry_of(State state, const std::string& trouble = "") {
  CatalogEntry entry;
  entry.ref = {Shelf::kBackups, kId};
  entry.state = state;
  entry.trouble = trouble;
  entry.file_count = 2;
  if (state == State::kComplete) entry.manifest = manifest_for(kId);
  return entry;
}

StoredSet stored(const StoreScene& scene) {
  Manifest manifest =
      manifest_for(kId, {absent_entry("missing.yml"), entry_for(service_path("a"), "text", 0750)});
  manifest.commit = "abc";
  manifest.message = "before\nit";
  manifest.owner = "me";
  manifest.digest = std::string(64, 'd');
  return {{Shelf::kBackups, kId}, scene.store.backups().duplicate(), std::move(manifest), false};
}

}  // namespace

TEST_CASE("SetReport: what is wrong with a set is seen in the list", "[report][set_report]") {
  struct Row {
    State state;
    const char* shown;
  };
  for (const Row& row : {Row{State::kDamaged, "DAMAGED"}, Row{State::kNewer, "newer format"},
                         Row{State::kUnverified, "unverified"}}) {
    const CatalogEntry entry = entry_of(row.state, "the reason");
    const std::string text = list_text({{&entry, Verdict::kGood, true}}, {});
    CHECK_THAT(text, Contains(row.shown) && Contains("the reason") && !Contains("good"));
    const Json json = list_json({{&entry, Verdict::kGood, true}}, {});
    CHECK(json.find("sets")->array()->at(0).text("state") == row.shown);
    CHECK(json.find("sets")->array()->at(0).text("trouble") == "the reason");
  }
}

TEST_CASE("SetReport: names that are none of ours are reported", "[report][set_report]") {
  CHECK(list_text({}, {"note\ns.txt"}) ==
        "no backups yet\n⚠️ Warning: 'note\\x0as.txt' is none of ours and is left alone\n");
  CHECK(list_json({}, {"notes.txt"}).texts("foreign") == std::vector<std::string>{"notes.txt"});
}

TEST_CASE("SetReport: a line of the list", "[report][set_report]") {
  CatalogEntry entry = entry_of(State::kComplete);
  entry.ref.shelf = Shelf::kFailed;
  entry.manifest.digest = std::string(64, 'd');
  entry.manifest.owner = "uid 0";
  entry.manifest.actor = "Jo";
  entry.manifest.tag = "v1";
  entry.manifest.message = "remark";
  const std::string text = list_text({{&entry, Verdict::kBad, true}}, {});
  CHECK_THAT(text, Contains("failed/" + kId + "  evidence  2      bad, current  dddddddddddd  Jo"));
  CHECK_THAT(text, Contains("v1 remark\n"));
  const Json json = list_json({{&entry, Verdict::kBad, true}}, {});
  CHECK(json.text("backstep") == "list");
  const Json& set = json.find("sets")->array()->at(0);
  CHECK(set.text("id") == "failed/" + kId);
  CHECK(set.text("kind") == "evidence");
  CHECK(set.text("verdict") == "bad");
  CHECK(set.flag_or("current", false));
  CHECK(set.number("files") == 2);
}

TEST_CASE("SetReport: one set with its files, the missing ones too", "[report][set_report]") {
  const StoreScene scene;
  const StoredSet set = stored(scene);
  const std::string text = set_text(set, Verdict::kGood);
  CHECK_THAT(text, Contains("backup " + kId + "\n"));
  CHECK_THAT(text, Contains("  taken:   2024-03-10T14:23:00Z\n"));
  CHECK_THAT(text, Contains("  verdict: good\n"));
  CHECK_THAT(text, Contains("  message: before\\x0ait\n"));
  CHECK_THAT(text, Contains("(was not there)  missing.yml"));
  CHECK_THAT(text, Contains("0750  0:0    4     " + sha256_hex("text").substr(0, 12)));
  const Json json = set_json(set, Verdict::kGood);
  CHECK(json.text("time") == "2024-03-10T14:23:00Z");
  const auto& files = *json.find("files")->array();
  REQUIRE(files.size() == 2);
  CHECK(files[0].flag_or("absent", false));
  CHECK(files[1].text("mode") == "0750");
  CHECK(files[1].text("sha256") == sha256_hex("text"));
}

TEST_CASE("SetReport: a set of the original claims neither time nor verdict",
          "[report][set_report]") {
  const StoreScene scene;
  StoredSet set = stored(scene);
  set.unverified = true;
  const std::string text = set_text(set, Verdict::kUntested);
  CHECK_THAT(text, Contains("unverified") && !Contains("taken:") && !Contains("digest:"));
  CHECK(set_json(set, Verdict::kUntested).find("time")->is_null());
}

TEST_CASE("SetReport: each problem of a set has its line", "[report][set_report]") {
  const std::vector<VerifiedSet> sets{
      {kId, false, 2, {"one", "two"}}, {"failed/" + kId, false, 1, {}}, {"old", true, 1, {}}};
  CHECK(verify_text(sets) ==
        "❌ " + kId + ": one\n❌ " + kId + ": two\n✅ failed/" + kId +
            ": 1 file as stored\n⚠️ old: unverified, it has no manifest\n");
  CHECK(verify_text({}) == "no backups yet\n");
  const Json json = verify_json(sets);
  CHECK(json.text("backstep") == "verify");
  CHECK(json.find("sets")->array()->at(0).texts("problems").size() == 2);
}

TEST_CASE("SetReport: a dry run of prune does not claim to have removed", "[report][set_report]") {
  const std::vector<RetentionDecision> decisions{{{Shelf::kBackups, "1"}, true, "last 10"},
                                                 {{Shelf::kGood, "2"}, false, "no rule"}};
  CHECK(prune_text(decisions, true) ==
        "ID  ACTION        REASON\n"
        "1   keep          last 10\n"
        "2   would remove  no rule\n");
  CHECK_THAT(prune_text(decisions, false), Contains("2   removed"));
  CHECK(prune_text({}, false) == "no backups yet\n");
  const Json json = prune_json(decisions, true);
  CHECK(json.flag_or("dry_run", false));
  CHECK_FALSE(json.find("sets")->array()->at(1).flag_or("keep", true));
}
