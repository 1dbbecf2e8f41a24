// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/tracked_files.h"

#include <sys/stat.h>

#include "base/text.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using namespace backstep::test;

namespace {

// What a pattern names in this tree, in one line; directories in `closed` are not entered.
struct GlobScene {
  TempDir temp;
  std::vector<std::string> closed;
  mutable std::vector<std::string> left_out;
  GlobWatch watch{
      .skipped =
          [this](const std::string& path) { return std::find(closed.begin(), closed.end(), path) != closed.end(); },
      .left_out = [this](const std::string& path, const Error&) { left_out.push_back(path); }};

  std::string match(const std::string& pattern, const std::string& prefix = "") const {
    const Directory root = Directory::open_within(temp.path(), prefix);
    return joined(paths_matching(root, pattern, Wanted::kFiles, watch), " ");
  }
  std::string directories(const std::string& pattern) const {
    const Directory root = Directory::open_root(temp.path(), "");
    return joined(paths_matching(root, pattern, Wanted::kDirectories, watch), " ");
  }
};

}  // namespace

TEST_CASE("Glob: a symlink to a directory is never followed", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("real/a.conf", "");
  std::filesystem::create_directory_symlink("real", scene.temp / "linked");
  std::filesystem::create_directory_symlink("..", scene.temp / "real/up");
  CHECK(scene.match("*/a.conf") == "real/a.conf");
  CHECK(scene.match("linked/*.conf").empty());
  CHECK(scene.match("**/a.conf") == "real/a.conf");
}

TEST_CASE("Glob: a symlink and a FIFO that match are reported, to be refused by name", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("target", "");
  std::filesystem::create_symlink("target", scene.temp / "a.conf");
  mkfifo((scene.temp / "b.conf").c_str(), 0600);
  CHECK(scene.match("*.conf") == "a.conf b.conf");
}

TEST_CASE("Glob: a directory that is skipped is not entered", "[backup][glob]") {
  GlobScene scene;
  scene.temp.write("backups/x.conf", "");
  scene.temp.write("nginx/x.conf", "");
  scene.closed = {"backups"};
  CHECK(scene.match("**/x.conf") == "nginx/x.conf");
  CHECK(scene.match("*/x.conf") == "nginx/x.conf");
  CHECK(scene.match("backups/*.conf").empty());
}

TEST_CASE("Glob: only a dot matches a leading dot", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write(".env", "");
  scene.temp.write("env", "");
  scene.temp.write(".hidden/env", "");
  CHECK(scene.match("*env") == "env");
  CHECK(scene.match("?env").empty());
  CHECK(scene.match(".*env*") == ".env");
  CHECK(scene.match("**/env") == "env");
  CHECK(scene.match("*/env").empty());
  CHECK(scene.match(".hidden/*") == ".hidden/env");
}

TEST_CASE("Glob: a pattern that names nothing there finds nothing", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("file", "");
  CHECK(scene.match("nothing/*.conf").empty());
  CHECK(scene.match("file/*").empty());
  CHECK(scene.match("*.conf").empty());
}

TEST_CASE("Glob: a directory whose name matches is no file", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("conf.d/inner", "");
  CHECK(scene.match("conf.*").empty());
  CHECK(scene.match("conf.*/*") == "conf.d/inner");
}

TEST_CASE("Glob: a star stays within one component", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("a/x.yml", "");
  scene.temp.write("a/b/x.yml", "");
  CHECK(scene.match("*.yml").empty());
  CHECK(scene.match("a/*.yml") == "a/x.yml");
  CHECK(scene.match("*/*/x.yml") == "a/b/x.yml");
  CHECK(scene.match("?/x.yml") == "a/x.yml");
}

TEST_CASE("Glob: two stars are any number of directories, none included", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("x.yml", "");
  scene.temp.write("a/x.yml", "");
  scene.temp.write("a/b/c/x.yml", "");
  scene.temp.write("a/b/c/y.yml", "");
  CHECK(scene.match("**/x.yml") == "x.yml a/x.yml a/b/c/x.yml");
  CHECK(scene.match("a/**/x.yml") == "a/x.yml a/b/c/x.yml");
  CHECK(scene.match("a/b/**") == "a/b/c/x.yml a/b/c/y.yml");
  CHECK(scene.match("**/c/*.yml") == "a/b/c/x.yml a/b/c/y.yml");
}

TEST_CASE("Glob: many double stars find each file once, and soon", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("a/b/c/d/e/f/x.yml", "");
  std::string pattern;
  for (int i = 0; i < 40; ++i) pattern += "**/";
  CHECK(scene.match(pattern + "x.yml") == "a/b/c/d/e/f/x.yml");
  CHECK(scene.match("**/b/**/d/**") == "a/b/c/d/e/f/x.yml");
}

TEST_CASE("Glob: brackets name a set of characters", "[backup][glob]") {
  const GlobScene scene;
  for (const char* name : {"a1", "a2", "b1", "a]"}) scene.temp.write(name, "");
  CHECK(scene.match("[ab]1") == "a1 b1");
  CHECK(scene.match("a[1-2]") == "a1 a2");
  CHECK(scene.match("a[!1]") == "a2 a]");
  CHECK(scene.match("a[]]") == "a]");
}

TEST_CASE("Glob: directories are found as files are", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("apps/a/services/x/run", "");
  scene.temp.write("apps/b/services/y/run", "");
  scene.temp.write("apps/services", "a file");
  CHECK(scene.directories("apps/*/services") == "apps/a/services apps/b/services");
  CHECK(scene.directories("apps/b/**") == "apps/b apps/b/services apps/b/services/y");
  CHECK(scene.directories("apps/?") == "apps/a apps/b");
}

TEST_CASE("Glob: a store that is met is not entered, wherever it lies", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("a/x.yml", "");
  scene.temp.write("old/.backstep/x.yml", "");
  scene.temp.write("old/2024-03-10_14-23-00/_files/x.yml", "");
  scene.temp.write("unpacked/2024-03-10_14-23-00/_manifest.jsonl", "");
  scene.temp.write("unpacked/2024-03-10_14-23-00/x.yml", "");
  CHECK(scene.match("**/x.yml") == "a/x.yml");
  CHECK(scene.match("*/*/*/x.yml").empty());
}

TEST_CASE("Glob: a pattern may lead up from the settings' directory", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("top.yml", "");
  scene.temp.write("other/x.yml", "");
  scene.temp.write("deploy/here/x.yml", "");
  CHECK(scene.match("../*.yml", "deploy") == "../top.yml");
  CHECK(scene.match("../../*/x.yml", "deploy/here") == "../../other/x.yml");
  CHECK(scene.match("../other/*", "deploy") == "../other/x.yml");
}

TEST_CASE("Glob: what leads up does not come back by another name", "[backup][glob]") {
  const GlobScene scene;
  scene.temp.write("other/x.yml", "");
  scene.temp.write("deploy/x.yml", "");
  CHECK(scene.match("../**/x.yml", "deploy") == "../other/x.yml");
  CHECK(scene.match("**/x.yml", "deploy") == "x.yml");
}
