// SPDX-License-Identifier: Apache-2.0
#include "system/files/directory.h"
#include "system/files/staged_file.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using backstep::Directory;
using backstep::FileType;
using backstep::read_at;
using backstep::SystemError;
using backstep::UniqueFd;
using backstep::write_all;
using backstep::test::TempDir;

namespace {

struct DirectoryScene {
  TempDir dir;
  Directory root = Directory::open_root(dir.path(), "");
};

const std::string kSpecial = "it is a FIFO, a socket or a device";

std::string refusal(const std::string& path, const std::string& reason) {
  return "cannot use '" + path + "': " + reason;
}

void make_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const UniqueFd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

}  // namespace

TEST_CASE("Directory: a symlink anywhere in a path is refused and named", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("services/a/entrypoint.sh", "x");
  REQUIRE(symlink("services", (dir / "link").c_str()) == 0);
  REQUIRE(symlink("a", (dir / "services/b").c_str()) == 0);
  REQUIRE(symlink("entrypoint.sh", (dir / "services/a/run.sh").c_str()) == 0);
  const std::string last = refusal("services/a/run.sh", "it is a symlink");
  REQUIRE_THROWS_WITH(root.open_file("services/a/run.sh"), last);
  REQUIRE_THROWS_WITH(root.find_regular("services/a/run.sh"), last);
  REQUIRE_THROWS_WITH(open_to_append(root, "services/a/run.sh", {}), last);
  REQUIRE_THROWS_WITH(root.open_regular_file("services/a/run.sh", O_WRONLY), last);
  const std::string middle = refusal("services/b/entrypoint.sh", "'services/b' is a symlink");
  REQUIRE_THROWS_WITH(root.open_file("services/b/entrypoint.sh"), middle);
  REQUIRE_THROWS_WITH(root.find_regular("link/a/entrypoint.sh"),
                      refusal("link/a/entrypoint.sh", "'link' is a symlink"));
  REQUIRE_THROWS_WITH(root.status("services/b/entrypoint.sh"), refusal("services/b", "it is a symlink"));
  REQUIRE_THROWS_WITH(root.open_directory("link"), refusal("link", "it is a symlink"));
  REQUIRE_THROWS_WITH(root.find_directory("services/b"), refusal("services/b", "it is a symlink"));
}

TEST_CASE("Directory: paths that lead elsewhere are refused by every call", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("a/b", "x");
  for (const std::string path : {"../a", "a/../a/b", "/etc/passwd", "a//b", "a/.", ""}) {
    INFO(path);
    REQUIRE_THROWS_WITH(root.open_file(path), backstep::test::matchers::Contains("a path must be relative"));
    REQUIRE_THROWS(root.find_regular(path));
    REQUIRE_THROWS(root.create_file(path));
    REQUIRE_THROWS(root.open_directory(path));
    REQUIRE_THROWS(root.status(path));
    REQUIRE_THROWS(root.make_directories(path, {}));
    REQUIRE_THROWS(root.remove_file(path));
    REQUIRE_THROWS(root.remove_tree(path));
  }
}

TEST_CASE("Directory: what is no regular file is refused at once", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("directory/file", "x");
  REQUIRE(mkfifo((dir / "fifo").c_str(), 0600) == 0);
  make_socket(dir / "socket");
  for (const std::string path : {"fifo", "socket"}) {
    REQUIRE_THROWS_WITH(root.open_file(path), refusal(path, kSpecial));
    REQUIRE_THROWS_WITH(root.find_regular(path), refusal(path, kSpecial));
    REQUIRE_THROWS_WITH(open_to_append(root, path, {}), refusal(path, kSpecial));
    REQUIRE_THROWS_WITH(root.open_regular_file(path, O_WRONLY), refusal(path, kSpecial));
  }
  const std::string directory = refusal("directory", "it is a directory");
  REQUIRE_THROWS_WITH(root.open_file("directory"), directory);
  REQUIRE_THROWS_WITH(open_to_append(root, "directory", {}), directory);
  REQUIRE_THROWS_WITH(root.open_regular_file("directory", O_WRONLY), directory);
  const Directory devices = Directory::open_root("/dev", "/dev");
  REQUIRE_THROWS_WITH(devices.open_file("null"), refusal("/dev/null", kSpecial));
}

TEST_CASE("Directory: a missing file is a value to find and an error to open", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("file", "x");
  REQUIRE_THROWS_WITH(root.open_file("no/file"), "cannot open 'no/file': No such file or directory");
  REQUIRE_THROWS_AS(root.open_directory("file"), SystemError);
  for (const char* path : {"no", "no/file", "file/file"}) {
    INFO(path);
    REQUIRE_FALSE(root.find_regular(path));
    REQUIRE_FALSE(root.find_directory(path));
    REQUIRE_FALSE(root.status(path));
    REQUIRE_FALSE(root.read_small_file(path, 10));
  }
}

TEST_CASE("Directory: a root that cannot be opened is named", "[system][directory]") {
  const TempDir dir;
  REQUIRE_THROWS_WITH(Directory::open_root(dir / "no", "no"),
                      "cannot open '" + dir / "no" + "': No such file or directory");
}

TEST_CASE("Directory: the root itself may be a symlink", "[system][directory]") {
  const TempDir dir;
  dir.write("real/file", "x");
  REQUIRE(symlink("real", (dir / "link").c_str()) == 0);
  const Directory root = Directory::open_root(dir / "link", "link");
  REQUIRE(root.find_regular("file"));
}

TEST_CASE("Directory: what is shown is what the user typed", "[system][directory]") {
  const TempDir dir;
  dir.write("a/b/c", "x");
  const Directory unnamed = Directory::open_root(dir.path(), "");
  REQUIRE(unnamed.shown("a") == "a");
  REQUIRE(unnamed.shown("") == ".");
  REQUIRE(unnamed.open_directory("a/b").shown("c") == "a/b/c");
  const Directory named = Directory::open_root(dir.path(), "backups");
  REQUIRE(named.shown("") == "backups");
  REQUIRE(named.open_directory("a").duplicate().shown("b") == "backups/a/b");
  REQUIRE(Directory::open_root("/", "/").shown("a") == "/a");
}

TEST_CASE("Directory: an existing file is never created over", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("a", "old");
  REQUIRE_THROWS_WITH(root.create_file("a"), "cannot create 'a': File exists");
  REQUIRE(dir.read("a") == "old");
}

TEST_CASE("Directory: created and appended files are private", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  write_all(root.create_file("a").get(), "1", "a");
  REQUIRE(root.status("a")->mode == 0600);
  REQUIRE(root.status("a")->size == 1);
  write_all(open_to_append(root, "a", {}).fd.get(), "2", "a");
  write_all(open_to_append(root, "b", {}).fd.get(), "3", "b");
  REQUIRE(dir.read("a") == "12");
  REQUIRE(root.status("b")->mode == 0600);
}

TEST_CASE("Directory: overwriting in place keeps the inode and needs the file", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  REQUIRE_THROWS_AS(root.open_regular_file("a", O_WRONLY), SystemError);
  REQUIRE_FALSE(dir.has("a"));
  dir.write("a", "old");
  const auto inode = root.status("a")->inode;
  write_all(root.open_regular_file("a", O_WRONLY).fd.get(), "n", "a");
  REQUIRE(dir.read("a") == "nld");
  REQUIRE(root.status("a")->inode == inode);
}

TEST_CASE("Directory: every descriptor is closed in commands", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("d/file", "x");
  const auto closed_on_exec = [](int fd) { return (fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0; };
  REQUIRE(closed_on_exec(root.fd()));
  REQUIRE(closed_on_exec(root.duplicate().fd()));
  REQUIRE(closed_on_exec(root.open_directory("d").fd()));
  REQUIRE(closed_on_exec(root.open_file("d/file").get()));
  REQUIRE(closed_on_exec(root.create_file("d/new").get()));
  REQUIRE(closed_on_exec(open_to_append(root, "d/new", {}).fd.get()));
  REQUIRE(closed_on_exec(root.open_regular_file("d/new", O_WRONLY).fd.get()));
}

TEST_CASE("Directory: lists names in byte order, again and again", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  REQUIRE(root.list().empty());
  for (const char* name : {"b", "a", ".hidden", "B", "\xff", "d/x"}) dir.write(name, "");
  const std::vector<std::string> expected{".hidden", "B", "a", "b", "d", "\xff"};
  REQUIRE(root.list() == expected);
  REQUIRE(root.list() == expected);
}

TEST_CASE("Directory: the status of a symlink is its own", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("d/file", "123", 0640);
  REQUIRE(symlink("file", (dir / "d/link").c_str()) == 0);
  REQUIRE(root.status("d/link")->type == FileType::kSymlink);
  REQUIRE(root.status("d/file")->mode == 0640);
  REQUIRE(root.own_status().type == FileType::kDirectory);
}

TEST_CASE("Directory: a small file has a limit", "[system][directory]") {
  const DirectoryScene workspace;
  const auto& [dir, root] = workspace;
  dir.write("a", "12345");
  REQUIRE_THROWS_WITH(root.read_small_file("a", 4), "cannot read 'a': it is larger than 4 bytes; move it away");
  REQUIRE(root.read_small_file("a", 5) == "12345");
  dir.write("empty", "");
  REQUIRE(root.read_small_file("empty", 5) == "");
}

TEST_CASE("Directory: a file whose size is not known before it is read has a limit too", "[system][directory]") {
  const Directory proc = Directory::open_root("/proc/self", "/proc/self");
  REQUIRE(proc.read_small_file("status", 1'000'000)->find("CapEff:") != std::string::npos);
  REQUIRE_THROWS(proc.read_small_file("status", 20));
}

TEST_CASE("Directory: a path leads up as far as the root, and no further", "[system][directory]") {
  const TempDir dir;
  dir.write("outside", "theirs");
  dir.write("root/top", "top");
  dir.write("root/a/b/here", "here");
  dir.write("root/a/beside", "beside");
  const Directory here = Directory::open_within(dir / "root", "a/b");
  CHECK(here.read_small_file("here", 10) == "here");
  CHECK(here.read_small_file("../beside", 10) == "beside");
  CHECK(here.read_small_file("../../top", 10) == "top");
  CHECK(here.read_small_file("../../a/b/here", 10) == "here");
  CHECK(here.status("../..")->type == FileType::kDirectory);
  CHECK(here.duplicate().read_small_file("../beside", 10) == "beside");
  here.make_directories("../../new/deep", here.own_status().owner());
  CHECK(dir.has("root/new/deep"));
  for (const char* path : {"../../../outside", "../../..", "here/../../beside", "../b/../beside"}) {
    CAPTURE(path);
    CHECK_THROWS(here.read_small_file(path, 10));
    CHECK_THROWS(here.open_file(path));
  }
  CHECK(here.leads_back("../b"));
  CHECK(here.leads_back("../../a/b/here"));
  CHECK_FALSE(here.leads_back("../bb"));
  CHECK_FALSE(here.leads_back("here"));
}

TEST_CASE("Directory: no symlink is followed on the way up and down", "[system][directory]") {
  const TempDir dir;
  dir.write("outside/x", "theirs");
  dir.write("root/a/here", "here");
  std::filesystem::create_directory_symlink("../outside", dir / "root/out");
  std::filesystem::create_directory_symlink("a", dir / "root/in");
  const Directory here = Directory::open_within(dir / "root", "a");
  CHECK_THROWS(here.read_small_file("../out/x", 10));
  CHECK_THROWS(here.read_small_file("../in/here", 10));
  CHECK_THROWS(Directory::open_within(dir / "root", "in"));
}

TEST_CASE("Directory: one that was opened as a root leads nowhere up", "[system][directory]") {
  const TempDir dir;
  dir.write("x", "x");
  dir.write("root/y", "y");
  const Directory root = Directory::open_within(dir / "root", "");
  CHECK_THROWS(root.read_small_file("../x", 10));
  CHECK_THROWS(Directory::open_root(dir / "root", "").read_small_file("../x", 10));
}
