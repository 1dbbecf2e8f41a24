// SPDX-License-Identifier: Apache-2.0
#include "system/files/digest.h"

#include <fcntl.h>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using backstep::ContentHash;
using backstep::HashedPieces;
using backstep::kNoContent;
using backstep::Sha256;
using backstep::sha256_hex;
using backstep::sha256_of;
using backstep::sha256_of_file;
using backstep::UniqueFd;
using backstep::test::TempDir;

TEST_CASE("Digest: a file that cannot be read is named", "[system][digest]") {
  const UniqueFd directory(open("/", O_RDONLY | O_CLOEXEC));
  REQUIRE_THROWS_WITH(sha256_of_file(directory.get(), "a", 0), "cannot read 'a': Is a directory");
}

TEST_CASE("Digest: what no SHA-256 is written as is none", "[system][digest]") {
  const auto text =
      GENERATE(as<std::string>{}, "", "abc", std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'),
               std::string(63, 'a') + "g", ContentHash().hex(), kNoContent.hex(), "no-regular-file");
  CAPTURE(text);
  REQUIRE_FALSE(ContentHash::from_hex(text));
}

TEST_CASE("Digest: every byte but a small hexadecimal digit spoils a hash", "[system][digest]") {
  const size_t place = GENERATE(as<size_t>{}, 0, 31, 63);
  for (int byte = 0; byte < 256; ++byte) {
    std::string text(64, 'a');
    text[place] = static_cast<char>(byte);
    CAPTURE(place, byte);
    const bool is_digit = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
    REQUIRE(ContentHash::from_hex(text).has_value() == is_digit);
  }
}

TEST_CASE("Digest: a hash reads back from its text", "[system][digest]") {
  const ContentHash hash = sha256_of("abc");
  REQUIRE(hash.hex() == sha256_hex("abc"));
  REQUIRE(ContentHash::from_hex(hash.hex()) == hash);
  REQUIRE_FALSE(hash.empty());
  REQUIRE(ContentHash().empty());
}

TEST_CASE("Digest: more lines than are read again are refused", "[system][digest]") {
  HashedPieces lines([](std::string_view) {}, 7);
  lines.add("abcd");
  REQUIRE_THROWS_WITH(lines.add("efgh"), "too many files are tracked");
}

TEST_CASE("Digest: many lines are handed on in few pieces, and none is lost", "[system][digest]") {
  std::string text;
  size_t pieces = 0;
  HashedPieces lines(
      [&](std::string_view piece) {
        text += piece;
        ++pieces;
      },
      1'000'000);
  std::string whole;
  for (int i = 0; i < 30'000; ++i) {
    const std::string line = std::to_string(i) + '\n';
    lines.add(line);
    whole += line;
  }
  REQUIRE(lines.end() == sha256_hex(whole));
  REQUIRE(text == whole);
  REQUIRE(pieces == 3);
}

TEST_CASE("Digest: known answers of FIPS 180-4", "[system][digest]") {
  REQUIRE(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  REQUIRE(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("Digest: pieces make the same digest as the whole", "[system][digest]") {
  Sha256 digest;
  digest.update("a");
  digest.update("");
  digest.update("bc");
  REQUIRE(digest.hex() == sha256_hex("abc"));
}

TEST_CASE("Digest: a file counts from its start to its end, whatever was read of it", "[system][digest]") {
  const size_t size = GENERATE(as<size_t>{}, 0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 600'000);
  const TempDir dir;
  std::string bytes(size, 'x');
  if (size > 0) bytes.back() = 'y';
  dir.write("a", bytes);
  const UniqueFd fd(open((dir / "a").c_str(), O_RDONLY | O_CLOEXEC));
  lseek(fd.get(), 0, SEEK_END);
  REQUIRE(sha256_of_file(fd.get(), "a", bytes.size()) == sha256_of(bytes));
}
