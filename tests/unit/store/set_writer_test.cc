// SPDX-License-Identifier: Apache-2.0
#include "store/sets/set_writer.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/sets/set_reader.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const SetRef kWrittenRef{Shelf::kBackups, "2024-03-10_14-23-00"};
const std::string kWrittenDirectory = "backups/2024-03-10_14-23-00";
const std::string kPartial = "backups/.partial-2024-03-10_14-23-00";

struct stat stat_of(const std::string& path) {
  struct stat status {};
  REQUIRE(stat(path.c_str(), &status) == 0);
  return status;
}

}  // namespace

TEST_CASE("SetWriter: what is not published leaves nothing behind", "[store][writer]") {
  const StoreScene scene;
  scene.temp.write("source", "text");
  {
    SetWriter writer(scene.store, kWrittenRef, 2);
    FileEntry entry = entry_for("a/b/c.conf", "text");
    writer.add_copy(entry, scene.workspace.directory.open_file("source").get());
    REQUIRE(scene.temp.has(kPartial + "/_files/a/b/c.conf"));
    REQUIRE_FALSE(scene.temp.has(kWrittenDirectory));
  }
  REQUIRE_FALSE(scene.temp.has(kPartial));
  REQUIRE_FALSE(scene.temp.has(kWrittenDirectory));
}

TEST_CASE("SetWriter: a name that is taken is never merged into", "[store][writer]") {
  const StoreScene scene;
  scene.temp.write(kWrittenDirectory + "/mine", "x");
  SetWriter writer(scene.store, kWrittenRef, 0);
  REQUIRE_THROWS_WITH(writer.publish(manifest_for(kWrittenRef.id)), Contains("File exists"));
  REQUIRE(scene.temp.read(kWrittenDirectory + "/mine") == "x");
  REQUIRE_FALSE(scene.temp.has(kWrittenDirectory + "/_manifest.jsonl"));
}

TEST_CASE("SetWriter: the manifest of another set is refused", "[store][writer]") {
  const StoreScene scene;
  SetWriter writer(scene.store, kWrittenRef, 0);
  REQUIRE_THROWS_AS(writer.publish(manifest_for("2024-03-10_14-23-01")), Error);
  REQUIRE_FALSE(scene.temp.has(kWrittenDirectory));
}

TEST_CASE("SetWriter: a name that is not UTF-8 publishes nothing", "[store][writer]") {
  const StoreScene scene;
  SetWriter writer(scene.store, kWrittenRef, 1);
  FileEntry entry = entry_for("\xff.conf", "x");
  REQUIRE_THROWS_WITH(writer.publish(manifest_for(kWrittenRef.id, {entry})), Contains("not UTF-8"));
  REQUIRE_FALSE(scene.temp.has(kWrittenDirectory));
}

TEST_CASE("SetWriter: a file is not stored twice under one name", "[store][writer]") {
  const StoreScene scene;
  scene.temp.write("source", "text");
  SetWriter writer(scene.store, kWrittenRef, 2);
  FileEntry entry = entry_for("a", "text");
  const UniqueFd source = scene.workspace.directory.open_file("source");
  writer.add_copy(entry, source.get());
  REQUIRE_THROWS_AS(writer.add_copy(entry, source.get()), SystemError);
}

TEST_CASE("SetWriter: stored names are the original's for entrypoints", "[store][writer]") {
  const Patterns patterns = original_patterns();
  REQUIRE(SetWriter::stored_name(patterns, "services/action_service/entrypoint.sh") == "action_service_entrypoint.sh");
  REQUIRE(SetWriter::stored_name(patterns, "docker-compose.yml") == "_files/docker-compose.yml");
  REQUIRE(SetWriter::stored_name(patterns, "services/a/other.sh") == "_files/services/a/other.sh");
}

TEST_CASE("SetWriter: a copy has content, mode and hash of what was read", "[store][writer]") {
  const StoreScene scene;
  const auto [size, expected] = GENERATE(table<size_t, uint64_t>({
      {0, 0},
      {0, 7},
      {4096, 0},
      {4095, 4095},
      {262144, 262144},
      {700000, UINT64_MAX},
  }));
  const std::string text(size, 'x');
  scene.temp.write("source", text);
  const mode_t before = umask(077);
  FileEntry entry = entry_for("big.bin", "", 0666);
  entry.size = expected;
  {
    SetWriter writer(scene.store, kWrittenRef, 1);
    writer.add_copy(entry, scene.workspace.directory.open_file("source").get());
    writer.publish(manifest_for(kWrittenRef.id, {entry}));
  }
  umask(before);
  REQUIRE(entry.size == size);
  REQUIRE(entry.sha256 == sha256_of(text));
  REQUIRE(scene.temp.read(kWrittenDirectory + "/_files/big.bin") == text);
  REQUIRE((stat_of(scene.temp / (kWrittenDirectory + "/_files/big.bin")).st_mode & 07777) == 0666);
  REQUIRE((stat_of(scene.temp / kWrittenDirectory).st_mode & 07777) == 0700);
  REQUIRE((stat_of(scene.temp / (kWrittenDirectory + "/_files")).st_mode & 07777) == 0700);
  REQUIRE((stat_of(scene.temp / (kWrittenDirectory + "/_manifest.jsonl")).st_mode & 07777) == 0600);
}

TEST_CASE("SetWriter: a copy belongs to its original's owner, the rest to the workspace's", "[store][writer]") {
  if (!may_change_owner()) return;
  const StoreScene scene;
  REQUIRE(chown(scene.temp.path().c_str(), 1234, 2345) == 0);
  const Store store = Store::open_or_create(scene.workspace, scene.place);
  scene.temp.write("source", "text");
  FileEntry entry = entry_for("a/f", "text");
  entry.owner = {3456, 4567};
  entry.mode = 0640;
  SetWriter writer(store, kWrittenRef, 1);
  writer.add_copy(entry, scene.workspace.directory.open_file("source").get());
  writer.add_text("_output.txt", "why");
  writer.publish(manifest_for(kWrittenRef.id, {entry}));
  for (const char* name : {"", "/_files", "/_files/a", "/_output.txt", "/_manifest.jsonl"}) {
    CAPTURE(name);
    REQUIRE(stat_of(scene.temp / (kWrittenDirectory + name)).st_uid == 1234);
    REQUIRE(stat_of(scene.temp / (kWrittenDirectory + name)).st_gid == 2345);
  }
  const auto copy = stat_of(scene.temp / (kWrittenDirectory + "/_files/a/f"));
  REQUIRE(copy.st_uid == 3456);
  REQUIRE(copy.st_gid == 4567);
  REQUIRE((copy.st_mode & 07777) == 0640);
}

TEST_CASE("SetWriter: a link shares the earlier copy, and keeps its bytes when that set goes", "[store][writer]") {
  const StoreScene scene;
  scene.publish(kWrittenRef, "script");
  const SetRef next{Shelf::kGood, "2024-03-10_14-23-01"};
  const FileEntry entry = entry_for(service_path("action_service"), "script");
  {
    SetWriter writer(scene.store, next, 1);
    REQUIRE(writer.add_link(entry, *scene.store.find_set(kWrittenRef), entry.stored));
    writer.publish(manifest_for(next.id, {entry}));
  }
  const std::string copy = scene.temp / (kWrittenDirectory + "/action_service_entrypoint.sh");
  REQUIRE(stat_of(copy).st_nlink == 2);
  std::filesystem::remove_all(scene.temp / kWrittenDirectory);
  REQUIRE(verify_set(read_set(scene.store, next, original_patterns())).empty());
}

TEST_CASE("SetWriter: a live file that is on its way out may be linked", "[store][writer]") {
  const StoreScene scene;
  scene.temp.write("services/a/entrypoint.sh", "failed");
  const FileEntry entry = entry_for(service_path("a"), "failed");
  const SetRef evidence{Shelf::kFailed, kWrittenRef.id};
  {
    SetWriter writer(scene.store, evidence, 1);
    const Directory service = scene.workspace.directory.open_directory("services/a");
    REQUIRE(writer.add_link(entry, service, "entrypoint.sh", LinkedFile::kLiveFile));
    writer.publish(manifest_for(evidence.id, {entry}));
  }
  REQUIRE(verify_set(read_set(scene.store, evidence, original_patterns())).empty());
}

TEST_CASE("SetWriter: a link that cannot be made asks for a copy", "[store][writer]") {
  const StoreScene scene;
  SetWriter writer(scene.store, kWrittenRef, 1);
  const FileEntry entry = entry_for("f", "x");
  SECTION("the earlier copy is gone") { REQUIRE_FALSE(writer.add_link(entry, scene.workspace.directory, "gone")); }
  SECTION("another file system") {
    const Directory other = Directory::open_root("/dev/shm", "/dev/shm");
    if (other.own_status().device == scene.workspace.directory.own_status().device) return;
    TempDir shared;
    char name[] = "/dev/shm/backstep-test-XXXXXX";
    const int fd = mkstemp(name);
    REQUIRE(fd >= 0);
    close(fd);
    CHECK_FALSE(writer.add_link(entry, other, std::string(name).substr(9)));
    unlink(name);
  }
}

TEST_CASE("SetWriter: a partial set of a killed run is replaced", "[store][writer]") {
  const StoreScene scene;
  scene.temp.write(kPartial + "/_files/old", "half");
  scene.publish(kWrittenRef, "script");
  REQUIRE_FALSE(scene.temp.has(kPartial));
  REQUIRE_FALSE(scene.temp.has(kWrittenDirectory + "/_files"));
  REQUIRE(verify_set(read_set(scene.store, kWrittenRef, original_patterns())).empty());
}

TEST_CASE("SetWriter: the original script can restore what is stored", "[store][writer]") {
  const StoreScene scene;
  scene.publish(kWrittenRef, "#!/bin/sh\n");
  REQUIRE(scene.temp.read(kWrittenDirectory + "/action_service_entrypoint.sh") == "#!/bin/sh\n");
  REQUIRE((stat_of(scene.temp / (kWrittenDirectory + "/action_service_entrypoint.sh")).st_mode & 07777) == 0755);
}
