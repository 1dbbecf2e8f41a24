// SPDX-License-Identifier: Apache-2.0
#include "system/files/copy.h"

#include <fcntl.h>

#include <memory>

#include "system/fd.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

constexpr uint64_t kStreamPiece = uint64_t{256} * 1024;

Copied copy_pieces(const ByteSource& source, const std::function<void(std::string_view)>& keep) {
  const auto piece = std::make_unique_for_overwrite<char[]>(kStreamPiece);
  Sha256 sum;
  Copied copied;
  while (const size_t count = source({piece.get(), kStreamPiece})) {
    sum.update({piece.get(), count});
    keep({piece.get(), count});
    copied.size += count;
  }
  copied.sha256 = sum.hex();
  return copied;
}

// The disk works on one file while the next is hashed, instead of on all of them at the end. Only a
// start: what fails is reported by the sync.
void start_writing_out(int fd, uint64_t size) {
  constexpr uint64_t kWorthACall = uint64_t{1} << 20;
  if (size >= kWorthACall) sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

}  // namespace

Copied copy_hashed(const NamedFd& source, const NamedFd& target, uint64_t expected_size) {
  const size_t most = piece_of(expected_size);
  const auto piece = std::make_unique_for_overwrite<char[]>(most);
  Sha256 sum;
  Copied copied;
  while (true) {
    const size_t count =
        read_at(source.fd, {piece.get(), most}, copied.size, source.subject, expected_size);
    sum.update({piece.get(), count});
    write_all(target.fd, {piece.get(), count}, target.subject);
    copied.size += count;
    if (count < most) break;
  }
  copied.sha256 = sum.hex();
  start_writing_out(target.fd, copied.size);
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
