// SPDX-License-Identifier: Apache-2.0
#include "system/files/digest.h"

#include <fcntl.h>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using backstep::Sha256;
using backstep::sha256_hex;
using backstep::sha256_of_file;
using backstep::UniqueFd;
using backstep::test::TempDir;

TEST_CASE("Digest: a file that cannot be read is named", "[system][digest]") {
  const UniqueFd directory(open("/", O_RDONLY | O_CLOEXEC));
  REQUIRE_THROWS_WITH(sha256_of_file(directory.get(), "a", 0), "cannot read 'a': Is a directory");
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
  REQUIRE(sha256_of_file(fd.get(), "a", bytes.size()) == sha256_hex(bytes));
}
