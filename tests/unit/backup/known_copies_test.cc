// SPDX-License-Identifier: Apache-2.0
#include "store/sets/set_writer.h"

#include "backup_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const std::string kCopy = std::string("backups/") + kFirst + "/a_entrypoint.sh";

// The index knows the script of one service, whose copy lies in the set kFirst.
struct KnownScene : BackupScene {
  KnownScene() {
    script("a", "script");
    take(kFirst);
  }

  FileEntry entry() const {
    FileEntry found = live().files.at(0);
    found.stored = "a_entrypoint.sh";
    return found;
  }
  bool links(const FileEntry& wanted) const {
    const Index index = Index::load(store);
    SetWriter writer(store, {Shelf::kFailed, kSecond}, 1);
    return KnownCopies(store, index).link(writer, wanted).has_value();
  }
};

}  // namespace

TEST_CASE("KnownCopies: another version, mode or owner has no copy", "[backup][known_copies]") {
  const KnownScene scene;
  FileEntry wanted = scene.entry();
  SECTION("another content") { wanted.sha256.bytes.front() ^= 1; }
  SECTION("another mode") { wanted.mode = 0700; }
  SECTION("another owner") { wanted.owner.uid += 1; }
  SECTION("a file that was never stored") { wanted.path = service_path("b"); }
  CHECK_FALSE(scene.links(wanted));
}

TEST_CASE("KnownCopies: a copy that does not look as it was stored is not used", "[backup][known_copies]") {
  const KnownScene scene;
  const FileEntry wanted = scene.entry();
  SECTION("written to") { scene.temp.write(kCopy, "SCRIPT"); }
  SECTION("gone") { std::filesystem::remove(scene.temp / kCopy); }
  SECTION("gone with its set") { std::filesystem::remove_all(scene.temp / (std::string("backups/") + kFirst)); }
  CHECK_FALSE(scene.links(wanted));
}

TEST_CASE("KnownCopies: the same version is a link to the stored copy", "[backup][known_copies]") {
  const KnownScene scene;
  const Index index = Index::load(scene.store);
  SetWriter writer(scene.store, {Shelf::kFailed, kSecond}, 1);
  REQUIRE(KnownCopies(scene.store, index).link(writer, scene.entry()));
  CHECK(scene.status(kCopy).st_nlink == 2);
}
