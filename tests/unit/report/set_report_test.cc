// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include "support/catch.h"
#include "unit/store/stored_sets.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
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
  Manifest manifest = manifest_for(kId, {absent_entry("missing.yml"), entry_for(service_path("a"), "text", 0750)});
  manifest.commit = "abc";
  manifest.message = "before\nit";
  manifest.owner = "me";
  manifest.digest = std::string(64, 'd');
  return {{{Shelf::kBackups, kId}, scene.store.backups().duplicate()}, std::move(manifest), false, std::nullopt};
}

}  // namespace

TEST_CASE("SetReport: what is wrong with a set is seen in the list", "[report][set_report]") {
  struct Row {
    State state;
    const char* shown;
  };
  for (const Row& row :
       {Row{State::kDamaged, "DAMAGED"}, Row{State::kNewer, "newer format"}, Row{State::kUnverified, "unverified"}}) {
    const CatalogEntry entry = entry_of(row.state, "the reason");
    const std::string text = list_text({{&entry, {Verdict::kGood}, true}}, {});
    CHECK_THAT(text, Contains(row.shown) && Contains("the reason") && !Contains("good"));
    const Json json = list_json({{&entry, {Verdict::kGood}, true}}, {});
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
  const std::string text = list_text({{&entry, {Verdict::kBad}, true}}, {});
  CHECK_THAT(text, Contains("failed/" + kId + "  ✘ bad, current  dddddddd  "));
  CHECK_THAT(text, Contains("v1 remark\n"));
  const Json json = list_json({{&entry, {Verdict::kBad}, true}}, {});
  CHECK(json.text("backstep") == "list");
  const Json& set = json.find("sets")->array()->at(0);
  CHECK(set.text("id") == "failed/" + kId);
  CHECK(set.text("kind") == "failed");
  CHECK(set.text("verdict") == "bad");
  CHECK(set.flag_or("current", false));
  CHECK(set.number("files") == 2);
}

TEST_CASE("SetReport: a version is by the run that brought it, not by the one that backed it up",
          "[report][set_report]") {
  CatalogEntry entry = entry_of(State::kComplete);
  entry.manifest.actor = "taker";
  entry.manifest.commit = "later";
  HistoryLine deploy;
  deploy.run = "r1";
  deploy.actor = "Jo-with-a-long-name";
  deploy.commit = "0123456789";
  deploy.time = 1'710'080'580;
  const VerdictLine by{.run = "r2", .digest = "", .good = true, .time = 1'710'080'580, .commit = ""};
  const SetLine line{&entry, {Verdict::kGood, &by, &deploy}, false, true};
  CHECK_THAT(list_text({line}, {}),
             Contains("✔ good, live") && Contains("  Jo-with-a-l…  01234567") && !Contains("taker"));
  const Json json = list_json({line}, {});
  const Json& set = json.find("sets")->array()->at(0);
  CHECK(set.text("actor") == "taker");
  CHECK(set.find("deployed")->text("actor") == "Jo-with-a-long-name");
  CHECK(set.find("verdict_by")->text("time") == "2024-03-10T14:23:00Z");
  CHECK(set.flag_or("live", false));
  const StoreScene scene;
  const std::string text = set_text(stored(scene), line.standing);
  CHECK_THAT(text, Contains("  verdict: good, since 2024-03-10T14:23:00Z (run r2)\n"));
  CHECK_THAT(text, Contains("  deploy:  2024-03-10T14:23:00Z by Jo-with-a-long-name, run r1, "
                            "commit 0123456789\n"));
}

TEST_CASE("SetReport: a long remark is cut for the terminal", "[report][set_report]") {
  CatalogEntry entry = entry_of(State::kComplete);
  entry.manifest.message = std::string(200, 'm');
  CHECK_THAT(list_text({{&entry, {}, false}}, {}), Contains("mm…\n"));
  CHECK(list_json({{&entry, {}, false}}, {}).find("sets")->array()->at(0).text("message") == entry.manifest.message);
}

TEST_CASE("SetReport: one set with its files, the missing ones too", "[report][set_report]") {
  const StoreScene scene;
  const StoredSet set = stored(scene);
  const std::string text = set_text(set, {Verdict::kGood});
  CHECK_THAT(text, Contains("backup " + kId + "\n"));
  CHECK_THAT(text, Contains("  taken:   2024-03-10T14:23:00Z\n"));
  CHECK_THAT(text, Contains("  verdict: good\n"));
  CHECK_THAT(text, Contains("  message: before\\x0ait\n"));
  CHECK_THAT(text, Contains("(was not there)  missing.yml"));
  CHECK_THAT(text, Contains("0750  0:0    4     " + sha256_hex("text").substr(0, 12)));
  const Json json = set_json(set, {Verdict::kGood});
  CHECK(json.text("time") == "2024-03-10T14:23:00Z");
  const auto& files = *json.find("files")->array();
  REQUIRE(files.size() == 2);
  CHECK(files[0].flag_or("absent", false));
  CHECK(files[1].text("mode") == "0750");
  CHECK(files[1].text("sha256") == sha256_hex("text"));
}

TEST_CASE("SetReport: a set of the original claims neither time nor verdict", "[report][set_report]") {
  const StoreScene scene;
  StoredSet set = stored(scene);
  set.unverified = true;
  const std::string text = set_text(set, {});
  CHECK_THAT(text, Contains("unverified") && !Contains("taken:") && !Contains("digest:"));
  CHECK(set_json(set, {}).find("time")->is_null());
}

TEST_CASE("SetReport: each problem of a set has its line", "[report][set_report]") {
  const std::vector<VerifiedSet> sets{
      {kId, false, 2, {"one", "two"}}, {"failed/" + kId, false, 1, {}}, {"old", true, 1, {}}};
  CHECK(verify_text(sets) == "❌ " + kId + ": one\n❌ " + kId + ": two\n✅ failed/" + kId +
                                 ": 1 file as stored\n⚠️ old: unverified, it has no manifest\n");
  CHECK(verify_text({}) == "no backups yet\n");
  const Json json = verify_json(sets);
  CHECK(json.text("backstep") == "verify");
  CHECK(json.find("sets")->array()->at(0).texts("problems").size() == 2);
}
