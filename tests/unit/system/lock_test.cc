// SPDX-License-Identifier: Apache-2.0
#include "system/files/lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using backstep::Directory;
using backstep::lock_holder;
using backstep::lock_is_held;
using backstep::StoreLock;
using backstep::UniqueFd;
using backstep::test::TempDir;

namespace {

struct Control {
  TempDir dir;
  Directory directory = Directory::open_root(dir.path(), ".backstep");

  std::optional<StoreLock> acquire() const { return StoreLock::try_acquire(directory, std::nullopt); }
};

// In a forked child, which must never run on into the test runner.
bool is_refused(const Control& control) noexcept { return !control.acquire(); }

std::optional<StoreLock> acquired_at_last(const Control& control) {
  while (true) {
    try {
      if (auto lock = control.acquire()) return lock;
    } catch (const backstep::Error&) {
      // It was replaced under every attempt.
    }
  }
}

// A cleaner who keeps the rules: nobody's lock is unlinked but its own.
[[noreturn]] void unlink_while_holding(const Control& control) noexcept {
  while (true) {
    const auto lock = acquired_at_last(control);
    control.directory.remove_file("lock");
  }
}

int exit_code_of(pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("StoreLock: neither a second descriptor nor another process gets it", "[system][lock]") {
  const Control control;
  const auto lock = control.acquire();
  REQUIRE(lock);
  REQUIRE_FALSE(control.acquire());
  const pid_t pid = fork();
  if (pid == 0) _exit(is_refused(control) ? 7 : 1);
  REQUIRE(exit_code_of(pid) == 7);
}

TEST_CASE("StoreLock: is free as soon as the holder is gone", "[system][lock]") {
  const Control control;
  REQUIRE(control.acquire());
  REQUIRE(control.acquire());
}

TEST_CASE("StoreLock: whose file was unlinked has the store all the same", "[system][lock]") {
  const Control control;
  auto lock = control.acquire();
  REQUIRE(control.directory.remove_file("lock"));
  REQUIRE_FALSE(control.acquire());
  REQUIRE(lock_is_held(control.directory));
  lock.reset();
  REQUIRE_FALSE(lock_is_held(control.directory));
  REQUIRE(control.acquire());
}

TEST_CASE("StoreLock: what was locked is the file that has the name, whenever it was unlinked", "[system][lock]") {
  const Control control;
  const pid_t cleaner = fork();
  if (cleaner == 0) unlink_while_holding(control);
  int orphans = 0;
  for (int i = 0; i < 5'000; ++i) {
    const auto lock = acquired_at_last(control);
    const auto named = control.directory.status("lock");
    if (!named || named->inode != backstep::status_of(lock->fd(), "lock").inode) ++orphans;
  }
  kill(cleaner, SIGKILL);
  waitpid(cleaner, nullptr, 0);
  REQUIRE(orphans == 0);
}

TEST_CASE("StoreLock: one who inherited the descriptor keeps it", "[system][lock]") {
  const Control control;
  auto lock = control.acquire();
  std::array<int, 2> go{-1, -1};
  REQUIRE(pipe(go.data()) == 0);
  const pid_t keeper = fork();
  if (keeper == 0) {
    close(go[1]);
    char byte = 0;
    const bool ended = read(go[0], &byte, 1) == 0;
    _exit(ended ? 0 : 1);
  }
  close(go[0]);
  lock.reset();
  const bool held_by_the_keeper = is_refused(control);
  close(go[1]);
  REQUIRE(exit_code_of(keeper) == 0);
  REQUIRE(held_by_the_keeper);
  REQUIRE(control.acquire());
}

TEST_CASE("StoreLock: a symlink in the lock's place is refused", "[system][lock]") {
  const Control control;
  REQUIRE(symlink("elsewhere", (control.dir / "lock").c_str()) == 0);
  REQUIRE_THROWS_WITH(control.acquire(), "cannot use '.backstep/lock': it is a symlink");
  REQUIRE_FALSE(control.dir.has("elsewhere"));
}

TEST_CASE("StoreLock: commands do not inherit it, and others cannot read it", "[system][lock]") {
  const Control control;
  const auto lock = control.acquire();
  REQUIRE((fcntl(lock->fd(), F_GETFD) & FD_CLOEXEC) != 0);
  REQUIRE((control.directory.status("lock")->mode & 0077) == 0);
}

TEST_CASE("StoreLock: shows its last holder", "[system][lock]") {
  const Control control;
  REQUIRE(lock_holder(control.directory).empty());
  auto lock = control.acquire();
  lock->set_holder("a long name of a holder");
  lock->set_holder("run 42");
  REQUIRE(lock_holder(control.directory) == "run 42");
}

TEST_CASE("StoreLock: asking whether it is held neither makes nor takes it", "[system][lock]") {
  const Control control;
  REQUIRE_FALSE(lock_is_held(control.directory));
  REQUIRE_FALSE(control.dir.has("lock"));
  auto lock = control.acquire();
  REQUIRE(lock_is_held(control.directory));
  lock.reset();
  REQUIRE_FALSE(lock_is_held(control.directory));
  REQUIRE(control.acquire());
}

TEST_CASE("StoreLock: two who ask do not see each other", "[system][lock]") {
  const Control control;
  control.acquire();
  const UniqueFd asking = control.directory.open_file("lock");
  REQUIRE(flock(asking.get(), LOCK_SH | LOCK_NB) == 0);
  REQUIRE_FALSE(lock_is_held(control.directory));
}
