// SPDX-License-Identifier: Apache-2.0
// The SHA256_ functions are deprecated in OpenSSL 3 in favour of EVP, which would pull the
// library's provider machinery, 3.5 MB of it, into the static binary. This asks for the API
// of 1.1.0, whose functions are the same ones without the warning.
#define OPENSSL_API_COMPAT 0x10100000L

#include "system/files/digest.h"

#include <fcntl.h>
#include <openssl/sha.h>

#include "base/error.h"
#include "system/fd.h"

namespace backstep {

Sha256::Sha256() : state_(std::make_unique<SHA256_CTX>()) { SHA256_Init(state_.get()); }

Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) { SHA256_Update(state_.get(), bytes.data(), bytes.size()); }

ContentHash Sha256::hash() {
  ContentHash hash;
  SHA256_Final(hash.bytes.data(), state_.get());
  return hash;
}

void HashedPieces::add(std::string_view text) {
  constexpr size_t kWrittenAtOnce = size_t{64} * 1024;
  if (text.size() > room_) throw Error(ExitCode::kBackupFailed, "too many files are tracked");
  room_ -= text.size();
  sum_.update(text);
  piece_ += text;
  if (piece_.size() >= kWrittenAtOnce) write_(std::exchange(piece_, {}));
}

std::string HashedPieces::end() {
  write_(piece_);
  return sum_.hex();
}

ContentHash sha256_of(std::string_view bytes) {
  Sha256 digest;
  digest.update(bytes);
  return digest.hash();
}

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

// Of each digit, by its code; a table, for which of the two kinds comes next cannot be foretold. Capitals are none, so
// that no hash has two texts.
constexpr unsigned char kNoDigit = 0xFF;
constexpr auto kValues = [] {
  std::array<unsigned char, 256> values{};
  values.fill(kNoDigit);
  for (unsigned char value = 0; value < kDigits.size(); ++value)
    values[static_cast<unsigned char>(kDigits[value])] = value;
  return values;
}();

unsigned value_of(char digit) { return kValues[static_cast<unsigned char>(digit)]; }

}  // namespace

std::optional<ContentHash> ContentHash::from_hex(std::string_view hex) {
  ContentHash hash;
  if (hex.size() != 2 * hash.bytes.size()) return {};
  const char* at = hex.data();
  unsigned all = 0;
  for (unsigned char& byte : hash.bytes) {
    const unsigned high = value_of(*at++);
    const unsigned low = value_of(*at++);
    all |= high | low;
    byte = static_cast<unsigned char>(high << 4U | low);
  }
  if (all == kNoDigit || hash.empty() || hash == kNoContent) return {};
  return hash;
}

std::string ContentHash::hex() const {
  std::string text(2 * bytes.size(), '0');
  char* at = text.data();
  for (const unsigned char byte : bytes) {
    *at++ = kDigits[byte >> 4U];
    *at++ = kDigits[byte & 15U];
  }
  return text;
}

namespace {

constexpr size_t kStreamPiece = size_t{256} * 1024;

Copied hash_pieces(
    const ByteSource& source, size_t most, const HashedPieces::Write& keep = [](auto) {}) {
  const auto piece = std::make_unique_for_overwrite<char[]>(most);
  Sha256 sum;
  Copied copied;
  while (const size_t count = source({piece.get(), most})) {
    sum.update({piece.get(), count});
    keep({piece.get(), count});
    copied.size += count;
  }
  copied.sha256 = sum.hash();
  return copied;
}

// From its start. A piece that is not full has found the end, so that no call asks for it again.
ByteSource bytes_of(const NamedFd& file, uint64_t size) {
  return [=, offset = uint64_t{0}, ended = false](std::span<char> piece) mutable {
    if (ended) return size_t{0};
    const size_t count = read_at(file.fd, piece, offset, file.subject, size);
    ended = count < piece.size();
    offset += count;
    return count;
  };
}

// The disk works on one file while the next is hashed, instead of on all of them at the end. Only a
// start: what fails is reported by the sync.
Copied copy_pieces(const ByteSource& source, size_t most, const NamedFd& target) {
  constexpr uint64_t kWorthACall = uint64_t{1} << 20;
  Copied copied =
      hash_pieces(source, most, [&](std::string_view bytes) { write_all(target.fd, bytes, target.subject); });
  if (copied.size >= kWorthACall) sync_file_range(target.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  return copied;
}

}  // namespace

ContentHash sha256_of_file(int fd, std::string_view subject, uint64_t file_size) {
  return hash_pieces(bytes_of({fd, subject}, file_size), piece_of(file_size)).sha256;
}

Copied copy_hashed(const NamedFd& source, const NamedFd& target, uint64_t expected_size) {
  return copy_pieces(bytes_of(source, expected_size), piece_of(expected_size), target);
}

Copied copy_hashed(const ByteSource& source, const NamedFd& target) {
  return copy_pieces(source, kStreamPiece, target);
}

Copied hash_through(const ByteSource& source) { return hash_pieces(source, kStreamPiece); }

}  // namespace backstep
