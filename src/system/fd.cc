// SPDX-License-Identifier: Apache-2.0
#include "system/fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/error.h"

namespace backstep {
namespace {

constexpr uint64_t kSmallestPiece = uint64_t{4} * 1024;
constexpr uint64_t kLargestPiece = uint64_t{256} * 1024;

// A signal may interrupt any call; only a broken file system does so again and again.
constexpr int kMostInterruptions = 100;

void put_null_on_standard_descriptors() {
  const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) throw SystemError("open", "/dev/null");
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (dup2(null, standard) < 0) throw SystemError("duplicate", "/dev/null");
  }
  if (null > STDERR_FILENO) close(null);
}

}  // namespace

void UniqueFd::reset() {
  if (fd_ >= 0) ::close(release());
}

// Never again after an error, EINTR included: Linux has freed the number, which others may have.
void UniqueFd::close(std::string_view subject) {
  if (::close(release()) != 0) throw SystemError("close", subject);
}

size_t piece_of(uint64_t file_size) {
  return std::clamp(std::min(file_size, kLargestPiece) + 1, kSmallestPiece, kLargestPiece);
}

void write_all(int fd, std::string_view bytes, std::string_view subject) {
  int interruptions = 0;
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0) {
      if (errno == EINTR && ++interruptions < kMostInterruptions) continue;
      throw SystemError("write", subject);
    }
    bytes.remove_prefix(static_cast<size_t>(count));
  }
}

size_t read_at(int fd, std::span<char> buffer, uint64_t offset, std::string_view subject, uint64_t file_size) {
  size_t filled = 0;
  int interruptions = 0;
  while (filled < buffer.size()) {
    const ssize_t count =
        ::pread(fd, buffer.data() + filled, buffer.size() - filled, static_cast<off_t>(offset + filled));
    if (count < 0) {
      if (errno == EINTR && ++interruptions < kMostInterruptions) continue;
      throw SystemError("read", subject);
    }
    if (count == 0) break;
    filled += static_cast<size_t>(count);
    if (filled < buffer.size() && offset + filled == file_size) break;
  }
  return filled;
}

void rewind_file(int fd, std::string_view subject) {
  if (lseek(fd, 0, SEEK_SET) < 0) throw SystemError("rewind", subject);
}

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw SystemError("make", "pipe");
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Pipe make_roomy_pipe() {
  constexpr int kRoom = 256 * 1024;
  Pipe pipe = make_pipe();
  fcntl(pipe.write.get(), F_SETPIPE_SZ, kRoom);
  return pipe;
}

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
