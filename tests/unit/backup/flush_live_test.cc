// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/live_set.h"

#include <sys/stat.h>

#include <filesystem>

#include "backup_scene.h"
#include "base/error.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("flush_live: a symlink that came in a file's place is refused, not followed", "[backup][flush_live]") {
  const BackupScene scene;
  scene.script("a", "script");
  const LiveSet live = scene.live();
  std::filesystem::remove(scene.temp / service_path("a"));
  std::filesystem::create_symlink("/etc/passwd", scene.temp / service_path("a"));
  CHECK_THROWS_AS(flush_live(scene.tree(), {}, live), Error);
}

TEST_CASE("flush_live: what is gone again is passed over", "[backup][flush_live]") {
  const BackupScene scene;
  scene.script("a", "script");
  scene.script("b", "script");
  const LiveSet before = scene.live();
  std::filesystem::remove_all(scene.temp / "services/a");
  flush_live(scene.tree(), before.files, before);
  flush_live(scene.tree(), before.files, scene.live());
  CHECK(scene.script_of("b") == "script");
}

TEST_CASE("flush_live: nothing was rewritten, so nothing is opened", "[backup][flush_live]") {
  const BackupScene scene;
  scene.script("a", "script");
  LiveSet live = scene.live();
  live.rewritten.clear();
  std::filesystem::remove_all(scene.temp / "services/a");
  std::filesystem::create_symlink("/etc", scene.temp / "services/a");
  CHECK_NOTHROW(flush_live(scene.tree(), live.files, live));
}
