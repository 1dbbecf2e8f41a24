// SPDX-License-Identifier: Apache-2.0
#include "report/platform/github_dialect.h"

#include "base/text.h"
#include "support/catch.h"

using namespace backstep;

TEST_CASE("GithubDialect: a block is closed by a token that is new each time", "[report][github]") {
  GithubDialect dialect(false);
  const auto open = split(dialect.open_block("deploy: x"), '\n');
  REQUIRE(open.size() == 3);
  CHECK(open[0] == "::group::▶ deploy: x");
  CHECK(open[1].starts_with("::stop-commands::"));
  const std::string token = open[1].substr(17);
  CHECK(token.size() == 32);
  CHECK(dialect.close_block() == "::" + token + "::\n::endgroup::\n");
  CHECK(dialect.open_block("deploy: x").find(token) == std::string::npos);
}

TEST_CASE("GithubDialect: commands that are allowed stand bare", "[report][github]") {
  GithubDialect dialect(true);
  CHECK(dialect.open_block("deploy: x") == "::group::▶ deploy: x\n");
  CHECK(dialect.live_prefix().empty());
  CHECK(dialect.close_block() == "::endgroup::\n");
}

TEST_CASE("GithubDialect: our own lines hold no command of either form", "[report][github]") {
  const GithubDialect dialect(false);
  CHECK(dialect.harmless("a\n  ::error::x\nb ##[group]c ##[x]\n") ==
        "a\n\\  ::error::x\nb ## [group]c ## [x]\n");
  CHECK(dialect.harmless("plain :: text") == "plain :: text");
  CHECK(dialect.harmless_json("{\"a\": \"##[error]\"}") == "{\"a\": \"##\\u005berror]\"}");
}
