// SPDX-License-Identifier: Apache-2.0
#include "system/files/beneath.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "support/catch.h"
#include "support/temp_dir.h"

using backstep::is_plain_relative_path;
using backstep::open_beneath;
using backstep::open_by_walk;
using backstep::Opened;
using backstep::parts_of;
using backstep::UniqueFd;
using backstep::test::TempDir;

namespace {

using namespace std::chrono_literals;

constexpr int kRead = O_RDONLY | O_NOFOLLOW | O_CLOEXEC;

// Whatever holds for the kernel's resolution must hold for the walk.
auto both_ways() { return GENERATE(&open_beneath, &open_by_walk); }

UniqueFd root_of(const TempDir& dir) { return UniqueFd(open(dir.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); }

char first_byte(const UniqueFd& fd) {
  char byte = 0;
  return pread(fd.get(), &byte, 1, 0) == 1 ? byte : '\0';
}

// Flips `name` between a directory and a symlink until it is killed.
pid_t start_flipping(int root, const char* name, const char* other) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  while (renameat2(root, name, root, other, RENAME_EXCHANGE) == 0) continue;
  _exit(1);
}

}  // namespace

TEST_CASE("Beneath: a symlink is refused wherever it stands", "[system][beneath]") {
  const auto open_it = both_ways();
  const TempDir dir;
  dir.write("real/file", "x");
  REQUIRE(symlink("real", (dir / "link").c_str()) == 0);
  REQUIRE(symlink("file", (dir / "real/link").c_str()) == 0);
  REQUIRE(symlink("/", (dir / "real/root").c_str()) == 0);
  const UniqueFd root = root_of(dir);
  REQUIRE(open_it(root.get(), "link/file", kRead, 0).error_number == ELOOP);
  REQUIRE(open_it(root.get(), "real/link", kRead, 0).error_number == ELOOP);
  REQUIRE(open_it(root.get(), "real/root/etc", kRead, 0).error_number == ELOOP);
  const int directory = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  REQUIRE(open_it(root.get(), "link", directory, 0).error_number == ELOOP);
  REQUIRE(open_it(root.get(), "real/link", O_WRONLY | O_CREAT | O_CLOEXEC, 0600).error_number == ELOOP);
}

TEST_CASE("Beneath: no path leads out", "[system][beneath]") {
  const auto open_it = both_ways();
  const TempDir dir;
  dir.write("inside/a", "x");
  dir.write("outside", "y");
  const UniqueFd root(open((dir / "inside").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  for (const char* path : {"../outside", "a/../../outside", "..", ".", "/etc/passwd", "./a", ""}) {
    INFO(path);
    REQUIRE(open_it(root.get(), path, kRead, 0).error_number == EXDEV);
  }
}

TEST_CASE("Beneath: what is missing and what is no directory keep their errno", "[system][beneath]") {
  const auto open_it = both_ways();
  const TempDir dir;
  dir.write("a/file", "x");
  const UniqueFd root = root_of(dir);
  REQUIRE(open_it(root.get(), "b/file", kRead, 0).error_number == ENOENT);
  REQUIRE(open_it(root.get(), "a/file/b", kRead, 0).error_number == ENOTDIR);
}

TEST_CASE("Beneath: opens and creates deep down", "[system][beneath]") {
  const auto open_it = both_ways();
  const TempDir dir;
  dir.write("a/b/c/file", "x");
  const UniqueFd root = root_of(dir);
  REQUIRE(first_byte(open_it(root.get(), "a/b/c/file", kRead, 0).fd) == 'x');
  const int create = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  REQUIRE(open_it(root.get(), "a/b/new", create, 0600).fd);
  REQUIRE(dir.has("a/b/new"));
}

TEST_CASE("Beneath: a directory that is flipped for a symlink never lets a read out", "[system][beneath]") {
  const auto open_it = both_ways();
  const TempDir dir;
  dir.write("root/service/file", "inside");
  dir.write("outside/file", "OUTSIDE");
  REQUIRE(symlink("../outside", (dir / "root/link").c_str()) == 0);
  const UniqueFd root(open((dir / "root").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const pid_t flipper = start_flipping(root.get(), "service", "link");
  int inside = 0;
  int refused = 0;
  int escaped = 0;
  // On a busy machine the other process may not get a turn within all of the reads, and either
  // name then stands the whole time: the reads go on until both were seen.
  const auto give_up = std::chrono::steady_clock::now() + 60s;
  for (int i = 0; i < 20'000 || inside == 0 || refused == 0; ++i) {
    if (std::chrono::steady_clock::now() > give_up) break;
    const Opened opened = open_it(root.get(), "service/file", kRead, 0);
    if (!opened.fd) {
      ++refused;
      continue;
    }
    ++(first_byte(opened.fd) == 'i' ? inside : escaped);
  }
  kill(flipper, SIGKILL);
  waitpid(flipper, nullptr, 0);
  REQUIRE(escaped == 0);
  REQUIRE(inside > 0);
  REQUIRE(refused > 0);
}

TEST_CASE("Beneath: a plain path has no empty part, no dots and no NUL byte", "[system][beneath]") {
  using namespace std::string_view_literals;
  for (const auto path : {""sv, "/"sv, "/a"sv, "a/"sv, "a//b"sv, "."sv, "a/./b"sv, "a/.."sv, "a\0b"sv}) {
    INFO(path);
    REQUIRE_FALSE(is_plain_relative_path(path));
  }
  for (const auto path : {"a"sv, "a/b"sv, ".a"sv, "..a/b.."sv, "a b/c"sv}) {
    INFO(path);
    REQUIRE(is_plain_relative_path(path));
  }
}

TEST_CASE("Beneath: a path has a parent and a name", "[system][beneath]") {
  REQUIRE(parts_of("a/b/c").parent == "a/b");
  REQUIRE(parts_of("a/b/c").name == "c");
  REQUIRE(parts_of("c").parent.empty());
  REQUIRE(parts_of("c").name == "c");
}
