// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace backstep {

// Owns one file descriptor. A writer that must know what close says calls close().
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset();

  // Throws SystemError: on some file systems a write fails only here.
  void close(std::string_view subject);

 private:
  int fd_ = -1;
};

// Writes all of `bytes`, over short writes and EINTR.
void write_all(int fd, std::string_view bytes, std::string_view subject);

constexpr uint64_t kUnknownSize = UINT64_MAX;

// Reads at `offset` until `buffer` is full or the file ends; the descriptor's own offset stays.
// `file_size`, as a status said it, saves the call that only finds the end.
size_t read_at(int fd, std::span<char> buffer, uint64_t offset, std::string_view subject,
               uint64_t file_size = kUnknownSize);

// Back to the beginning, for whoever reads through the descriptor's own offset.
void rewind_file(int fd, std::string_view subject);

// How much of such a file to ask for at once: a small one comes whole, with its end.
size_t piece_of(uint64_t file_size);

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

// Both ends are close-on-exec: whoever is to inherit one says so. Throws SystemError.
Pipe make_pipe();

// With room for 256 KiB in place of 64, which makes a gigabyte of output twice as fast. A user who
// has many pipes already gets the usual room.
Pipe make_roomy_pipe();

// In a forked child: closes every descriptor but these, and puts /dev/null on 0, 1 and 2, which no
// kept one is (see below); -1 means none. Throws SystemError.
void keep_only(std::vector<int> kept);

// Opens /dev/null where stdin, stdout or stderr is closed (`>&-`): the next file opened would get
// the free number, and what we print would be written into a service file. First call of main.
void fill_standard_streams();

}  // namespace backstep
