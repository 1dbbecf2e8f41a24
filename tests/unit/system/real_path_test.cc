// SPDX-License-Identifier: Apache-2.0
#include "system/files/beneath.h"

#include <unistd.h>

#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;

TEST_CASE("RealPath: what does not exist has none", "[system][real_path]") {
  const test::TempDir directory;
  REQUIRE(real_path(directory / "none").empty());
  REQUIRE(real_path("").empty());
}

TEST_CASE("RealPath: symlinks and dots are resolved", "[system][real_path]") {
  const test::TempDir directory;
  directory.write("a/file", "");
  REQUIRE(symlink("a", (directory / "link").c_str()) == 0);
  REQUIRE(real_path(directory / "link/../link/./file") == directory / "a/file");
}
