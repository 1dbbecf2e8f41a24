// SPDX-License-Identifier: Apache-2.0
#include "system/process/keeper.h"

#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace backstep {
namespace {

constexpr const char* kDrainer = "backstep-drain";
bool can_be_executed_anew = false;

// Not splice: that would need /dev/null, a second descriptor.
[[noreturn]] void drain() {
  prctl(PR_SET_NAME, kDrainer);
  std::array<char, size_t{64} * 1024> piece;
  ssize_t count = 0;
  do {
    count = read(STDIN_FILENO, piece.data(), piece.size());
  } while (count > 0 || (count < 0 && errno == EINTR));
  _exit(0);
}

// Returns where that is not possible: then it is drained with the memory that we have.
void execute_anew() {
  std::string name = kDrainer;
  char* const argv[] = {name.data(), nullptr};
  char* const* const no_environment = argv + 1;
  if (can_be_executed_anew) execve("/proc/self/exe", argv, no_environment);
}

// The keeper has blocked all signals, and exec leaves that as it is.
[[noreturn]] void be_drainer(int output, int control) {
  setsid();
  dup2(output, STDIN_FILENO);
  dup2(control, STDOUT_FILENO);
  closefrom(STDERR_FILENO);
  // Our directory may be on a disk that somebody wants to unmount.
  [[maybe_unused]] const int changed = chdir("/");
  // To its end of file. A request to end the command comes too late now.
  for (char ignored = 0; read(STDOUT_FILENO, &ignored, 1) > 0;) {
  }
  close(STDOUT_FILENO);
  if (has_writers(STDIN_FILENO)) execute_anew();
  drain();
}

// "pipe:[4711]", the same for both ends.
std::string file_behind(const std::string& process, int fd) {
  std::error_code gone;
  return std::filesystem::read_symlink("/proc/" + process + "/fd/" + std::to_string(fd), gone);
}

}  // namespace

bool has_writers(int output) {
  pollfd asked{output, POLLIN, 0};
  return poll(&asked, 1, 0) >= 0 && (asked.revents & POLLHUP) == 0;
}

std::string named_writers(int output) {
  const std::string pipe = file_behind("self", output);
  std::string names;
  for (const pid_t pid : descendants_of(getpid())) {
    const std::string process = std::to_string(pid);
    if (file_behind(process, 1) != pipe && file_behind(process, 2) != pipe) continue;
    names += (names.empty() ? "" : ", ") + named_process(pid);
  }
  return names.empty() ? "of unknown number" : names;
}

int start_drainer(int output, int control) {
  const pid_t pid = fork();
  if (pid == 0) be_drainer(output, control);
  return pid < 0 ? errno : 0;
}

void drain_if_called_to(int argc, const char* const* argv) {
  if (argc > 0 && std::string_view(argv[0]) == kDrainer) drain();
  can_be_executed_anew = true;
}

}  // namespace backstep
