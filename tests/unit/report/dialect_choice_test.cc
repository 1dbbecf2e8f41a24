// SPDX-License-Identifier: Apache-2.0
#include "report/platform/dialect_choice.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("DialectChoice: each platform gets its own, everybody else a plain one", "[report]") {
  const auto opened = [](const char* platform) {
    Pipeline pipeline;
    pipeline.platform = platform;
    return dialect_of(pipeline, false)->open_block("x");
  };
  CHECK(opened("github").starts_with("::group::"));
  CHECK(opened("gitlab").find("section_start") != std::string::npos);
  CHECK(opened("woodpecker") == "▶ x\n");
  CHECK(opened("") == "▶ x\n");
}
