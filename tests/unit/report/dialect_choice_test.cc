// SPDX-License-Identifier: Apache-2.0
#include "report/platform/dialect_choice.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("DialectChoice: each platform gets its own, everybody else a plain one", "[report]") {
  const auto opened = [](PlatformKind platform) {
    Pipeline pipeline;
    pipeline.platform = platform;
    return dialect_of(pipeline, false)->open_block("x");
  };
  CHECK(opened(PlatformKind::kGithub).starts_with("::group::"));
  CHECK(opened(PlatformKind::kGitlab).find("section_start") != std::string::npos);
  CHECK(opened(PlatformKind::kWoodpecker) == "▶ x\n");
  CHECK(opened(PlatformKind::kNone) == "▶ x\n");
}
