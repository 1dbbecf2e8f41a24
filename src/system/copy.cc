// SPDX-License-Identifier: Apache-2.0
#include "system/copy.h"

#include <algorithm>
#include <memory>

#include "system/digest.h"
#include "system/fd.h"

namespace backstep {
namespace {

constexpr uint64_t kSmallestPiece = uint64_t{4} * 1024;
constexpr uint64_t kLargestPiece = uint64_t{256} * 1024;

Copied copy_pieces(const ByteSource& source, const std::function<void(std::string_view)>& keep) {
  const auto piece = std::make_unique_for_overwrite<char[]>(kLargestPiece);
  Sha256 sum;
  Copied copied;
  while (const size_t count = source({piece.get(), kLargestPiece})) {
    sum.update({piece.get(), count});
    keep({piece.get(), count});
    copied.size += count;
  }
  copied.sha256 = sum.hex();
  return copied;
}

}  // namespace

Copied copy_hashed(const NamedFd& source, const NamedFd& target, uint64_t expected_size) {
  // One byte more than a small file has: its end then shows in the same read.
  const size_t most = std::clamp(expected_size + 1, kSmallestPiece, kLargestPiece);
  const auto piece = std::make_unique_for_overwrite<char[]>(most);
  Sha256 sum;
  Copied copied;
  while (true) {
    const size_t count = read_at(source.fd, {piece.get(), most}, copied.size, source.subject);
    sum.update({piece.get(), count});
    write_all(target.fd, {piece.get(), count}, target.subject);
    copied.size += count;
    if (count < most) break;
  }
  copied.sha256 = sum.hex();
  return copied;
}

Copied copy_hashed(const ByteSource& source, const NamedFd& target) {
  return copy_pieces(source,
                     [&](std::string_view bytes) { write_all(target.fd, bytes, target.subject); });
}

Copied hash_through(const ByteSource& source) {
  return copy_pieces(source, [](std::string_view) {});
}

}  // namespace backstep
