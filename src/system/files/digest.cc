// SPDX-License-Identifier: Apache-2.0
// The SHA256_ functions are deprecated in OpenSSL 3 in favour of EVP, which would pull the
// library's provider machinery, 3.5 MB of it, into the static binary. This asks for the API
// of 1.1.0, whose functions are the same ones without the warning.
#define OPENSSL_API_COMPAT 0x10100000L

#include "system/files/digest.h"

#include <openssl/sha.h>

#include <memory>
#include <new>
#include <span>

#include "system/fd.h"

namespace backstep {

struct Sha256::State {
  SHA256_CTX context;
};

Sha256::Sha256() {
  static_assert(sizeof(State) <= sizeof storage_ && alignof(State) <= 8);
  SHA256_Init(&(new (storage_.data()) State)->context);
}

Sha256::State& Sha256::state() {
  return *std::launder(reinterpret_cast<State*>(storage_.data()));
}

void Sha256::update(std::string_view bytes) {
  SHA256_Update(&state().context, bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_Final(digest.data(), &state().context);
  std::string text;
  text.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 digest;
  digest.update(bytes);
  return digest.hex();
}

std::string sha256_of_file(int fd, std::string_view subject, uint64_t file_size) {
  const size_t piece = piece_of(file_size);
  const auto buffer = std::make_unique_for_overwrite<char[]>(piece);
  Sha256 digest;
  uint64_t offset = 0;
  while (true) {
    const size_t size = read_at(fd, {buffer.get(), piece}, offset, subject, file_size);
    digest.update({buffer.get(), size});
    if (size < piece) return digest.hex();
    offset += size;
  }
}

}  // namespace backstep
