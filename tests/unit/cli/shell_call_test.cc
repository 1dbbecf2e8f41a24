// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("ShellCall: no verb is taken for a shell", "[cli][shell_call]") {
  CHECK_FALSE(is_shell_call({}));
  CHECK_FALSE(is_shell_call({""}));
  CHECK_FALSE(is_shell_call({"run", "sh"}));
  CHECK_FALSE(is_shell_call({"show"}));
  CHECK_FALSE(is_shell_call({"sh/"}));
  CHECK_FALSE(is_shell_call({"/bin/dash"}));
}

TEST_CASE("ShellCall: sh and bash are, wherever they lie", "[cli][shell_call]") {
  CHECK(is_shell_call({"sh"}));
  CHECK(is_shell_call({"bash", "-c", "true"}));
  CHECK(is_shell_call({"/bin/sh", "-l"}));
  CHECK(is_shell_call({"/usr/local/bin/bash"}));
}
