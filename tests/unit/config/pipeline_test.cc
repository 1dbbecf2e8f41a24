// SPDX-License-Identifier: Apache-2.0
#include "config/pipeline.h"

#include "support/catch.h"

using namespace backstep;

namespace {

Pipeline detect(std::map<std::string, std::string, std::less<>> variables) {
  return detect_pipeline(Environment(std::move(variables)));
}

}  // namespace

TEST_CASE("Pipeline: a shell on a deploy host is no pipeline", "[config][pipeline]") {
  const Pipeline pipeline = detect({{"CI", "true"}, {"GITHUB_RUN_ID", "1"}});
  REQUIRE(pipeline.platform == PlatformKind::kNone);
  REQUIRE(pipeline.run.empty());
  REQUIRE(owner_of("", pipeline, 1000) == "uid 1000");
}

TEST_CASE("Pipeline: without the run's number strangers are not made one owner",
          "[config][pipeline]") {
  const Pipeline pipeline = detect({{"GITHUB_ACTIONS", "true"}, {"GITHUB_JOB", "deploy"}});
  REQUIRE(pipeline.platform == PlatformKind::kGithub);
  REQUIRE(owner_of("", pipeline, 0) == "uid 0");
}

TEST_CASE("Pipeline: the setting names the owner before the pipeline does", "[config][pipeline]") {
  const Pipeline pipeline = detect({{"GITLAB_CI", "true"}, {"CI_PIPELINE_ID", "7"}});
  REQUIRE(owner_of("me", pipeline, 0) == "me");
  REQUIRE(owner_of("", pipeline, 0) == "gitlab 7");
}

TEST_CASE("Pipeline: GitHub is told by run, attempt, job and runner", "[config][pipeline]") {
  const Pipeline pipeline = detect({{"GITHUB_ACTIONS", "true"},
                                    {"CI", "true"},
                                    {"GITHUB_RUN_ID", "123"},
                                    {"GITHUB_RUN_ATTEMPT", "1"},
                                    {"GITHUB_JOB", "deploy"},
                                    {"RUNNER_NAME", "runner-7"},
                                    {"GITHUB_SHA", "abc"},
                                    {"GITHUB_ACTOR", "mona"},
                                    {"GITHUB_SERVER_URL", "https://git.example"},
                                    {"GITHUB_REPOSITORY", "o/r"}});
  REQUIRE(pipeline.platform == PlatformKind::kGithub);
  REQUIRE(pipeline.run == "github 123/1/deploy/runner-7");
  REQUIRE(pipeline.commit == "abc");
  REQUIRE(pipeline.actor == "mona");
  REQUIRE(pipeline.url == "https://git.example/o/r/actions/runs/123");
}

TEST_CASE("Pipeline: GitLab is told by pipeline, job and runner", "[config][pipeline]") {
  const Pipeline pipeline = detect({{"GITLAB_CI", "true"},
                                    {"CI_PIPELINE_ID", "5"},
                                    {"CI_JOB_ID", "6"},
                                    {"CI_JOB_NAME", "deploy"},
                                    {"CI_RUNNER_ID", "9"},
                                    {"CI_COMMIT_SHA", "abc"},
                                    {"GITLAB_USER_LOGIN", "mona"},
                                    {"CI_JOB_URL", "https://git.example/j/6"}});
  REQUIRE(pipeline.platform == PlatformKind::kGitlab);
  REQUIRE(pipeline.run == "gitlab 5/6/deploy/9");
  REQUIRE(pipeline.commit == "abc");
  REQUIRE(pipeline.actor == "mona");
  REQUIRE(pipeline.url == "https://git.example/j/6");
}

TEST_CASE("Pipeline: Woodpecker is told before the Drone that it descends from",
          "[config][pipeline]") {
  const Pipeline pipeline = detect({{"CI", "woodpecker"},
                                    {"DRONE", "true"},
                                    {"DRONE_BUILD_NUMBER", "1"},
                                    {"CI_PIPELINE_NUMBER", "8"},
                                    {"CI_WORKFLOW_NAME", "deploy"},
                                    {"CI_WORKFLOW_NUMBER", "2"},
                                    {"CI_REPO", "o/r"},
                                    {"CI_COMMIT_SHA", "abc"},
                                    {"CI_COMMIT_AUTHOR", "mona"},
                                    {"CI_PIPELINE_URL", "https://ci.example/8"}});
  REQUIRE(pipeline.platform == PlatformKind::kWoodpecker);
  REQUIRE(pipeline.run == "woodpecker 8/deploy/2/o/r");
  REQUIRE(pipeline.commit == "abc");
  REQUIRE(pipeline.actor == "mona");
  REQUIRE(pipeline.url == "https://ci.example/8");
}

TEST_CASE("Pipeline: Drone is told by build, stage and repository", "[config][pipeline]") {
  const Pipeline pipeline = detect({{"DRONE", "true"},
                                    {"DRONE_BUILD_NUMBER", "4"},
                                    {"DRONE_STAGE_NAME", "deploy"},
                                    {"DRONE_COMMIT_SHA", "abc"},
                                    {"DRONE_COMMIT_AUTHOR", "mona"},
                                    {"DRONE_BUILD_LINK", "https://ci.example/4"}});
  REQUIRE(pipeline.platform == PlatformKind::kDrone);
  REQUIRE(pipeline.run == "drone 4/deploy");
  REQUIRE(pipeline.commit == "abc");
  REQUIRE(pipeline.actor == "mona");
  REQUIRE(pipeline.url == "https://ci.example/4");
}

TEST_CASE("Pipeline: Bitbucket is told by build and step", "[config][pipeline]") {
  const Pipeline pipeline = detect({{"BITBUCKET_BUILD_NUMBER", "3"},
                                    {"BITBUCKET_STEP_UUID", "{u}"},
                                    {"BITBUCKET_COMMIT", "abc"},
                                    {"BITBUCKET_STEP_TRIGGERER_UUID", "{mona}"},
                                    {"BITBUCKET_GIT_HTTP_ORIGIN", "https://git.example/o/r"}});
  REQUIRE(pipeline.platform == PlatformKind::kBitbucket);
  REQUIRE(pipeline.run == "bitbucket 3/{u}");
  REQUIRE(pipeline.commit == "abc");
  REQUIRE(pipeline.actor == "{mona}");
  REQUIRE(pipeline.url == "https://git.example/o/r/pipelines/results/3");
}
