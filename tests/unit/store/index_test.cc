// SPDX-License-Identifier: Apache-2.0
#include "store/sets/index.h"

#include <sys/stat.h>

#include "base/error.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr const char* kIndexPath = "backups/.backstep/index";
constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kHashedAt = 1'710'080'580 * kSecond;

const SetRef kSet{Shelf::kGood, "2024-03-10_14-23-00"};

IndexRecord some_record() {
  IndexRecord record{.size = 6, .mode = 0755, .owner = {1000, 33}, .sha256 = sha256_of("script"), .capability = "0f"};
  record.live_inode = UINT64_MAX - 1;
  record.live_ctime_ns = kHashedAt - 5 * kSecond;
  record.live_mtime_ns = kHashedAt - 6 * kSecond;
  record.at_rest_ns = kHashedAt;
  record.copy_inode = 12;
  record.copy_mtime_ns = kHashedAt + 1;
  return record;
}

FileStatus live_of(const IndexRecord& record) {
  FileStatus live;
  live.type = FileType::kRegular;
  live.mode = record.mode;
  live.uid = record.owner.uid;
  live.gid = record.owner.gid;
  live.size = record.size;
  live.mtime_ns = record.live_mtime_ns;
  live.ctime_ns = record.live_ctime_ns;
  live.inode = record.live_inode;
  return live;
}

FileStatus copy_of(const IndexRecord& record) {
  FileStatus copy = live_of(record);
  copy.inode = record.copy_inode;
  copy.mtime_ns = record.copy_mtime_ns;
  return copy;
}

bool is_empty(const StoreScene& scene) {
  const Index index = Index::load(scene.store);
  return index.find("services/a/entrypoint.sh") == nullptr && index.find("b") == nullptr;
}

void save_two(const StoreScene& scene) {
  Index index;
  index.put("services/a/entrypoint.sh", kSet, some_record());
  index.put("b", {Shelf::kFailed, kSet.id}, some_record());
  index.save(scene.store);
}

}  // namespace

TEST_CASE("Index: one that is torn anywhere is empty", "[store][index]") {
  const StoreScene scene;
  save_two(scene);
  const std::string text = scene.temp.read(kIndexPath);
  REQUIRE_FALSE(is_empty(scene));
  for (size_t length = 0; length < text.size(); length += 7) {
    scene.temp.write(kIndexPath, text.substr(0, length));
    CAPTURE(length);
    REQUIRE(is_empty(scene));
  }
  scene.temp.write(kIndexPath, text.substr(0, text.size() - 1));
  REQUIRE(is_empty(scene));
}

TEST_CASE("Index: one with a flipped byte is empty", "[store][index]") {
  const StoreScene scene;
  save_two(scene);
  const std::string text = scene.temp.read(kIndexPath);
  const size_t trailer = text.find_last_of('\n', text.size() - 2) + 1;
  for (size_t at = 0; at < trailer; at += 5) {
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    scene.temp.write(kIndexPath, flipped);
    CAPTURE(at);
    REQUIRE(is_empty(scene));
  }
}

TEST_CASE("Index: a missing or foreign one is empty", "[store][index]") {
  const StoreScene scene;
  REQUIRE(is_empty(scene));
  scene.temp.write(kIndexPath, "something else\n");
  REQUIRE(is_empty(scene));
  std::filesystem::remove(scene.temp / kIndexPath);
  std::filesystem::create_symlink("/etc/passwd", scene.temp / kIndexPath);
  REQUIRE(is_empty(scene));
}

TEST_CASE("Index: one that cannot be written is an error", "[store][index]") {
  const StoreScene scene;
  std::filesystem::create_directory(scene.temp / kIndexPath);
  REQUIRE_THROWS_AS(save_two(scene), SystemError);
}

TEST_CASE("Index: a record reads back", "[store][index]") {
  const StoreScene scene;
  save_two(scene);
  const Index index = Index::load(scene.store);
  const IndexRecord* read = index.find("services/a/entrypoint.sh");
  REQUIRE(read != nullptr);
  const IndexRecord wanted = some_record();
  REQUIRE(read->sha256 == wanted.sha256);
  REQUIRE(read->capability == wanted.capability);
  REQUIRE(*read->set == kSet);
  REQUIRE(Index::live_unchanged(*read, live_of(wanted)));
  REQUIRE(Index::copy_usable(*read, copy_of(wanted)));
  REQUIRE(index.find("b")->set->shelf == Shelf::kFailed);
  REQUIRE(index.find("c") == nullptr);
  struct stat status {};
  REQUIRE(stat((scene.temp / kIndexPath).c_str(), &status) == 0);
  REQUIRE((status.st_mode & 07777) == 0600);
}

TEST_CASE("Index: a later record takes the place of an earlier one", "[store][index]") {
  Index index;
  IndexRecord record = some_record();
  index.put("b", kSet, record);
  record.copy_inode = 99;
  index.put("b", kSet, record);
  REQUIRE(index.find("b")->copy_inode == 99);
}

TEST_CASE("Index: any difference makes a live file a changed one", "[store][index]") {
  const IndexRecord record = some_record();
  FileStatus live = live_of(record);
  REQUIRE(Index::live_unchanged(record, live));
  SECTION("type") { live.type = FileType::kSymlink; }
  SECTION("inode") { ++live.inode; }
  SECTION("size") { ++live.size; }
  SECTION("mtime") { --live.mtime_ns; }
  SECTION("ctime") { --live.ctime_ns; }
  SECTION("mode") { live.mode = 0700; }
  SECTION("setuid") { live.mode |= 04000; }
  SECTION("user") { ++live.uid; }
  SECTION("group") { ++live.gid; }
  REQUIRE_FALSE(Index::live_unchanged(record, live));
}

TEST_CASE("Index: a file that changed just before it was hashed is not trusted", "[store][index]") {
  IndexRecord record = some_record();
  const int64_t age = GENERATE(as<int64_t>{}, -1, 0);
  SECTION("by its mtime") { record.live_mtime_ns = kHashedAt - age; }
  SECTION("by its ctime") { record.live_ctime_ns = kHashedAt - age; }
  REQUIRE_FALSE(Index::live_unchanged(record, live_of(record)));
  record.live_mtime_ns = record.live_ctime_ns = kHashedAt - 1;
  REQUIRE(Index::live_unchanged(record, live_of(record)));
}

TEST_CASE("Index: a stored copy that looks different is not linked", "[store][index]") {
  const IndexRecord record = some_record();
  FileStatus copy = copy_of(record);
  REQUIRE(Index::copy_usable(record, copy));
  SECTION("type") { copy.type = FileType::kOther; }
  SECTION("inode") { ++copy.inode; }
  SECTION("size") { --copy.size; }
  SECTION("mtime") { ++copy.mtime_ns; }
  SECTION("mode") { copy.mode = 0644; }
  SECTION("ten links") { copy.links = 10; }
  REQUIRE_FALSE(Index::copy_usable(record, copy));
}

TEST_CASE("Index: a stored copy is linked up to ten times", "[store][index]") {
  const StoreScene scene;
  scene.publish({Shelf::kBackups, "2024-03-10_14-23-00"}, "script");
  const Directory first = *scene.store.find_set({Shelf::kBackups, "2024-03-10_14-23-00"});
  const std::string stored = "action_service_entrypoint.sh";
  const FileEntry entry = entry_for(service_path("action_service"), "script");
  const FileStatus copy = *first.status(stored);
  const IndexRecord record = record_of(entry, copy, 0, copy.inode, copy.mtime_ns);
  int links = 1;
  while (links < 20 && Index::copy_usable(record, *first.status(stored))) {
    const std::string id = id_of_seconds(1710090000 + links);
    SetWriter writer(scene.store, {Shelf::kBackups, id}, 1);
    REQUIRE(writer.add_link(entry, first, stored));
    writer.publish(manifest_for(id, {entry}));
    ++links;
  }
  REQUIRE(links == 10);
}
