// SPDX-License-Identifier: Apache-2.0
#include "cli/init/ignore_line.h"

#include <filesystem>

#include "support/catch.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

using namespace backstep;

namespace {

struct IgnoreScene {
  test::TempDir temp;
  bool there(const std::string& prefix = "") const {
    const Workspace workspace = test::workspace_at(temp.path(), prefix);
    return ignore_line(workspace).there;
  }
};

}  // namespace

TEST_CASE("IgnoreLine: what cannot be read is not there", "[cli][ignore_line]") {
  IgnoreScene scene;
  CHECK_FALSE(scene.there());
  std::filesystem::create_symlink("/etc/passwd", scene.temp / ".gitignore");
  CHECK_FALSE(scene.there());
}

TEST_CASE("IgnoreLine: other lines do not count, and the last one outranks", "[cli][ignore_line]") {
  IgnoreScene scene;
  for (const char* text : {"backups2/\n", "#backups/\n", "a/backups/\n", "backups/\n!backups/\n"}) {
    CAPTURE(text);
    scene.temp.write(".gitignore", text);
    CHECK_FALSE(scene.there());
  }
  scene.temp.write(".gitignore", "!backups/\nbackups/");
  CHECK(scene.there());
}

TEST_CASE("IgnoreLine: that of the checkout's root counts beneath it", "[cli][ignore_line]") {
  IgnoreScene scene;
  scene.temp.write("app/x", "x");
  scene.temp.write(".gitignore", "/app/backups/\n");
  CHECK(scene.there("app"));
  CHECK_FALSE(scene.there());
  scene.temp.write(".gitignore", "");
  scene.temp.write("app/.gitignore", "/backups\n");
  CHECK(scene.there("app"));
}
