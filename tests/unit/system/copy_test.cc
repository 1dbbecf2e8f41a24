// SPDX-License-Identifier: Apache-2.0
#include "system/files/digest.h"

#include <fcntl.h>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using backstep::copy_hashed;
using backstep::UniqueFd;

TEST_CASE("Copy: a target that takes nothing is named", "[system][copy]") {
  const backstep::test::TempDir dir;
  dir.write("source", "text");
  const UniqueFd source(open((dir / "source").c_str(), O_RDONLY));
  const UniqueFd full(open("/dev/full", O_WRONLY));
  REQUIRE_THROWS_WITH(copy_hashed({source.get(), "source"}, {full.get(), "target"}, 4),
                      backstep::test::matchers::Contains("'target': No space left"));
}

TEST_CASE("Copy: size and hash are those of what was copied, whatever size was expected", "[system][copy]") {
  const backstep::test::TempDir dir;
  const std::string bytes(GENERATE(as<size_t>{}, 0, 1, 4095, 4096, 4097, 262'144, 600'000), 'x');
  const uint64_t expected = GENERATE(as<uint64_t>{}, 0, 1, 5'000'000);
  dir.write("source", bytes);
  const UniqueFd source(open((dir / "source").c_str(), O_RDONLY));
  const UniqueFd target(open((dir / "target").c_str(), O_WRONLY | O_CREAT, 0600));
  const auto copied = copy_hashed({source.get(), "source"}, {target.get(), "target"}, expected);
  REQUIRE(copied.size == bytes.size());
  REQUIRE(copied.sha256 == backstep::sha256_of(bytes));
  REQUIRE(dir.read("target") == bytes);
}
