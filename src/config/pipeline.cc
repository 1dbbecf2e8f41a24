// SPDX-License-Identifier: Apache-2.0
#include "config/pipeline.h"

#include <fmt/core.h>

#include <initializer_list>

namespace backstep {
namespace {

// "" when the first of them, the run's number, is missing: the rest alone would make strangers the
// same owner.
std::string run_name(const Environment& environment, const std::string& platform,
                     std::initializer_list<std::string_view> variables) {
  if (!environment.has(*variables.begin())) return "";
  std::string result;
  for (const std::string_view variable : variables) {
    if (!environment.has(variable)) continue;
    result += (result.empty() ? platform + " " : "/") + environment.get(variable);
  }
  return result;
}

// Gitea, Forgejo and act call themselves GitHub too, and keep to its variables.
Pipeline github(const Environment& environment) {
  Pipeline pipeline = {
      .platform = "github",
      .run = run_name(environment, "github",
                      {"GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_JOB", "RUNNER_NAME"}),
      .commit = environment.get("GITHUB_SHA"),
      .actor = environment.get("GITHUB_ACTOR"),
      .url = ""};
  if (environment.has("GITHUB_SERVER_URL") && environment.has("GITHUB_REPOSITORY") &&
      environment.has("GITHUB_RUN_ID")) {
    pipeline.url =
        fmt::format("{}/{}/actions/runs/{}", environment.get("GITHUB_SERVER_URL"),
                    environment.get("GITHUB_REPOSITORY"), environment.get("GITHUB_RUN_ID"));
  }
  return pipeline;
}

Pipeline gitlab(const Environment& environment) {
  return {.platform = "gitlab",
          .run = run_name(environment, "gitlab",
                          {"CI_PIPELINE_ID", "CI_JOB_ID", "CI_JOB_NAME", "CI_RUNNER_ID"}),
          .commit = environment.get("CI_COMMIT_SHA"),
          .actor = environment.get("GITLAB_USER_LOGIN"),
          .url = environment.get("CI_JOB_URL")};
}

Pipeline woodpecker(const Environment& environment) {
  return {
      .platform = "woodpecker",
      .run = run_name(environment, "woodpecker",
                      {"CI_PIPELINE_NUMBER", "CI_WORKFLOW_NAME", "CI_WORKFLOW_NUMBER", "CI_REPO"}),
      .commit = environment.get("CI_COMMIT_SHA"),
      .actor = environment.get("CI_COMMIT_AUTHOR"),
      .url = environment.get("CI_PIPELINE_URL")};
}

Pipeline drone(const Environment& environment) {
  return {.platform = "drone",
          .run = run_name(environment, "drone",
                          {"DRONE_BUILD_NUMBER", "DRONE_STAGE_NAME", "DRONE_REPO"}),
          .commit = environment.get("DRONE_COMMIT_SHA"),
          .actor = environment.get("DRONE_COMMIT_AUTHOR"),
          .url = environment.get("DRONE_BUILD_LINK")};
}

Pipeline bitbucket(const Environment& environment) {
  Pipeline pipeline = {
      .platform = "bitbucket",
      .run = run_name(environment, "bitbucket", {"BITBUCKET_BUILD_NUMBER", "BITBUCKET_STEP_UUID"}),
      .commit = environment.get("BITBUCKET_COMMIT"),
      .actor = environment.get("BITBUCKET_STEP_TRIGGERER_UUID"),
      .url = ""};
  if (environment.has("BITBUCKET_GIT_HTTP_ORIGIN")) {
    pipeline.url =
        fmt::format("{}/pipelines/results/{}", environment.get("BITBUCKET_GIT_HTTP_ORIGIN"),
                    environment.get("BITBUCKET_BUILD_NUMBER"));
  }
  return pipeline;
}

}  // namespace

Pipeline detect_pipeline(const Environment& environment) {
  if (environment.get("GITHUB_ACTIONS") == "true") return github(environment);
  if (environment.get("GITLAB_CI") == "true") return gitlab(environment);
  if (environment.get("CI") == "woodpecker") return woodpecker(environment);
  // Woodpecker's ancestor: its servers may still set DRONE beside their own variables, hence last.
  if (environment.get("DRONE") == "true") return drone(environment);
  if (environment.has("BITBUCKET_BUILD_NUMBER")) return bitbucket(environment);
  return {};
}

std::string owner_of(const std::string& setting, const Pipeline& pipeline, unsigned user_id) {
  if (!setting.empty()) return setting;
  if (!pipeline.run.empty()) return pipeline.run;
  return fmt::format("uid {}", user_id);
}

}  // namespace backstep
