// SPDX-License-Identifier: Apache-2.0
// Runs a command and says what it cost: the time in nanoseconds, the largest resident set in KiB,
// the exit status.
//
//     measure RESULT-FD COMMAND…
//
// A program of its own, because the kernel counts what a process was before its exec to its largest
// resident set: started by Python, `true` would need as much memory as Python.
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern char** environ;

namespace {

int64_t now() {
  const auto time = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int64_t begun = now();
  pid_t pid = 0;
  if (posix_spawnp(&pid, argv[2], nullptr, nullptr, argv + 2, environ) != 0) return 127;
  int status = 0;
  rusage used{};
  if (wait4(pid, &status, 0, &used) != pid) return 127;
  const int64_t wall = now() - begun;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  dprintf(std::atoi(argv[1]), "%lld %ld %d\n", static_cast<long long>(wall), used.ru_maxrss, code);
  return 0;
}
