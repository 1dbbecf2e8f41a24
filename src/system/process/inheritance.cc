// SPDX-License-Identifier: Apache-2.0
#include "system/process/inheritance.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <vector>

#include "base/error.h"
#include "system/fd.h"

namespace backstep {
namespace {

constexpr int kFirstKept = 10;
constexpr unsigned kLastDescriptor = ~0U;

void put_null_on_standard_descriptors() {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) throw SystemError("open", "/dev/null");
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (dup2(null, standard) < 0) throw SystemError("duplicate", "/dev/null");
  }
  if (null > STDERR_FILENO) close(null);
}

// The numbers are taken down first, for closing changes what readdir would see.
std::vector<int> open_descriptors() {
  std::vector<int> found;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir("/proc/self/fd"), closedir);
  if (!directory) return found;
  while (const dirent* entry = readdir(directory.get())) {
    int fd = -1;
    const char* const end = entry->d_name + std::strlen(entry->d_name);
    if (std::from_chars(entry->d_name, end, fd).ec == std::errc{}) found.push_back(fd);
  }
  return found;
}

void close_one_by_one(const std::vector<int>& kept) {
  for (const int fd : open_descriptors()) {
    if (fd > STDERR_FILENO && !std::ranges::binary_search(kept, fd)) close(fd);
  }
}

// `kept` is sorted. Kernels before 5.9 and older seccomp profiles refuse close_range.
void close_all_but(const std::vector<int>& kept) {
  unsigned first = STDERR_FILENO + 1;
  for (const int fd : kept) {
    const auto number = static_cast<unsigned>(fd);
    if (first < number && close_range(first, number - 1, 0) != 0) return close_one_by_one(kept);
    first = number + 1;
  }
  if (close_range(first, kLastDescriptor, 0) != 0) close_one_by_one(kept);
}

}  // namespace

void keep_only(std::initializer_list<int*> kept) {
  std::vector<int> numbers;
  for (int* const fd : kept) {
    if (*fd < 0) continue;
    *fd = fcntl(*fd, F_DUPFD_CLOEXEC, kFirstKept);
    if (*fd < 0) throw SystemError("duplicate", "descriptor");
    numbers.push_back(*fd);
  }
  put_null_on_standard_descriptors();
  std::ranges::sort(numbers);
  close_all_but(numbers);
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
