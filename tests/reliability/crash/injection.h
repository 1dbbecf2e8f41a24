// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace crash {

// What is to happen at the n-th call of a name: a write to standard output or error is called
// `write-output`, for it may fail without consequences.
struct Injection {
  enum class Action { kKill, kSignal, kError, kAlwaysError, kPowerCut };
  std::string call;
  long number = 0;
  Action action = Action::kKill;
  int value = 0;          // errno, signal, or the flag of the shutdown
  std::string directory;  // whose file system is shut down
  bool done = false;

  bool is_here(const std::string& name, long count) const;
};

// "injector: WHY", and exit 99: an injection that never came must not look like a promise kept.
[[noreturn]] void give_up(const std::string& why);

// EXT4_IOC_SHUTDOWN, XFS_IOC_GOINGDOWN: nothing more reaches the disk.
void cut_power(const Injection& injection);

// Both run the command, inject, and return its exit status (128+n for a signal). Only the program
// itself is meant: its children run free, as they would after a real kill.
//
// Stops at every call, and so can list them all: a line a call, NAME N ADDRESS… SUBJECT.
int run_traced(char** command, std::vector<Injection>& injections, const char* list);
// Stops at calls of the names that are injected at, which is many times faster: the kernel asks
// (seccomp's user notification). -1: this kernel does not, and nothing was run.
int run_notified(char** command, std::vector<Injection>& injections);

}  // namespace crash
