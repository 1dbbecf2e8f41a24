// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/story.h"
#include "deploy_scene.h"
#include "support/catch.h"

namespace backstep::test {

// A service that worked with `old`; the generator writes `new`, and only `old` is healthy.
struct StoryScene : DeployScene {
  StoryScene() {
    script("a", "old");
    generate_writes("new");
    healthy_with("old");
  }
  void run_and_expect(Outcome::Result result, int exit_status) {
    outcome = run(context);
    CHECK(outcome.result == result);
    CHECK(outcome.exit_status == exit_status);
  }
  // A run that was accepted, so that its set is known good; its commands are forgotten.
  void accept_first(const std::string& text) {
    generate_writes(text);
    healthy_with(text);
    REQUIRE(run(context).exit_status == 0);
    ran.clear();
    listener.told.clear();
    clock.advance(Duration(3'600'000));
    generate_writes("new");
  }
  Outcome outcome;
};

}  // namespace backstep::test
