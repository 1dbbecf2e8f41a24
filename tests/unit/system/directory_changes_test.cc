// SPDX-License-Identifier: Apache-2.0
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/files/directory.h"
#include "system/files/staged_file.h"

using backstep::Directory;
using backstep::IfExists;
using backstep::may_change_owner;
using backstep::Owner;
using backstep::SystemError;
using backstep::test::TempDir;

namespace {

struct ChangesScene {
  TempDir dir;
  Directory root = Directory::open_root(dir.path(), "");
};

Owner self() { return {getuid(), getgid()}; }

struct DescriptorLimit {
  explicit DescriptorLimit(rlim_t limit) {
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit now{limit, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &now);
  }
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before); }
  DescriptorLimit(const DescriptorLimit&) = delete;
  DescriptorLimit& operator=(const DescriptorLimit&) = delete;
  rlimit before{};
};

}  // namespace

TEST_CASE("Directory: a rename that may not replace does not", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("a", "new");
  dir.write("d/b", "old");
  REQUIRE_THROWS_WITH(root.rename("a", root, "d/b", IfExists::kFail), "cannot rename 'a' to 'd/b': File exists");
  REQUIRE(dir.read("d/b") == "old");
  root.rename("a", root, "d/c", IfExists::kFail);
  REQUIRE(dir.read("d/c") == "new");
  root.rename("d/c", root, "d/b", IfExists::kReplace);
  REQUIRE(dir.read("d/b") == "new");
  REQUIRE_FALSE(dir.has("d/c"));
}

TEST_CASE("Directory: an empty directory is not replaced either", "[system][directory]") {
  const ChangesScene workspace;
  const auto& root = workspace.root;
  root.make_directories(".new", self());
  root.make_directories("2024-03-10_14-23-00", self());
  REQUIRE_THROWS_AS(root.rename(".new", root, "2024-03-10_14-23-00", IfExists::kFail), SystemError);
}

TEST_CASE("Directory: changes behind a symlink are refused", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("real/file", "x");
  dir.write("other", "x");
  REQUIRE(symlink("real", (dir / "link").c_str()) == 0);
  REQUIRE_THROWS_WITH(root.rename("other", root, "link/other", IfExists::kReplace),
                      "cannot use 'link': it is a symlink");
  REQUIRE_THROWS(root.rename("link/file", root, "file", IfExists::kReplace));
  REQUIRE_THROWS(root.link("link/file", root, "file"));
  REQUIRE_THROWS(root.remove_file("link/file"));
  REQUIRE_THROWS(root.remove_directory("link/file"));
  REQUIRE_THROWS(root.remove_tree("link/file"));
  REQUIRE_THROWS(root.create_file("link/new"));
  REQUIRE_THROWS_WITH(root.make_directories("link/new", self()), "cannot use 'link': it is a symlink");
  REQUIRE(dir.has("real/file"));
  REQUIRE_FALSE(dir.has("real/new"));
  REQUIRE(dir.has("other"));
}

TEST_CASE("Directory: a missing parent is an error to change and nothing to remove", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("a", "x");
  REQUIRE_THROWS_WITH(root.rename("a", root, "no/a", IfExists::kReplace),
                      "cannot rename 'a' to 'no/a': No such file or directory");
  REQUIRE_FALSE(root.link("no/a", root, "b"));
  REQUIRE_FALSE(root.remove_file("no/a"));
  REQUIRE_FALSE(root.remove_directory("a/no"));
  REQUIRE_NOTHROW(root.remove_tree("no/a"));
}

TEST_CASE("Directory: directories are made where they are missing", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  const mode_t before = umask(0077);
  const Directory made = root.make_directories("a/b/c", Owner{4711, 4712}, 0750);
  umask(before);
  REQUIRE(made.display() == "a/b/c");
  REQUIRE(made.own_status().mode == 0750);
  REQUIRE(root.status("a")->mode == 0750);
  if (may_change_owner()) REQUIRE(root.status("a/b")->uid == 4711);
  root.make_directories("a/b", self(), 0700);
  REQUIRE(root.status("a/b")->mode == 0750);
  REQUIRE(root.make_directories("d", self()).own_status().mode == 0700);
}

TEST_CASE("Directory: what is made in a shared one is shared, whatever the umask", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  chmod(dir.path().c_str(), 02770);
  const mode_t before = umask(0077);
  const Directory deep = root.make_directories("a/b", self());
  root.create_file("file");
  open_to_append(deep, "log", {});
  open_to_append(deep, "log", {});
  umask(before);
  CHECK(root.status("a")->mode == 02770);
  CHECK(deep.own_status().mode == 02770);
  CHECK(root.status("file")->mode == 0660);
  CHECK(root.status("a/b/log")->mode == 0660);
  // Its group may only look here, and so it may there.
  chmod(dir.path().c_str(), 02750);
  const Directory later = Directory::open_root(dir.path(), "");
  later.create_file("looked_at");
  CHECK(later.status("looked_at")->mode == 0640);
  CHECK(later.make_directories("c", self()).own_status().mode == 02750);
}

TEST_CASE("Directory: no directory is made over a file", "[system][directory]") {
  const ChangesScene workspace;
  workspace.dir.write("a", "x");
  REQUIRE_THROWS_WITH(workspace.root.make_directories("a/b", self()), "cannot open 'a': Not a directory");
}

TEST_CASE("Directory: a link shares the file and never replaces one", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("a", "x");
  dir.write("d/taken", "y");
  const Directory to = root.open_directory("d");
  REQUIRE(root.link("a", to, "b"));
  REQUIRE(root.status("a")->inode == to.status("b")->inode);
  REQUIRE_FALSE(root.link("a", to, "taken"));
  REQUIRE(dir.read("d/taken") == "y");
  REQUIRE(symlink("a", (dir / "link").c_str()) == 0);
  REQUIRE(root.link("link", root, "second"));
  REQUIRE(root.status("second")->type == backstep::FileType::kSymlink);
}

TEST_CASE("Directory: removing says whether there was something", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("d/file", "x");
  REQUIRE_THROWS_WITH(root.remove_directory("d"), "cannot remove 'd': Directory not empty");
  REQUIRE_THROWS_WITH(root.remove_file("d"), "cannot remove 'd': Is a directory");
  REQUIRE(root.remove_file("d/file"));
  REQUIRE_FALSE(root.remove_file("d/file"));
  REQUIRE(root.remove_directory("d"));
  REQUIRE_FALSE(root.remove_directory("d"));
}

TEST_CASE("Directory: a removed tree takes symlinks along and not what they lead to", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("keep/file", "x");
  dir.write("tree/a/b/file", "x");
  dir.write("tree/c", "x", 0000);
  REQUIRE(mkfifo((dir / "tree/a/fifo").c_str(), 0600) == 0);
  REQUIRE(symlink("../keep", (dir / "tree/link").c_str()) == 0);
  REQUIRE(symlink("../../keep", (dir / "tree/a/link").c_str()) == 0);
  root.remove_tree("tree");
  REQUIRE_FALSE(dir.has("tree"));
  REQUIRE(dir.has("keep/file"));
}

TEST_CASE("Directory: a tree that is a file or a symlink is removed as that", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("keep/file", "x");
  REQUIRE(symlink("keep", (dir / "link").c_str()) == 0);
  root.remove_tree("link");
  root.remove_tree("keep/file");
  REQUIRE_FALSE(dir.has("link"));
  REQUIRE_FALSE(dir.has("keep/file"));
  REQUIRE(dir.has("keep"));
}

TEST_CASE("Directory: a tree deeper than there are descriptors is removed", "[system][directory]") {
  const ChangesScene workspace;
  const auto& [dir, root] = workspace;
  std::string path = "tree";
  for (int i = 0; i < 100; ++i) path += "/d";
  dir.write(path + "/file", "x");
  const DescriptorLimit limit(40);
  root.remove_tree("tree");
  REQUIRE_FALSE(dir.has("tree"));
}
