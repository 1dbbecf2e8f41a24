// SPDX-License-Identifier: Apache-2.0
// Opens a file beneath a root again and again, while another process flips a directory on the way
// between the real one and a symlink that leads outside: by openat2, by the walk, and, to show that
// the race is one, by looking before opening. Usage: beneath_race SECONDS
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>

#include "support/temp_dir.h"
#include "system/files/beneath.h"

namespace backstep::test {
namespace {

constexpr const char* kPath = "services/action/entrypoint.sh";
constexpr int kRead = O_RDONLY | O_NOFOLLOW | O_CLOEXEC;

struct Counts {
  uint64_t inside = 0;
  uint64_t refused = 0;
  uint64_t escaped = 0;
};

// What many programs do: a symlink is looked for, and what was looked at may be another by the time
// of the open.
Opened look_then_open(int root, std::string_view /*path*/, int flags, mode_t mode) {
  struct stat status {};
  if (fstatat(root, "services/action", &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(status.st_mode)) {
    return {UniqueFd(), ELOOP};
  }
  return {UniqueFd(openat(root, kPath, flags, mode)), 0};
}

using Open = Opened (*)(int, std::string_view, int, mode_t);

Counts race(Open open_it, int root, std::chrono::duration<double> limit) {
  Counts counts;
  const auto end = std::chrono::steady_clock::now() + limit;
  for (uint64_t round = 0; round % 256 != 0 || std::chrono::steady_clock::now() < end; ++round) {
    const Opened opened = open_it(root, kPath, kRead, 0);
    char found = '\0';
    if (!opened.fd || pread(opened.fd.get(), &found, 1, 0) != 1) {
      ++counts.refused;
    } else {
      ++(found == 'i' ? counts.inside : counts.escaped);
    }
  }
  return counts;
}

pid_t start_flipping(int root) {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (renameat2(root, "services/action", root, "partner", RENAME_EXCHANGE) == 0) continue;
  _exit(1);
}

void print(const char* name, const Counts& counts) {
  printf("%-16s inside %9lu  refused %9lu  escaped %7lu\n", name, counts.inside, counts.refused, counts.escaped);
}

int run(double seconds) {
  const TempDir dir;
  dir.write("root/services/action/entrypoint.sh", "inside");
  dir.write("outside/entrypoint.sh", "outside");
  std::filesystem::create_symlink(dir / "outside", dir / "root/partner");
  const UniqueFd root(open((dir / "root").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const pid_t flipper = start_flipping(root.get());
  const std::chrono::duration<double> limit(seconds);
  const Counts kernel = race(open_beneath, root.get(), limit);
  const Counts walk = race(open_by_walk, root.get(), limit);
  const Counts looked = race(look_then_open, root.get(), limit);
  kill(flipper, SIGKILL);
  int status = 0;
  waitpid(flipper, &status, 0);
  print("open_beneath", kernel);
  print("open_by_walk", walk);
  print("look, then open", looked);
  // A race in which nobody is caught proves nothing.
  const bool bites = looked.escaped > 0 && kernel.refused > 0 && walk.refused > 0;
  if (!bites) puts("the race bites nobody: not even the one that looks before it opens");
  const bool flipped = WIFSIGNALED(status);
  return flipped && bites && kernel.escaped == 0 && walk.escaped == 0 && kernel.inside > 0 && walk.inside > 0 ? 0 : 1;
}

}  // namespace
}  // namespace backstep::test

int main(int count, char** arguments) {
  return backstep::test::run(count > 1 ? std::strtod(arguments[1], nullptr) : 2);
}
