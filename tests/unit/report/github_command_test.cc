// SPDX-License-Identifier: Apache-2.0
#include "report/platform/github_command.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("GithubCommand: neither message nor property can end early", "[report][github]") {
  CHECK(github_command("error", {{"title", "a:b,c"}, {"file", "x%\ny"}}, "1\n::warning::2\r%0A") ==
        "::error title=a%3Ab%2Cc,file=x%25%0Ay::1%0A::warning::2%0D%250A\n");
}

TEST_CASE("GithubCommand: without properties there is no blank", "[report][github]") {
  CHECK(github_command("endgroup", {}, "") == "::endgroup::\n");
}
