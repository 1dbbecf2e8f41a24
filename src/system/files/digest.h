// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct SHA256state_st;  // OpenSSL's

namespace backstep {

// SHA-256, fed piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();

  void update(std::string_view bytes);
  std::string hex();  // ends the computation

 private:
  std::unique_ptr<SHA256state_st> state_;
};

std::string sha256_hex(std::string_view bytes);

// The hash of a whole file, from its start. `file_size` is what a status said of it; see read_at.
std::string sha256_of_file(int fd, std::string_view subject, uint64_t file_size);

// An open file, and how messages call it.
struct NamedFd {
  int fd;
  std::string_view subject;
};

struct Copied {
  uint64_t size = 0;
  std::string sha256;  // of what was copied
};

// Appends all of `source`, from its start, to `target`, hashing on the way. `expected_size` is a
// hint: a small file is read with one call.
Copied copy_hashed(const NamedFd& source, const NamedFd& target, uint64_t expected_size);

// What hands out its bytes piece by piece, as many as it likes: 0 is the end.
using ByteSource = std::function<size_t(std::span<char>)>;
Copied copy_hashed(const ByteSource& source, const NamedFd& target);
// Reads it to its end and keeps nothing.
Copied hash_through(const ByteSource& source);

}  // namespace backstep
