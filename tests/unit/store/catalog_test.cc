// SPDX-License-Identifier: Apache-2.0
#include "store/sets/set_reader.h"

#include "base/error.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using State = CatalogEntry::State;

namespace {

const std::string kFirst = "2024-03-10_14-23-00";
const std::string kSecondId = "2024-03-10_14-23-01";
const std::string kThird = "2024-03-10_14-23-02";

std::vector<std::string> labels(const Catalog& catalog) {
  std::vector<std::string> result;
  for (const CatalogEntry& entry : catalog.entries) result.push_back(entry.ref.label());
  return result;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Catalog: a store without .backstep lists what the original made", "[store][catalog]") {
  const TempDir temp;
  temp.write("backups/" + kFirst + "/a_entrypoint.sh", "x");
  temp.write("backups/" + kFirst + "/b_entrypoint.sh", "x");
  const Workspace workspace = workspace_at(temp.path());
  const Catalog catalog = read_catalog(*Store::open_existing(workspace, {"backups", false, "backups"}));
  REQUIRE(labels(catalog) == Names{kFirst});
  REQUIRE(catalog.entries[0].state == State::kUnverified);
  REQUIRE(catalog.entries[0].file_count == 2);
  REQUIRE(catalog.entries[0].manifest.time == 1710080580);
}

TEST_CASE("Catalog: foreign names are reported and left alone", "[store][catalog]") {
  const StoreScene scene;
  scene.temp.write("backups/.gitkeep", "");
  scene.temp.write("backups/notes.txt", "");
  scene.temp.write("backups/old/file", "");
  scene.temp.write("backups/" + kThird, "a file with a set's name");
  std::filesystem::create_directory_symlink("old", scene.temp / ("backups/" + kSecondId));
  scene.temp.write("backups/.partial-" + kFirst + "/x", "");
  const Catalog catalog = read_catalog(scene.store);
  REQUIRE(catalog.entries.empty());
  REQUIRE(catalog.foreign == Names{kSecondId, kThird, "notes.txt", "old"});
}

TEST_CASE("Catalog: a manifest that was replaced since is read again", "[store][catalog]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kFirst}, "one");
  scene.publish({Shelf::kBackups, kSecondId}, "two");
  const auto digests = [&] {
    Names found;
    for (const CatalogEntry& entry : read_catalog(scene.store).entries) found.push_back(entry.manifest.digest);
    return found;
  };
  const Names before = digests();
  REQUIRE(before[0] != before[1]);
  REQUIRE(digests() == before);
  const auto manifest_of = [&](const std::string& id) { return scene.temp / ("backups/" + id + "/_manifest.jsonl"); };
  SECTION("by another") {
    std::filesystem::copy_file(manifest_of(kSecondId), scene.temp / "other");
    std::filesystem::rename(scene.temp / "other", manifest_of(kFirst));
    REQUIRE(digests() == Names{before[1], before[1]});
  }
  SECTION("by nothing") {
    std::filesystem::remove(manifest_of(kFirst));
    REQUIRE(read_catalog(scene.store).entries[0].state == State::kUnverified);
  }
  SECTION("by a part of it") {
    std::filesystem::resize_file(manifest_of(kFirst), 100);
    REQUIRE(read_catalog(scene.store).entries[0].state == State::kDamaged);
  }
}

TEST_CASE("Catalog: damage is an entry with its reason, not the end of the list", "[store][catalog]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kFirst}, "one");
  const std::string name = "backups/" + kFirst + "/_manifest.jsonl";
  const std::string text = scene.temp.read(name);
  std::string trouble;
  State state = State::kDamaged;
  SECTION("cut") {
    scene.temp.write(name, text.substr(0, text.size() - 1));
    trouble = "last line: truncated";
  }
  SECTION("cut at a line") {
    scene.temp.write(name, text.substr(0, text.find("{\"count\"")));
    trouble = "last line: truncated";
  }
  SECTION("a symlink") {
    std::filesystem::remove(scene.temp / name);
    std::filesystem::create_symlink("/etc/passwd", scene.temp / name);
    trouble = "_manifest.jsonl";
  }
  SECTION("one endless line") {
    scene.temp.write(name, std::string(200'000, 'x'));
    trouble = "too long";
  }
  SECTION("newer") {
    std::string newer = text;
    newer.replace(newer.find("\"format\":1"), 10, "\"format\":2");
    scene.temp.write(name, newer);
    trouble = "update backstep";
    state = State::kNewer;
  }
  const Catalog catalog = read_catalog(scene.store);
  const CatalogEntry* entry = catalog.find({Shelf::kBackups, kFirst});
  REQUIRE(entry != nullptr);
  REQUIRE(entry->state == state);
  REQUIRE_THAT(entry->trouble, Contains(trouble));
  REQUIRE(entry->manifest.id == kFirst);
  REQUIRE(entry->manifest.digest.empty());
  REQUIRE(catalog.with_digest(digest_of_script("one")).empty());
}

TEST_CASE("Catalog: evidence without a manifest is damaged", "[store][catalog]") {
  const StoreScene scene;
  std::filesystem::create_directory(scene.temp / ("backups/.backstep/failed/" + kFirst));
  const Catalog catalog = read_catalog(scene.store);
  REQUIRE(catalog.entries.at(0).state == State::kDamaged);
}

TEST_CASE("Catalog: evidence that does not read says all the same what it rests on", "[store][catalog]") {
  const StoreScene scene;
  Manifest manifest = manifest_for(kSecondId);
  manifest.base = uid_of(kFirst);
  std::string text = manifest_text(manifest);
  const bool torn = GENERATE(true, false);
  if (torn) {
    text.resize(text.size() - 3);
  } else {
    text.replace(text.find("\"format\":1"), 10, "\"format\":2");
  }
  scene.temp.write("backups/.backstep/failed/" + kSecondId + "/_manifest.jsonl", text);
  const CatalogEntry entry = read_catalog(scene.store).entries.at(0);
  CHECK(entry.state == (torn ? State::kDamaged : State::kNewer));
  CHECK(entry.manifest.base == uid_of(kFirst));
}

TEST_CASE("Catalog: a backup that rests on another set is damaged", "[store][catalog]") {
  const StoreScene scene;
  Manifest manifest = manifest_for(kSecondId);
  manifest.base = uid_of(kFirst);
  SetWriter(scene.store, {Shelf::kBackups, kSecondId}, 0).publish(manifest);
  const CatalogEntry entry = read_catalog(scene.store).entries.at(0);
  CHECK(entry.state == State::kDamaged);
  CHECK_THAT(entry.trouble, Contains("which only failed files have"));
}

TEST_CASE("Catalog: sets of all shelves are listed oldest first", "[store][catalog]") {
  const StoreScene scene;
  scene.publish({Shelf::kGood, kSecondId}, "two");
  scene.publish({Shelf::kFailed, kThird}, "two");
  scene.publish({Shelf::kBackups, kFirst}, "two");
  const Catalog catalog = read_catalog(scene.store);
  REQUIRE(labels(catalog) == Names{kFirst, kSecondId, "failed/" + kThird});
  REQUIRE(catalog.entries[0].file_count == 1);
  REQUIRE(catalog.entries[0].manifest.run == uid_of("run " + kFirst));
  REQUIRE(catalog.foreign.empty());

  const auto same = catalog.with_digest(digest_of_script("two"));
  REQUIRE(same.size() == 2);
  REQUIRE(same[0]->ref.id == kSecondId);
  REQUIRE(same[1]->ref.id == kFirst);
}

TEST_CASE("Catalog: what is newer has the higher sequence, then the higher uid, whatever its date",
          "[store][catalog]") {
  const StoreScene scene;
  const auto publish = [&](const std::string& id, int64_t sequence, char uid) {
    Manifest manifest = manifest_for(id);
    manifest.sequence = sequence;
    manifest.uid = std::string(20, uid);
    SetWriter(scene.store, {Shelf::kBackups, id}, 0).publish(manifest);
  };
  publish("9999-12-31_23-59-59", 1, 'a');
  publish(kThird, 2, 'c');
  publish(kSecondId, 2, 'd');
  publish(kFirst, 3, 'a');
  const Catalog catalog = read_catalog(scene.store);
  CHECK(labels(catalog) == Names{"9999-12-31_23-59-59", kThird, kSecondId, kFirst});
  CHECK(find_by_name(catalog, "latest")->id == kFirst);
  CHECK(catalog.is_newer({Shelf::kBackups, kFirst}, {Shelf::kBackups, "9999-12-31_23-59-59"}));
  CHECK(catalog.is_newer({Shelf::kBackups, kThird}, {Shelf::kBackups, "2024-01-01_00-00-00"}));
  CHECK(catalog.find_named(std::string(20, 'd'))->ref.id == kSecondId);
  CHECK(catalog.find_named(std::string(20, 'e')) == nullptr);
}

TEST_CASE("Catalog: the original's sets have their place by time, if it can be", "[store][catalog]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kFirst}, "one");
  scene.publish({Shelf::kBackups, kThird}, "two");
  const std::string before = "2024-03-10_14-22-00";
  const std::string after = "2024-03-10_15-00-00";
  const std::string never = "9999-01-01_00-00-00";
  for (const std::string& id : {before, kSecondId, after, never}) {
    scene.temp.write("backups/" + id + "/a_entrypoint.sh", "x");
  }
  const Catalog catalog = read_catalog(scene.store);
  CHECK(labels(catalog) == Names{never, before, kFirst, kSecondId, kThird, after});
  CHECK(find_by_name(catalog, "latest")->id == after);
  CHECK(catalog.find_named(kSecondId)->ref.id == kSecondId);
}

TEST_CASE("Catalog: a large manifest is read by its ends", "[store][catalog]") {
  const StoreScene scene;
  Manifest manifest = manifest_for(kFirst);
  manifest.tag = "large";
  for (int i = 10'000; i < 12'000; ++i) {
    manifest.files.push_back(absent_entry("services/s" + std::to_string(i) + "/entrypoint.sh"));
  }
  SetWriter(scene.store, {Shelf::kBackups, kFirst}, 0).publish(manifest);
  REQUIRE(scene.temp.read("backups/" + kFirst + "/_manifest.jsonl").size() > 100'000);
  const Catalog catalog = read_catalog(scene.store);
  REQUIRE(catalog.entries[0].state == State::kComplete);
  REQUIRE(catalog.entries[0].manifest.tag == "large");
  REQUIRE(catalog.entries[0].manifest.digest == sha256_hex(""));
  REQUIRE(catalog.entries[0].file_count == 2000);
}

TEST_CASE("Catalog: names find what a user means", "[store][catalog]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, kFirst}, "one");
  scene.publish({Shelf::kGood, kSecondId}, "two");
  scene.publish({Shelf::kFailed, kThird}, "three");
  const Catalog catalog = read_catalog(scene.store);
  REQUIRE(find_by_name(catalog, kFirst) == SetRef{Shelf::kBackups, kFirst});
  REQUIRE(find_by_name(catalog, kSecondId) == SetRef{Shelf::kGood, kSecondId});
  REQUIRE(find_by_name(catalog, "failed/" + kThird) == SetRef{Shelf::kFailed, kThird});
  REQUIRE(find_by_name(catalog, "latest") == SetRef{Shelf::kBackups, kFirst});
  REQUIRE_FALSE(find_by_name(catalog, kThird));
  REQUIRE_FALSE(find_by_name(catalog, "failed/" + kFirst));
  REQUIRE_FALSE(find_by_name(catalog, ""));
  REQUIRE_FALSE(find_by_name(Catalog{}, "latest"));
}

TEST_CASE("Catalog: latest passes over a newer version's set", "[store][catalog]") {
  Catalog catalog;
  for (const State state : {State::kComplete, State::kUnverified, State::kNewer}) {
    CatalogEntry entry;
    entry.ref = {Shelf::kBackups, id_of_seconds(static_cast<int64_t>(catalog.entries.size()))};
    entry.state = state;
    catalog.entries.push_back(entry);
  }
  REQUIRE(find_by_name(catalog, "latest")->id == id_of_seconds(1));
}
