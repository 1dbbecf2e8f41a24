// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/standalone_check.h"

#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("StandaloneCheck: it fails as a run's check would", "[deploy][check]") {
  DeployScene scene;
  scene.config.health.retries = 2;
  scene.on("check", [] { return exited(7); });
  const Checkup result = check_alone(scene.context);
  CHECK_FALSE(result.healthy());
  CHECK(result.attempts() == 2);
  CHECK(scene.listener.told ==
        std::vector<std::string>{"began: health check: check", "attempt 1: exited with 7",
                                 "attempt 2: exited with 7", "checks: exited with 7 (2 attempts)"});
}

TEST_CASE("StandaloneCheck: it needs no store, and leaves the surrounding run's variables",
          "[deploy][check]") {
  DeployScene scene;
  CHECK(check_alone(scene.context).healthy());
  CHECK_FALSE(scene.temp.has("backups"));
  const ProcessSpec& spec = scene.runner.specs.at(0);
  CHECK(variable(spec, "BACKSTEP_PHASE") == "health_check");
  CHECK(variable(spec, "BACKSTEP_RUN_ID") == "(unset)");
  CHECK(spec.leftovers == Leftovers::kSweep);
  CHECK(spec.lock_fd == -1);
  CHECK(spec.timeout == scene.config.health.timeout);
  CHECK(spec.directory == scene.temp.path());
}
