// SPDX-License-Identifier: Apache-2.0
#include "backup/glob.h"

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
  mutable std::vector<std::string> asked;

  std::string match(const std::string& pattern) const {
    const auto skipped = [this](const std::string& path) {
      asked.push_back(path);
      return std::find(closed.begin(), closed.end(), path) != closed.end();
    };
    const Directory root = Directory::open_root(temp.path(), "");
    return joined(files_matching(root, pattern, skipped), " ");
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

TEST_CASE("Glob: a symlink and a FIFO that match are reported, to be refused by name",
          "[backup][glob]") {
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

TEST_CASE("Glob: what holds no wildcard is a literal path", "[backup][glob]") {
  CHECK(has_wildcard("a/*.conf"));
  CHECK(has_wildcard("a?"));
  CHECK(has_wildcard("[ab]"));
  CHECK_FALSE(has_wildcard("docker-compose.yml"));
  CHECK_FALSE(has_wildcard("a]b"));
}
