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

TEST_CASE("Pipeline: without the run's number strangers are not made one owner", "[config][pipeline]") {
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

TEST_CASE("Pipeline: Woodpecker is told before the Drone that it descends from", "[config][pipeline]") {
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
  REQUIRE(pipeline.platform == PlatformKind::kOther);
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
  REQUIRE(pipeline.platform == PlatformKind::kOther);
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
  REQUIRE(pipeline.platform == PlatformKind::kOther);
  REQUIRE(pipeline.run == "bitbucket 3/{u}");
  REQUIRE(pipeline.commit == "abc");
  REQUIRE(pipeline.actor == "{mona}");
  REQUIRE(pipeline.url == "https://git.example/o/r/pipelines/results/3");
}

TEST_CASE("Pipeline: what the other platforms tell of themselves is known", "[config][pipeline]") {
  struct Told {
    std::map<std::string, std::string, std::less<>> variables;
    std::string run;
    std::string actor;
    std::string url;
  };
  const Told told[] = {
      {{{"JENKINS_URL", "https://ci.example/"},
        {"BUILD_TAG", "jenkins-shop-7"},
        {"GIT_COMMIT", "abc"},
        {"BUILD_USER_ID", "mona"},
        {"BUILD_URL", "https://ci.example/job/shop/7/"}},
       "jenkins jenkins-shop-7/https://ci.example/",
       "mona",
       "https://ci.example/job/shop/7/"},
      {{{"CIRCLECI", "true"},
        {"CIRCLE_WORKFLOW_ID", "w"},
        {"CIRCLE_BUILD_NUM", "7"},
        {"CIRCLE_NODE_INDEX", "0"},
        {"CIRCLE_SHA1", "abc"},
        {"CIRCLE_USERNAME", "mona"},
        {"CIRCLE_BUILD_URL", "https://ci.example/7"}},
       "circleci w/7/0",
       "mona",
       "https://ci.example/7"},
      {{{"TF_BUILD", "True"},
        {"BUILD_BUILDID", "7"},
        {"SYSTEM_JOBID", "j"},
        {"SYSTEM_JOBATTEMPT", "1"},
        {"SYSTEM_COLLECTIONURI", "https://ci.example/org/"},
        {"SYSTEM_TEAMPROJECT", "Web Shop"},
        {"BUILD_SOURCEVERSION", "abc"},
        {"BUILD_REQUESTEDFOR", "Mona"}},
       "azure 7/j/1/https://ci.example/org/",
       "Mona",
       "https://ci.example/org/Web%20Shop/_build/results?buildId=7"},
      {{{"BUILDKITE", "true"},
        {"BUILDKITE_BUILD_ID", "b"},
        {"BUILDKITE_JOB_ID", "j"},
        {"BUILDKITE_COMMIT", "abc"},
        {"BUILDKITE_BUILD_CREATOR", "Mona"},
        {"BUILDKITE_BUILD_URL", "https://ci.example/7"}},
       "buildkite b/j",
       "Mona",
       "https://ci.example/7"},
      {{{"TEAMCITY_VERSION", "2025.1"},
        {"BUILD_NUMBER", "7"},
        {"TEAMCITY_PROJECT_NAME", "shop"},
        {"TEAMCITY_BUILDCONF_NAME", "deploy"},
        {"BUILD_VCS_NUMBER", "abc"},
        {"BUILD_URL", "https://ci.example/7"}},
       "teamcity 7/shop/deploy",
       "",
       "https://ci.example/7"},
      {{{"APPVEYOR", "True"},
        {"APPVEYOR_BUILD_ID", "7"},
        {"APPVEYOR_JOB_ID", "j"},
        {"APPVEYOR_REPO_COMMIT", "abc"},
        {"APPVEYOR_REPO_COMMIT_AUTHOR", "Mona"},
        {"APPVEYOR_URL", "https://ci.example"},
        {"APPVEYOR_ACCOUNT_NAME", "org"},
        {"APPVEYOR_PROJECT_SLUG", "shop"}},
       "appveyor 7/j",
       "Mona",
       "https://ci.example/project/org/shop/builds/7"},
      {{{"CF_BUILD_ID", "7"},
        {"CF_REVISION", "abc"},
        {"CF_BUILD_INITIATOR", "mona"},
        {"CF_BUILD_URL", "https://ci.example/7"}},
       "codefresh 7",
       "mona",
       "https://ci.example/7"},
      {{{"TRAVIS", "true"},
        {"TRAVIS_BUILD_ID", "7"},
        {"TRAVIS_JOB_ID", "j"},
        {"TRAVIS_COMMIT", "abc"},
        {"TRAVIS_BUILD_WEB_URL", "https://ci.example/7"}},
       "travis 7/j",
       "",
       "https://ci.example/7"},
      {{{"SEMAPHORE", "true"},
        {"SEMAPHORE_WORKFLOW_ID", "w"},
        {"SEMAPHORE_JOB_ID", "j"},
        {"SEMAPHORE_GIT_SHA", "abc"},
        {"SEMAPHORE_GIT_COMMIT_AUTHOR", "Mona"},
        {"SEMAPHORE_ORGANIZATION_URL", "https://org.ci.example"}},
       "semaphore w/j",
       "Mona",
       "https://org.ci.example/jobs/j"},
  };
  for (const Told& platform : told) {
    const Pipeline pipeline = detect(platform.variables);
    CAPTURE(platform.run);
    CHECK(pipeline.platform == PlatformKind::kOther);
    CHECK(pipeline.run == platform.run);
    CHECK(pipeline.commit == "abc");
    CHECK(pipeline.actor == platform.actor);
    CHECK(pipeline.url == platform.url);
  }
}

TEST_CASE("Pipeline: what is no hash is no commit", "[config][pipeline]") {
  for (const char* commit : {"HEAD", "main", "--force", "ABC", ""}) {
    CHECK(detect({{"BUILDKITE", "true"}, {"BUILDKITE_COMMIT", commit}}).commit.empty());
  }
}

TEST_CASE("Pipeline: a pull request's is told from others", "[config][pipeline]") {
  CHECK(detect({{"GITHUB_ACTIONS", "true"}, {"GITHUB_HEAD_REF", "topic"}}).of_pull_request);
  CHECK(detect({{"GITLAB_CI", "true"}, {"CI_MERGE_REQUEST_IID", "3"}}).of_pull_request);
  CHECK(detect({{"TRAVIS", "true"}, {"TRAVIS_PULL_REQUEST", "3"}}).of_pull_request);
  CHECK_FALSE(detect({{"TRAVIS", "true"}, {"TRAVIS_PULL_REQUEST", "false"}}).of_pull_request);
  CHECK_FALSE(detect({{"GITHUB_ACTIONS", "true"}, {"GITHUB_HEAD_REF", ""}}).of_pull_request);
}
