// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct SHA256state_st;  // OpenSSL's

namespace backstep {

// The SHA-256 of a file's content. Lists hold one for each file, so it is text only where it is written or shown.
struct ContentHash {
  std::array<unsigned char, 32> bytes = {};

  // nullopt: no content has it, or it is not 64 digits of lower-case hex.
  static std::optional<ContentHash> from_hex(std::string_view hex);
  std::string hex() const;
  bool empty() const { return *this == ContentHash(); }  // nothing was hashed
  bool operator==(const ContentHash&) const = default;
};

// In the place of a hash: what lies there cannot be stored, a link or a file that may not be read.
inline constexpr ContentHash kNoContent{{1}};

// SHA-256, fed piece by piece.
class Sha256 {
 public:
  Sha256();
  ~Sha256();

  void update(std::string_view bytes);
  ContentHash hash();  // ends the computation
  std::string hex() { return hash().hex(); }

 private:
  std::unique_ptr<SHA256state_st> state_;
};

// Hands small texts on in large pieces and hashes them, so that a list of a hundred thousand lines is never all in
// memory as text. Throws Error (kBackupFailed) where they are more than `most` bytes.
class HashedPieces {
 public:
  using Write = std::function<void(std::string_view)>;
  HashedPieces(Write write, size_t most) : write_(std::move(write)), room_(most) {}

  void add(std::string_view text);
  std::string end();  // hands on the last piece; returns the hash of all, in hex

 private:
  Write write_;
  size_t room_;
  Sha256 sum_;
  std::string piece_;
};

ContentHash sha256_of(std::string_view bytes);
inline std::string sha256_hex(std::string_view bytes) { return sha256_of(bytes).hex(); }

// The hash of a whole file, from its start. `file_size` is what a status said of it; see read_at.
ContentHash sha256_of_file(int fd, std::string_view subject, uint64_t file_size);

// An open file, and how messages call it.
struct NamedFd {
  int fd;
  std::string_view subject;
};

struct Copied {
  uint64_t size = 0;
  ContentHash sha256;  // of what was copied
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
