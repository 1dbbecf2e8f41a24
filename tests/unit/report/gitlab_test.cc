// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include <map>

#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Matches;

TEST_CASE("Gitlab: a section is closed by the name that opened it", "[report][gitlab]") {
  using Variables = std::map<std::string, std::string, std::less<>>;
  const Environment gitlab(Variables{{"GITLAB_CI", "true"}});
  const auto dialect = platform_of(gitlab, false);
  const std::string first = dialect->open_block("deploy: x");
  CHECK_THAT(first, Matches("\x1b\\[0Ksection_start:[0-9]+:backstep_[0-9]+_1\r\x1b\\[0K▶ deploy: x\n"));
  CHECK_THAT(dialect->close_block(), Matches("\x1b\\[0Ksection_end:[0-9]+:backstep_[0-9]+_1\r\x1b\\[0K\n"));
  CHECK_THAT(dialect->open_block("y"), Matches(".*backstep_[0-9]+_2[^]*"));
  CHECK(dialect->live_prefix() == "  │ ");
  CHECK(platform_of(gitlab, true)->live_prefix().empty());
}
