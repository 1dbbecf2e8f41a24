// SPDX-License-Identifier: Apache-2.0
#include "system/process/inheritance.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.h"

namespace backstep {
namespace {

void put_null_on_standard_descriptors() {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) throw SystemError("open", "/dev/null");
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (dup2(null, standard) < 0) throw SystemError("duplicate", "/dev/null");
  }
  if (null > STDERR_FILENO) close(null);
}

}  // namespace

void keep_only(std::vector<int> kept) {
  put_null_on_standard_descriptors();
  std::ranges::sort(kept);
  int next = STDERR_FILENO + 1;
  for (const int fd : kept) {
    for (; next < fd; ++next) close(next);
    next = std::max(next, fd + 1);
  }
  // Where the kernel has no call for that, or a profile refuses it, glibc closes one by one.
  closefrom(next);
}

void fill_standard_streams() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) >= 0) continue;
    // The lowest free number is `fd` itself, for the smaller ones are open by now. Read-only, so
    // that a write fails as it would have on the closed descriptor, and can be told.
    static_cast<void>(open("/dev/null", O_RDONLY));
  }
}

}  // namespace backstep
