// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.h"
#include "base/secrets.h"
#include "system/fd.h"
#include "system/output.h"
#include "system/process/command_output.h"
#include "system/signals.h"

namespace backstep {

// What to do with processes that a command left running when it ended by itself.
enum class Leftovers {
  kKeep,   // a deploy may have started daemons
  kSweep,  // a check has no business to leave anything
};

struct ProcessSpec {
  std::vector<std::string> argv;
  std::vector<std::string> environment;  // added to the caller's: NAME=value, the last one wins
  std::string directory;                 // absolute or relative to ours; "" = ours
  Duration timeout{0};                   // 0 = none
  Duration grace{10'000};                // between TERM and KILL
  Leftovers leftovers = Leftovers::kKeep;
  Output* live = nullptr;   // where output is shown as it comes; null: nowhere
  std::string live_prefix;  // put before each line of it
  int input_fd = -1;        // becomes its stdin; -1: that is empty
  int output_fd = -1;       // becomes its stdout; -1: that goes where its stderr goes
  // An absolute directory, outside of which the program must lie, on PATH and changed by root
  // alone; it gets nothing of the caller's environment. "": any program.
  std::string untrusted_tree = {};
  int lock_fd = -1;                        // the store's lock, which the keeper inherits and the command does not
  std::function<void()> each_second = {};  // is called while run() waits for it
};

// What POSIX lets a shell answer for a program that it cannot execute, or does not find.
inline constexpr int kExitNotExecutable = 126;
inline constexpr int kExitNotFound = 127;

// How a command ended: a value, because every one of these is expected.
struct ProcessResult {
  enum class End {
    kExited,      // by itself
    kSignaled,    // signal
    kTimedOut,    // ended by us after spec.timeout
    kStopped,     // ended by us because a stop signal arrived (signal)
    kNotStarted,  // error_number says why: ENOENT, EACCES, ENOEXEC ...
  };
  End end = End::kExited;
  int code = 0;  // of exit, after our request to end too; 0 where a signal ended it
  int signal = 0;
  int error_number = 0;
  bool keeper_lost = false;  // kSignaled: somebody killed the keeper; the true end is unknown
  Duration timeout{0};       // kTimedOut: what it had
  Duration elapsed{0};
  Excerpt output = {};
  std::string told = {};            // what it said of its end itself, for described(); "" = nothing
  std::vector<int> survivors = {};  // pids that could not be ended (a setuid child), to be named
  std::string writers = {};         // whom it left with its output: "4711 (python3)"; "" = nobody
  int drain_error = 0;              // why nobody reads on for those; 0: a drainer does

  bool succeeded() const { return end == End::kExited && code == 0; }
  // The program is missing or cannot be executed, by exec's answer or by the shell's (126, 127).
  bool cannot_run() const;
  // It could not be started for want of descriptors, processes or memory, which says nothing of it.
  bool lacked_room() const;
  // "exited with 7", "was killed by signal 9 (Killed)", "timed out after 30s", "could not be
  // started: No such file or directory"; or what was told.
  std::string described() const;
  // " left processes running that …", whom, and what to do; "" without writers.
  std::string described_writers() const;
};

// Commands that run side by side, told apart by keys of the caller's. start() comes back at once, a
// command that cannot be started included; wait() hands out each one's end.
class SideBySide {
 public:
  struct Ended {
    size_t key = 0;
    ProcessResult result;
  };

  // Ends what still runs, at once.
  virtual ~SideBySide() = default;
  virtual void start(size_t key, ProcessSpec spec) = 0;
  virtual size_t running() const = 0;  // started, and its end not handed out yet
  // Until one has ended, or for `limit`. A stop signal ends all of them, each as it would alone.
  virtual std::vector<Ended> wait(Duration limit = kLong) = 0;
  static constexpr Duration kLong = std::chrono::hours(1);  // whoever waits goes on waiting then
};

// Runs commands: one of the seams that a test replaces.
class ProcessRunner {
 public:
  virtual ~ProcessRunner() = default;
  virtual ProcessResult run(const ProcessSpec& spec) = 0;
  virtual std::unique_ptr<SideBySide> side_by_side() = 0;
};

// Runs each command under a keeper (system/keeper.h). stdin is empty or the file that the spec
// gives, stdout and stderr are one pipe, so their order is kept. Returns within timeout + grace + 1
// s, whatever the tree does; on a stop signal within min(grace, 1 s) + 1 s; kSweepLimit more when
// the kernel itself does not let go of a process, which is then among the survivors. After the
// command has ended its pipe is read for at most 200 ms more: a daemon may hold it open for ever.
// From then on a drainer reads it, unless the command was to be swept or was ended by us.
// Once a stop signal has arrived no further command is started: the answer is kStopped at once.
// Throws nothing for a command: when not even a process can be made, that is kNotStarted too.
class KeptProcessRunner : public ProcessRunner {
 public:
  // `signals` must outlive the runner. Of the secrets none is in what is shown or kept of an
  // output, however the command's writes and our reads cut it.
  explicit KeptProcessRunner(SignalWatch& signals, Secrets secrets = {})
      : signals_(signals), secrets_(std::move(secrets)) {}
  ProcessResult run(const ProcessSpec& spec) override;
  // All in one poll loop; must not outlive the runner. Each keeps its own promises of the above.
  std::unique_ptr<SideBySide> side_by_side() override;

 private:
  SignalWatch& signals_;
  Secrets secrets_;
};

// Becomes another program, found on PATH like a shell finds it, with these arguments and the
// environment as it is. Returns only when that failed: the error number.
int become(const std::vector<std::string>& argv);

// Called once, first. A core of ours would hold the secrets of the environment, so none is written,
// nor handed to a program that collects them. Commands have the caller's limit back.
void leave_no_core();
void give_back_core_limit();

// How long a variable may be that is added for a command, so that it can still be started: execve
// takes 128 KiB of one text, and of all together a quarter of the stack's limit.
size_t longest_variable();

// 0, or the errno that executing this file would meet, as far as it is known without doing so.
int why_not_executable(const std::string& path);

// The binary that this process runs, for reading, even when the file has been replaced since.
UniqueFd open_own_binary();

// All descendants of `root`, by the parent links in /proc. Zombies are among them.
std::vector<pid_t> descendants_of(pid_t root);

// "4711 (python3)"; "" when it has gone.
std::string named_process(pid_t pid);

using FileId = std::pair<uint64_t, uint64_t>;  // device and inode

// The first process that has one of these files mounted as a single file, as containers have it,
// and which file. nullopt: none that we may look at, which proves nothing; btrfs is out of sight.
std::optional<std::pair<pid_t, FileId>> process_that_mounts(const std::set<FileId>& files);

// Ends everything below this process, which must be a subreaper: stop all, kill all, reap, look
// again, until nothing is left or `limit` has passed. Stopping first keeps a supervisor from
// starting again what is killed under it. Returns who is still there: one that changed its user, or
// that the kernel holds. Reaps every child, so take an exit status before.
std::vector<pid_t> kill_descendants(Duration limit);

}  // namespace backstep
