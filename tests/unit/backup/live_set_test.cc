// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/live_set.h"

#include "backup_scene.h"
#include "base/error.h"
#include "support/catch.h"
#include "system/clock.h"

using namespace backstep;
using namespace backstep::test;

namespace {

using Names = std::vector<std::string>;

// An index that claims another content of the live file, hashed this long after its last change.
Index lying_index(const BackupScene& scene, const std::string& path, int64_t hashed_after_ns) {
  const auto status = scene.workspace.directory.status(path);
  REQUIRE(status);
  FileEntry entry = entry_of(path, *status);
  entry.sha256 = sha256_of("another content");
  Index index;
  index.put(path, {}, record_of(entry, *status, status->ctime_ns + hashed_after_ns, 0, 0));
  return index;
}

ContentHash sha_with_index(const BackupScene& scene, const Index& index) {
  const LiveSet live = read_live_set(scene.tree(), &index);
  REQUIRE(live.files.size() == 1);
  return live.files[0].sha256;
}

}  // namespace

TEST_CASE("LiveSet: a file that changed just before it was hashed is read again", "[backup][live_set]") {
  const BackupScene scene;
  scene.script("a", "script");
  const Index index = lying_index(scene, service_path("a"), 0);
  CHECK(sha_with_index(scene, index) == sha256_of("script"));
}

TEST_CASE("LiveSet: a file that the index knows is not read again", "[backup][live_set]") {
  const BackupScene scene;
  scene.script("a", "script");
  const Index index = lying_index(scene, service_path("a"), 1);
  CHECK(sha_with_index(scene, index) == sha256_of("another content"));
}

TEST_CASE("LiveSet: a file that changed since the index is read again", "[backup][live_set]") {
  const BackupScene scene;
  scene.script("a", "script");
  const Index index = lying_index(scene, service_path("a"), 1);
  scene.script("a", "SCRIPT");
  CHECK(sha_with_index(scene, index) == sha256_of("SCRIPT"));
}

TEST_CASE("LiveSet: what is no regular file equals no content", "[backup][live_set]") {
  const BackupScene scene;
  std::filesystem::create_directories(scene.temp / service_path("a"));
  const LiveSet live = scene.live(Oddities::kReport);
  REQUIRE(live.files.size() == 1);
  CHECK(live.files[0].sha256 == kNoContent);
  CHECK_FALSE(live.files[0].absent);
  CHECK_THROWS_AS(scene.live(Oddities::kRefuse), Error);
}

TEST_CASE("LiveSet: a single file that is not there is no entry", "[backup][live_set]") {
  const BackupScene scene;
  CHECK_FALSE(read_live_file(scene.workspace.directory, "nothing/here"));
  scene.temp.write("x/file", "text", 0640);
  const auto entry = read_live_file(scene.workspace.directory, "x/file");
  REQUIRE(entry);
  CHECK(entry->sha256 == sha256_of("text"));
  CHECK(entry->mode == 0640);
  CHECK(entry->size == 4);
}

TEST_CASE("LiveSet: present and absent files are sorted together", "[backup][live_set]") {
  BackupScene scene;
  scene.script("z", "script");
  std::filesystem::create_directories(scene.temp / "services/m");
  scene.temp.write("a.conf", "");
  scene.patterns.files = {"zz.conf", "a.conf"};
  const LiveSet live = scene.live();
  Names paths;
  for (const FileEntry& file : live.files) paths.push_back((file.absent ? "!" : "") + file.path);
  CHECK(paths == Names{"a.conf", "!services/m/entrypoint.sh", "services/z/entrypoint.sh", "!zz.conf"});
  CHECK(live.warnings.size() == 1);
  CHECK_FALSE(live.empty());
}

TEST_CASE("LiveSet: one whose files are all absent is empty", "[backup][live_set]") {
  const BackupScene scene;
  std::filesystem::create_directories(scene.temp / "services/a");
  CHECK(scene.live().empty());
  std::filesystem::remove_all(scene.temp / "services");
  CHECK(scene.live().empty());
}

TEST_CASE("LiveSet: its digest is that of a set with these files", "[backup][live_set]") {
  const BackupScene scene;
  scene.script("action_service", "script");
  CHECK(scene.live().digest == digest_of_script("script"));
  scene.script("action_service", "script", 0644);
  CHECK(scene.live().digest != digest_of_script("script"));
}

TEST_CASE("LiveSet: what differs between two sets is named, services first", "[backup][live_set]") {
  const Patterns patterns = original_patterns();
  const std::vector<FileEntry> before{entry_for("a.conf", "1", 0644),
                                      entry_for("gone.conf", "1", 0644),
                                      entry_for("same.conf", "1", 0644),
                                      entry_for(service_path("changed"), "1"),
                                      absent_entry(service_path("came")),
                                      entry_for(service_path("less_bits"), "1"),
                                      entry_for(service_path("mode_only"), "1", 0755),
                                      entry_for(service_path("went"), "1")};
  const std::vector<FileEntry> after{entry_for("a.conf", "2", 0644),
                                     entry_for("same.conf", "1", 0644),
                                     entry_for(service_path("changed"), "2"),
                                     entry_for(service_path("came"), "1"),
                                     entry_for(service_path("less_bits"), "1", 0644),
                                     entry_for(service_path("mode_only"), "1", 0700),
                                     absent_entry(service_path("went"))};
  const auto sorted = [](std::vector<FileEntry> files) {
    std::sort(files.begin(), files.end(), [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
    return files;
  };
  CHECK(changed_between(sorted(before), sorted(after), patterns) ==
        Names{"came", "changed", "less_bits", "went", "a.conf", "gone.conf"});
  CHECK(changed_between(sorted(before), sorted(before), patterns).empty());
}

namespace {

Names rewritten(const BackupScene& scene, const Index* index) {
  Names paths;
  for (const auto& file : read_live_set(scene.tree(), index).rewritten) paths.push_back(file.path);
  return paths;
}

}  // namespace

TEST_CASE("LiveSet: what the index does not know as it is counts as rewritten", "[backup][live_set]") {
  const BackupScene scene;
  scene.script("a", "script");
  const Index lying = lying_index(scene, service_path("a"), 0);
  CHECK(rewritten(scene, &lying) == Names{service_path("a")});
  CHECK(rewritten(scene, nullptr) == Names{service_path("a")});
  const Index knowing = lying_index(scene, service_path("a"), 1);
  CHECK(read_live_set(scene.tree(), &knowing).rewritten.empty());
}

TEST_CASE("LiveSet: with checksum a file is read whatever the index knows", "[backup][live_set]") {
  const BackupScene scene;
  scene.script("a", "script");
  const Index lying = lying_index(scene, service_path("a"), 1);
  Tree tree = scene.tree();
  tree.checksum = true;
  CHECK(read_live_set(tree, &lying).files.front().sha256 == sha256_of("script"));
}
