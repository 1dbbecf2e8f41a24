// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/reserve.h"

#include <sys/mount.h>
#include <unistd.h>

#include "backup_scene.h"
#include "base/error.h"
#include "support/catch.h"
#include "system/files/writable.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

struct PreflightScene : BackupScene {
  std::vector<std::string> check(const std::vector<FileEntry>& files, const HeldFiles& held) const {
    const Tree where = tree();
    return require_way_back(where, store, files, held);
  }
  std::vector<std::string> check() const {
    TakenSet taken = take(kFirst);
    return check(taken.manifest.files, taken.live.held);
  }
  std::string refusal() const {
    try {
      check();
    } catch (const Error& error) {
      return error.code() == ExitCode::kBackupFailed ? error.message() : "another exit code";
    }
    return "not refused";
  }
};

// A file on itself, as a container runtime mounts one; gone with the scope.
class MountedFile {
 public:
  MountedFile(std::string path, unsigned long more_flags) : path_(std::move(path)) {
    mounted_ = mount(path_.c_str(), path_.c_str(), nullptr, MS_BIND, nullptr) == 0;
    if (mounted_ && more_flags != 0) {
      mount("", path_.c_str(), nullptr, MS_REMOUNT | MS_BIND | more_flags, nullptr);
    }
  }
  ~MountedFile() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  MountedFile(const MountedFile&) = delete;
  MountedFile& operator=(const MountedFile&) = delete;
  bool mounted() const { return mounted_; }

 private:
  std::string path_;
  bool mounted_;
};

}  // namespace

TEST_CASE("Preflight: no room is said with what is needed and what is free", "[backup][preflight]") {
  const PreflightScene scene;
  scene.script("a", "old");
  TakenSet taken = scene.take(kFirst);
  if (!room_of(scene.workspace.directory)) return;
  taken.manifest.files.front().size = uint64_t{1} << 60;
  try {
    scene.check(taken.manifest.files, {});
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kBackupFailed);
    CHECK_THAT(error.message(), Contains("services/a") && Contains("No space left on device") &&
                                    Contains("KiB are needed") && Contains("make room"));
  }
}

TEST_CASE("Preflight: what a rollback would remove needs no room", "[backup][preflight]") {
  const PreflightScene scene;
  scene.script("a", "old");
  FileEntry removed = absent_entry(service_path("a"));
  removed.size = uint64_t{1} << 60;
  CHECK(scene.check({removed}, {}).empty());
}

TEST_CASE("Preflight: a read-only file that is a mount point is refused", "[backup][preflight]") {
  const PreflightScene scene;
  scene.script("a", "old");
  const MountedFile file(scene.temp / service_path("a"), MS_RDONLY);
  if (!file.mounted()) return;
  CHECK(scene.refusal() == "cannot overwrite 'services/a/entrypoint.sh': Read-only file system; mount it writable");
}

TEST_CASE("Preflight: a mount point that can be written is a warning", "[backup][preflight]") {
  const PreflightScene scene;
  scene.script("a", "old");
  const MountedFile file(scene.temp / service_path("a"), 0);
  if (!file.mounted()) return;
  const auto warnings = scene.check();
  REQUIRE(warnings.size() == 1);
  CHECK_THAT(warnings.front(), Contains("services/a/entrypoint.sh is a mount point"));
}

TEST_CASE("Preflight: several mount points are one warning", "[backup][preflight]") {
  const PreflightScene scene;
  scene.script("a", "old");
  scene.script("b", "old");
  const MountedFile first(scene.temp / service_path("a"), 0);
  const MountedFile second(scene.temp / service_path("b"), 0);
  if (!first.mounted() || !second.mounted()) return;
  const auto warnings = scene.check();
  REQUIRE(warnings.size() == 1);
  CHECK_THAT(warnings.front(), Contains("services/a/entrypoint.sh and 1 more are mount points"));
}

TEST_CASE("Preflight: a directory that cannot be written is refused, whoever shares its kind", "[backup][preflight]") {
  if (geteuid() == 0) return;  // root may
  const PreflightScene scene;
  for (const char* service : {"a", "b"}) scene.script(service, "old");
  std::filesystem::permissions(scene.temp / "services/b", std::filesystem::perms(0555));
  CHECK_THAT(scene.refusal(), Contains("services/b") && Contains("Permission denied"));
  std::filesystem::permissions(scene.temp / "services/b", std::filesystem::perms(0755));
}

TEST_CASE("Preflight: what is not there yet is nobody's hindrance", "[backup][preflight]") {
  PreflightScene scene;
  scene.patterns.files = {"conf/later.yml"};
  std::filesystem::create_directories(scene.temp / "services/without_script");
  CHECK(scene.check().empty());
}

TEST_CASE("Preflight: a file whose directory is gone asks for the way to it", "[backup][preflight]") {
  const PreflightScene scene;
  scene.script("gone", "old");
  scene.take(kFirst);
  std::filesystem::remove_all(scene.temp / "services");
  const StoredSet target = scene.read(kFirst);
  const LiveSet live = scene.live();
  const RestorePlan plan = plan_restore(scene.tree(), target, live, {});
  REQUIRE(files_after({}, plan).size() == 1);
  CHECK(scene.check(files_after({}, plan), live.held).empty());
  CHECK_FALSE(scene.temp.has("services"));
}

TEST_CASE("Preflight: asking changes nothing in the tree", "[backup][preflight]") {
  PreflightScene scene;
  scene.patterns.files = {"top.conf"};
  scene.script("a", "old");
  scene.temp.write("top.conf", "old");
  const auto before = scene.everything();
  const auto time = scene.workspace.directory.status("services/a")->mtime_ns;
  CHECK(scene.check().empty());
  CHECK(scene.everything() == before);
  CHECK(scene.workspace.directory.status("services/a")->mtime_ns == time);
}

TEST_CASE("Preflight: a store that works is let pass", "[backup][preflight]") {
  const PreflightScene scene;
  CHECK_NOTHROW(require_writable_store(scene.store));
}
