// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/comparison.h"

#include <unistd.h>

#include "backup_scene.h"
#include "base/error.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

// "a=c b=+": the services that differ, and how.
std::string in_letters(const ComparedSide& from, const ComparedSide& to) {
  std::string text;
  for (const FileDifference& file : differences(from, to)) {
    const std::string service = original_patterns().service_of(file.path());
    text += (text.empty() ? "" : " ") + (service.empty() ? file.path() : service) + "=" + file.letters();
  }
  return text;
}

ComparedSide side_with(std::vector<FileEntry> files, const std::string& label = "id") {
  ComparedSide side;
  side.label = label;
  side.files = std::move(files);
  return side;
}

std::string damage_of(const StoredSet& set) {
  try {
    compared_set(set);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kDamaged);
    return error.message();
  }
  return "not refused";
}

}  // namespace

TEST_CASE("Comparison: a set that is damaged anywhere is no side", "[backup][comparison]") {
  const BackupScene scene;
  scene.script("a", "one");
  scene.script("b", "two");
  scene.take(kFirst);
  const StoredSet set = scene.read(kFirst);
  CHECK(compared_set(set).label == kFirst);
  scene.temp.write("backups/" + std::string(kFirst) + "/b_entrypoint.sh", "twO");
  CHECK(damage_of(set) == std::string(kFirst) +
                              " is damaged, so nothing of it is shown: b_entrypoint.sh: content "
                              "differs from the manifest");
  std::filesystem::remove(scene.temp / ("backups/" + std::string(kFirst) + "/a_entrypoint.sh"));
  CHECK_THAT(damage_of(set), Contains("(2 problems: see 'verify " + std::string(kFirst)));
}

TEST_CASE("Comparison: a stored file that is damaged after the look is refused too", "[backup][comparison]") {
  const BackupScene scene;
  scene.script("a", "one");
  scene.take(kFirst);
  const StoredSet set = scene.read(kFirst);
  const ComparedSide side = compared_set(set);
  CHECK(side.content(side.files.at(0)) == "one");
  for (const char* text : {"two", "one and more", "on"}) {
    scene.temp.write("backups/" + std::string(kFirst) + "/a_entrypoint.sh", text);
    CHECK_THROWS_WITH(side.content(side.files.at(0)), Contains("is not what its manifest says"));
  }
}

TEST_CASE("Comparison: a live file that changes while it is compared is an error", "[backup][comparison]") {
  const BackupScene scene;
  scene.script("a", "one");
  scene.take(kFirst);
  const StoredSet set = scene.read(kFirst);
  scene.script("a", "two");
  const ComparedSide now = compared_tree(scene.tree(), set, nullptr);
  CHECK(now.content(now.files.at(0)) == "two");
  scene.script("a", "three");
  CHECK_THROWS_WITH(now.content(now.files.at(0)), Contains("keeps changing while it is read"));
}

TEST_CASE("Comparison: each kind of difference has its letter", "[backup][comparison]") {
  const auto entry = [](const char* service, const char* text, mode_t mode = 0755) {
    return entry_for(service_path(service), text, mode);
  };
  const ComparedSide from =
      side_with({entry("a", "x"), entry("b", "x"), entry("c", "x"), absent_entry(service_path("d")), entry("e", "x"),
                 entry("f", "x"), absent_entry(service_path("g"))});
  const ComparedSide to = side_with({entry("a", "x"), entry("b", "y", 0700), entry("c", "x", 0644), entry("d", "x"),
                                     absent_entry(service_path("f")), entry("h", "x")});
  CHECK(in_letters(from, to) == "b=cp c=p d=+ e=- f=- h=+");
  CHECK(in_letters(to, from) == "b=cp c=p d=- e=+ f=+ h=-");
  CHECK(in_letters(from, from).empty());
}

TEST_CASE("Comparison: owners count where they would be restored", "[backup][comparison]") {
  FileEntry mine = entry_for(service_path("a"), "x");
  FileEntry theirs = mine;
  theirs.owner = {mine.owner.uid + 1, mine.owner.gid + 1};
  const ComparedSide from = side_with({mine});
  ComparedSide to = side_with({theirs});
  CHECK(in_letters(from, to) == (may_change_owner() ? "a=ug" : ""));
  to.has_owners = false;
  CHECK(in_letters(from, to).empty());
}

TEST_CASE("Comparison: of what is no file any more only that is said", "[backup][comparison]") {
  const BackupScene scene;
  scene.script("a", "one");
  scene.take(kFirst);
  const StoredSet set = scene.read(kFirst);
  std::filesystem::remove(scene.temp / service_path("a"));
  std::filesystem::create_directory(scene.temp / service_path("a"));
  CHECK(in_letters(compared_set(set), compared_tree(scene.tree(), set, nullptr)) == "a=c");
}

TEST_CASE("Comparison: only what both looked for is compared, and the rest is named", "[backup][comparison]") {
  BackupScene scene;
  scene.script("a", "one");
  scene.temp.write("was.yml", "x");
  scene.patterns.files = {"was.yml"};
  scene.take(kFirst);
  const StoredSet set = scene.read(kFirst);
  scene.patterns.files = {"is.yml"};
  scene.temp.write("is.yml", "x");
  scene.temp.write("was.yml", "y");
  ComparedSide from = compared_set(set);
  ComparedSide here = compared_tree(scene.tree(), set, nullptr);
  const auto left = keep_comparable(from, here);
  CHECK(in_letters(from, here).empty());
  REQUIRE(left.size() == 2);
  CHECK(left[0].path == "is.yml");
  CHECK(left[0].why == LeftFile::Why::kUnknownThen);
  CHECK(left[1].path == "was.yml");
  CHECK(left[1].why == LeftFile::Why::kNotTracked);
}

TEST_CASE("Comparison: what a forged set names in .git or the store is not read", "[backup][comparison]") {
  const BackupScene scene;
  scene.script("a", "one");
  scene.take(kFirst);
  for (const char* path : {".git/config", "backups/.backstep/history.jsonl"}) {
    StoredSet set = scene.read(kFirst);
    set.manifest.files = {entry_for(path, "x")};
    CHECK_THROWS_WITH(compared_tree(scene.tree(), set, nullptr),
                      Contains("which lies in the store or in .git: nothing is shown"));
  }
}
