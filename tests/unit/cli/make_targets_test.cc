// SPDX-License-Identifier: Apache-2.0
#include "cli/init/make_targets.h"

#include <filesystem>

#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using Names = std::vector<std::string>;

namespace {

Names targets_of(const test::TempDir& temp) {
  return make_targets(Directory::open_root(temp.path(), ""));
}

}  // namespace

TEST_CASE("MakeTargets: what is no plain Makefile has none", "[cli][make_targets]") {
  test::TempDir temp;
  CHECK(targets_of(temp).empty());
  std::filesystem::create_directories(temp / "GNUmakefile");
  temp.write("Makefile", "deploy:\n");
  CHECK(targets_of(temp).empty());
}

TEST_CASE("MakeTargets: variables, recipes and patterns are none", "[cli][make_targets]") {
  test::TempDir temp;
  temp.write("Makefile",
             "A := deploy: x\nB = deploy: y\nC ::= 1\n\tdeploy: in a recipe\n%.o: %.c\n$(X): y\n# "
             "deploy: no\n");
  CHECK(targets_of(temp).empty());
}

TEST_CASE("MakeTargets: each is named once, in the file's order", "[cli][make_targets]") {
  test::TempDir temp;
  temp.write("Makefile", ".PHONY: all deploy\nall deploy: x\n\ttrue\ndeploy::\ngen-x:; true\n");
  CHECK(targets_of(temp) == Names{"all", "deploy", "gen-x"});
}
