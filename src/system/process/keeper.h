// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/duration.h"
#include "system/fd.h"
#include "system/process/process.h"

namespace backstep {

// A keeper is a small forked process between us and one command. It is the command's session
// leader, parent and subreaper, so whatever the command forks, however often it calls setsid, ends
// up below this keeper and below no other: a sweep of its tree can never reach a daemon that an
// earlier command left running. It inherits the store's lock; the command does not. When we die (it
// sees the end of the pipe we hold), it kills the tree, reaps it, and only then exits and lets go
// of the lock: an orphaned deploy cannot overwrite what the recovery restored.
//
//   us ──── control pipe (EndRequest: end the tree; end of file: we are dead, kill it) ────▶ keeper
//   us ◀─── report pipe (one KeeperReport, then end of file: the keeper is gone) ─────────── keeper
//
// Whom a command leaves behind may have its output; then the keeper leaves a drainer.
//
// The keeper blocks every signal that can be blocked: GitLab's cancel sends TERM to every process
// of the container, and the keeper is the one that must outlive the command.
struct EndRequest {
  int64_t grace_ms = 0;
};

struct KeeperReport {
  int error_number = 0;  // of fork, chdir or exec; 0 = the command ran
  int wait_status = 0;
  bool ended_on_request = false;     // false: the command ended by itself, before any request
  std::array<pid_t, 8> survivors{};  // 0: none
  int drain_error = 0;               // of the start of a drainer
  std::array<char, 256> writers{};   // for whom it is: a text that ends with 0
};

// How long a sweep may take. It takes milliseconds, unless the kernel holds a process.
constexpr Duration kSweepLimit{5'000};

struct Keeper {
  pid_t pid = -1;
  UniqueFd control;  // write end
  UniqueFd report;   // read end
};

// Forks the keeper, which starts the command with `output` as stdout and stderr. spec.lock_fd and
// `drained`, the output's read end for a drainer, are kept open in the keeper (-1: none); every
// other descriptor is closed there. Throws SystemError when no process or pipe can be made.
Keeper start_keeper(const ProcessSpec& spec, int output, int drained = -1);

// Asks it to end its tree: TERM, and KILL after `grace`. A second request can only shorten that.
void request_end(const Keeper& keeper, Duration grace);

// What a keeper is born with; everything else it closes.
struct KeeperLinks {
  int control;       // read end
  int report;        // write end
  int output;        // the command's, closed once the command has it
  int lock;          // -1: none
  int input = -1;    // likewise; what the command reads
  int drained = -1;  // likewise
};

// The life of a keeper: call it in a freshly forked child.
[[noreturn]] void be_keeper(const ProcessSpec& spec, const KeeperLinks& links) noexcept;

struct CommandLinks {
  int output;      // becomes stdout and stderr
  int exec_error;  // close-on-exec; takes the errno when the program cannot be executed
  pid_t keeper;
  int input = -1;  // becomes stdin; -1: that stays empty
};

// From fork to exec in the command's process. Ends it with 127 when there is no exec; the number of
// the error is in the pipe, so that this is never mistaken for a program that exits with 127.
[[noreturn]] void be_command(const ProcessSpec& spec, const CommandLinks& links) noexcept;

// `inherited` (as `environ`) with `added` (NAME=value) put over it; the last one of a name wins.
std::vector<std::string> merged_environment(const char* const* inherited, std::span<const std::string> added);

// A server that a deploy starts in the background often has the pipe of the deploy's output as its
// own. Without a reader its next line would end it (SIGPIPE), and the health check would find it
// dead. So its keeper leaves a drainer behind, which reads on for us and throws away what comes.
//
// A drainer begins when we have closed our end of the control pipe, or have died, and ends with the
// last writer. It holds that pipe and nothing else: no lock, or the next run would wait for it; no
// stdout of ours, or the pipeline would wait for it; no environment, by which some runners find
// what they end. It answers to no signal but KILL. It ends with us where we are PID 1.

// Somebody may still write into it. `output` is the read end.
bool has_writers(int output);
// "4711 (python3), 4712 (node)": those among our descendants that have it as stdout or stderr.
std::string named_writers(int output);

// For a keeper whose command has ended. Returns 0, or the number of the error: nobody reads then.
int start_drainer(int output, int control);

// Before all else in main. In a drainer it does not return: a drainer executes our program anew,
// which frees the memory that it has from us. Without this call, in a test, it goes on as it is.
void drain_if_called_to(int argc, const char* const* argv);

}  // namespace backstep
