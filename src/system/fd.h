// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>

namespace backstep {

// Owns one file descriptor. The destructor closes and discards what close says; a writer that must
// know calls close() itself.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept;
  ~UniqueFd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset();

  // Throws SystemError: on some file systems a write fails only here.
  void close(std::string_view subject);

 private:
  int fd_ = -1;
};

}  // namespace backstep
