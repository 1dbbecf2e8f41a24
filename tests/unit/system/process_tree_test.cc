// SPDX-License-Identifier: Apache-2.0
#include "system/process/process.h"

#include <algorithm>
#include <cerrno>

#include <sys/mount.h>

#include "support/catch.h"
#include "support/processes.h"
#include "support/temp_dir.h"

using backstep::descendants_of;
using backstep::Duration;
using backstep::FileId;
using backstep::kill_descendants;
using backstep::process_that_mounts;
using backstep::test::eventually;
using backstep::test::holds_in_child;
using backstep::test::TempDir;

namespace {

// As a keeper is: a subreaper with SIGCHLD blocked.
template <typename Body>
bool holds_in_subreaper(Body body) {
  return holds_in_child([&] {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, nullptr);
    return body();
  });
}

// No test leaves a process behind for longer than this, even if what it tests is broken.
[[noreturn]] void live_on() {
  alarm(20);
  while (true) pause();
}

bool no_child_is_left() { return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

// A new session and a new process at each hop, as fast as the kernel makes them.
[[noreturn]] void hop() {
  const auto end = std::chrono::steady_clock::now() + Duration(10'000);
  while (std::chrono::steady_clock::now() < end) {
    setsid();
    if (fork() > 0) _exit(0);
  }
  _exit(0);
}

}  // namespace

TEST_CASE("kill_descendants: without any it returns at once", "[system][process_tree]") {
  REQUIRE(holds_in_subreaper([] { return kill_descendants(Duration(20'000)).empty(); }));
}

TEST_CASE("kill_descendants: who may not be killed is named without waiting for the limit", "[system][process_tree]") {
  if (getuid() != 0) {
    WARN("needs root: not tested");
    return;
  }
  REQUIRE(holds_in_subreaper([] {
    const pid_t child = fork();
    if (child == 0) {
      // It outlives the test, which nobody may wait for.
      close(STDOUT_FILENO);
      close(STDERR_FILENO);
      alarm(30);
      while (true) pause();
    }
    if (setresuid(65534, 65534, 65534) != 0) return false;
    const auto start = std::chrono::steady_clock::now();
    const bool named = kill_descendants(Duration(20'000)) == std::vector<pid_t>{child};
    return named && std::chrono::steady_clock::now() - start < Duration(10'000);
  }));
}

TEST_CASE("kill_descendants: 300 children end well before the limit", "[system][process_tree]") {
  REQUIRE(holds_in_subreaper([] {
    for (int i = 0; i < 300; ++i) {
      if (fork() == 0) {
        setsid();
        live_on();
      }
    }
    return kill_descendants(Duration(20'000)).empty() && no_child_is_left();
  }));
}

TEST_CASE("kill_descendants: the orphans of three generations end", "[system][process_tree]") {
  REQUIRE(holds_in_subreaper([] {
    if (fork() == 0) {
      setsid();
      if (fork() == 0) {
        setsid();
        if (fork() == 0) live_on();
        _exit(0);
      }
      live_on();
    }
    return kill_descendants(Duration(20'000)).empty() && no_child_is_left();
  }));
}

TEST_CASE("kill_descendants: who ignores TERM or has stopped itself ends too", "[system][process_tree]") {
  REQUIRE(holds_in_subreaper([] {
    if (fork() == 0) {
      signal(SIGTERM, SIG_IGN);
      live_on();
    }
    if (fork() == 0) {
      raise(SIGSTOP);
      live_on();
    }
    return kill_descendants(Duration(20'000)).empty() && no_child_is_left();
  }));
}

TEST_CASE("kill_descendants: one that forks faster than we look does not get away", "[system][process_tree]") {
  REQUIRE(holds_in_subreaper([] {
    const pid_t first = fork();
    if (first == 0) hop();
    waitpid(first, nullptr, 0);  // from here on it is on its way
    return kill_descendants(Duration(20'000)).empty() && no_child_is_left();
  }));
}

TEST_CASE("descendants_of: a name that looks like other fields misleads nobody", "[system][process_tree]") {
  REQUIRE(holds_in_subreaper([] {
    const pid_t child = fork();
    if (child == 0) {
      prctl(PR_SET_NAME, "a) S 1 (b c");
      raise(SIGSTOP);
      live_on();
    }
    waitpid(child, nullptr, WUNTRACED);
    const bool found = descendants_of(getpid()) == std::vector<pid_t>{child};
    return kill_descendants(Duration(20'000)).empty() && found;
  }));
}

TEST_CASE("descendants_of: all generations, and nobody else", "[system][process_tree]") {
  REQUIRE(holds_in_subreaper([] {
    if (fork() == 0) {
      if (fork() == 0) {
        if (fork() == 0) live_on();
        live_on();
      }
      live_on();
    }
    const auto complete = [] { return descendants_of(getpid()).size() == 3; };
    const bool found = eventually(complete);
    const std::vector<pid_t> tree = descendants_of(getpid());
    const bool others =
        std::count(tree.begin(), tree.end(), getpid()) != 0 || std::count(tree.begin(), tree.end(), getppid()) != 0;
    return kill_descendants(Duration(20'000)).empty() && found && !others;
  }));
}

TEST_CASE("named_process: its number and what it calls itself, for a message", "[system][process_tree]") {
  CHECK(holds_in_child([] {
    prctl(PR_SET_NAME, "a) b\x1b");
    return backstep::named_process(getpid()) == std::to_string(getpid()) + " (a) b\\x1b)";
  }));
  const pid_t gone = fork();
  if (gone == 0) _exit(0);
  waitpid(gone, nullptr, 0);
  CHECK(backstep::named_process(gone).empty());
}

TEST_CASE("process_that_mounts: a file that is mounted by itself is found, also once its name is taken",
          "[system][process_tree]") {
  const auto id_of = [](const std::string& path) {
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    return FileId{status.st_dev, status.st_ino};
  };
  const TempDir dir;
  for (const char* name : {"script", "seen", "other", "new"}) dir.write(name, name);
  const FileId script = id_of(dir / "script");
  const FileId other = id_of(dir / "other");
  CHECK_FALSE(process_that_mounts({script, other}));
  CHECK_FALSE(process_that_mounts({}));
  const std::string place = dir / "seen";
  if (mount((dir / "script").c_str(), place.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    WARN("skipped: this user may not mount");
    return;
  }
  rename((dir / "new").c_str(), (dir / "script").c_str());
  const auto found = process_that_mounts({other, script});
  const auto renamed = process_that_mounts({id_of(dir / "script")});
  umount2(place.c_str(), MNT_DETACH);
  REQUIRE(found);
  CHECK(found->first > 0);
  CHECK(found->second == script);
  CHECK_FALSE(renamed);
}
