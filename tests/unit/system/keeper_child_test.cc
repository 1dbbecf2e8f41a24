// SPDX-License-Identifier: Apache-2.0
#include "system/process/keeper.h"

#include <fcntl.h>
#include <sys/file.h>

#include "support/catch.h"
#include "support/processes.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using backstep::Duration;
using backstep::KeptProcessRunner;
using backstep::Leftovers;
using backstep::Output;
using backstep::Pipe;
using backstep::ProcessResult;
using backstep::ProcessSpec;
using backstep::SignalWatch;
using backstep::UniqueFd;
using backstep::test::eventually;
using backstep::test::MarkedTree;
using backstep::test::TempDir;
using backstep::test::matchers::Contains;
using End = backstep::ProcessResult::End;

namespace {

ProcessSpec shell(const std::string& script) {
  ProcessSpec spec;
  spec.argv = {"sh", "-ec", script};
  return spec;
}

ProcessResult run(const std::string& script, int lock_fd) {
  SignalWatch signals;
  ProcessSpec spec = shell(script);
  spec.lock_fd = lock_fd;
  return KeptProcessRunner(signals).run(spec);
}

UniqueFd open_lock(const std::string& path) { return UniqueFd(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)); }

bool try_lock(const UniqueFd& file) { return flock(file.get(), LOCK_EX | LOCK_NB) == 0; }

// A run as the tool does it: holds the lock, shows the command's output, and is killed in the end.
pid_t start_run(const std::string& lock_path, int shown, const ProcessSpec& spec) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  const UniqueFd lock = open_lock(lock_path);
  if (!try_lock(lock)) _exit(1);
  SignalWatch signals;
  Output live(shown);
  ProcessSpec shown_spec = spec;
  shown_spec.live = &live;
  shown_spec.lock_fd = lock.get();
  KeptProcessRunner(signals).run(shown_spec);
  _exit(0);
}

const std::string kShowDescriptors =
    "for f in /proc/$$/fd/*; do readlink $f || true; done; echo keeper; cat /proc/$PPID/comm;"
    "for f in /proc/$PPID/fd/*; do readlink $f || true; done";

}  // namespace

TEST_CASE("Keeper: it has the lock and none of our other files; the command has neither", "[system][keeper_child]") {
  const TempDir dir;
  const UniqueFd lock = open_lock(dir / "the-lock");
  // Not close-on-exec, as a library or a shell may have left it to us; a high number too.
  const UniqueFd inherited(open((dir / "other").c_str(), O_RDWR | O_CREAT, 0600));
  const UniqueFd high(fcntl(inherited.get(), F_DUPFD, 300));
  const std::string text = run(kShowDescriptors, lock.get()).output.text();
  const size_t border = text.find("keeper\nbackstep-keeper\n");
  REQUIRE(border != std::string::npos);
  CHECK_THAT(text.substr(0, border), !Contains("the-lock"));
  CHECK_THAT(text.substr(border), Contains("the-lock"));
  CHECK_THAT(text, !Contains("other"));
}

TEST_CASE("Keeper: of the command's output it has the read end alone, for a drainer", "[system][keeper_child]") {
  const auto held = [](Leftovers leftovers) {
    SignalWatch signals;
    // The inode of a pipe is the name of both its ends.
    ProcessSpec spec = shell("ls -l /proc/$PPID/fd | grep -F \"$(readlink /proc/$$/fd/1)\" | cut -c 1-4 || true");
    spec.leftovers = leftovers;
    return KeptProcessRunner(signals).run(spec).output.text();
  };
  CHECK(held(Leftovers::kKeep) == "lr-x\n");
  CHECK(held(Leftovers::kSweep).empty());
}

TEST_CASE("Keeper: no signal to it ends it but KILL", "[system][keeper_child]") {
  const std::string name = GENERATE("INT", "TERM", "HUP", "QUIT", "USR1", "ALRM");
  const ProcessResult result = run("kill -" + name + " $PPID; exit 6", -1);
  REQUIRE(result.end == End::kExited);
  REQUIRE(result.code == 6);
}

TEST_CASE("Keeper: the command has a group and a session that are not ours", "[system][keeper_child]") {
  // Fields 5 and 6 of stat are the group and the session; the name in field 2 is `sh`.
  const ProcessResult result = run("read -r stat </proc/$$/stat; set -- $stat; echo $5 $6 $$ $PPID", -1);
  const std::string text = result.output.text();
  int group = 0;
  int session = 0;
  int command = 0;
  int keeper = 0;
  REQUIRE(sscanf(text.c_str(), "%d %d %d %d", &group, &session, &command, &keeper) == 4);
  REQUIRE(group == command);
  REQUIRE(session == keeper);
}

TEST_CASE("Keeper: when the tool is killed the tree ends first and the lock is free after it",
          "[system][keeper_child]") {
  const TempDir dir;
  const MarkedTree tree;
  const std::string script =
      GENERATE("echo ready; exec sleep 60", "trap '' TERM; setsid sleep 60 & echo ready; sleep 60");
  ProcessSpec spec = shell(script);
  spec.environment = {tree.mark()};
  const Pipe shown = backstep::make_pipe();
  const pid_t tool = start_run(dir / "the-lock", shown.write.get(), spec);
  char letter = 0;
  REQUIRE(read(shown.read.get(), &letter, 1) == 1);
  const UniqueFd lock = open_lock(dir / "the-lock");
  REQUIRE_FALSE(try_lock(lock));
  kill(tool, SIGKILL);
  waitpid(tool, nullptr, 0);
  REQUIRE(eventually([&] { return try_lock(lock); }));
  REQUIRE(tree.gone());
}
