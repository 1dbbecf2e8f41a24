// SPDX-License-Identifier: Apache-2.0
#include "config/config.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("Config: a text goes to the shell, a list is executed as it is", "[config]") {
  const Command script = {.text = "make && make install", .list = {}};
  REQUIRE(script.argv(Shell::kSh) == std::vector<std::string>{"/bin/sh", "-ec", "make && make install"});
  REQUIRE(script.argv(Shell::kBash) ==
          std::vector<std::string>{"bash", "-eo", "pipefail", "-c", "make && make install"});
  const Command direct = {.text = "", .list = {"make", "a b"}};
  REQUIRE(direct.argv(Shell::kBash) == std::vector<std::string>{"make", "a b"});
}

TEST_CASE("Config: a list is shown as a shell would take it", "[config]") {
  const Command command = {.text = "", .list = {"echo", "it's", "", "a b", "$HOME", "x=1"}};
  REQUIRE(command.as_text() == "echo 'it'\\''s' '' 'a b' '$HOME' x=1");
}

TEST_CASE("Config: a command in a message is one line that moves no cursor", "[config]") {
  const Command script = {.text = "\n  set -e\n  make\n", .list = {}};
  REQUIRE(script.shown() == "set -e …");
  const Command padded = {.text = " make \n", .list = {}};
  REQUIRE(padded.shown() == "make");
  const Command telling = {.text = "curl -H 'X-Auth-Token: abc' http://h/", .list = {}};
  REQUIRE(telling.shown() == "curl -H 'X-Auth-Token: ***");
  const Command sly = {.text = "a\x1b[2J", .list = {}};
  REQUIRE(sly.shown() == "a\\x1b[2J");
}

TEST_CASE("Config: the deploy command rolls back unless another is given", "[config]") {
  Config config;
  config.deploy.text = "up";
  REQUIRE(config.rollback_command().text == "up");
  config.rollback.command.list = {"down"};
  REQUIRE(config.rollback_command().list == std::vector<std::string>{"down"});
}
