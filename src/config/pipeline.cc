// SPDX-License-Identifier: Apache-2.0
#include "config/pipeline.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace backstep {
namespace {

// How a platform is told, and the variables in which it says the rest.
struct PlatformRow {
  PlatformKind kind;
  std::string_view name;  // the owner of its runs begins with it
  std::string_view told_by;
  std::string_view value;  // of told_by; "": any
  std::string_view run;    // the first is the run's number
  std::string_view commit;
  std::string_view actor;
  std::string_view url;  // in capitals variables, the rest is taken as it stands
};

// Woodpecker before Drone, its ancestor: its servers may still set DRONE beside their own.
constexpr std::array kPlatforms = {
    PlatformRow{PlatformKind::kGithub, "github", "GITHUB_ACTIONS", "true",
                "GITHUB_RUN_ID/GITHUB_RUN_ATTEMPT/GITHUB_JOB/RUNNER_NAME", "GITHUB_SHA",
                "GITHUB_ACTOR", "GITHUB_SERVER_URL/GITHUB_REPOSITORY/actions/runs/GITHUB_RUN_ID"},
    PlatformRow{PlatformKind::kGitlab, "gitlab", "GITLAB_CI", "true",
                "CI_PIPELINE_ID/CI_JOB_ID/CI_JOB_NAME/CI_RUNNER_ID", "CI_COMMIT_SHA",
                "GITLAB_USER_LOGIN", "CI_JOB_URL"},
    PlatformRow{PlatformKind::kWoodpecker, "woodpecker", "CI", "woodpecker",
                "CI_PIPELINE_NUMBER/CI_WORKFLOW_NAME/CI_WORKFLOW_NUMBER/CI_REPO", "CI_COMMIT_SHA",
                "CI_COMMIT_AUTHOR", "CI_PIPELINE_URL"},
    PlatformRow{PlatformKind::kDrone, "drone", "DRONE", "true",
                "DRONE_BUILD_NUMBER/DRONE_STAGE_NAME/DRONE_REPO", "DRONE_COMMIT_SHA",
                "DRONE_COMMIT_AUTHOR", "DRONE_BUILD_LINK"},
    PlatformRow{PlatformKind::kBitbucket, "bitbucket", "BITBUCKET_BUILD_NUMBER", "",
                "BITBUCKET_BUILD_NUMBER/BITBUCKET_STEP_UUID", "BITBUCKET_COMMIT",
                "BITBUCKET_STEP_TRIGGERER_UUID",
                "BITBUCKET_GIT_HTTP_ORIGIN/pipelines/results/BITBUCKET_BUILD_NUMBER"},
};

// "" when the first of them, the run's number, is missing: the rest alone would make strangers the
// same owner.
std::string run_name(const PlatformRow& platform, const Environment& environment) {
  std::vector<std::string> values;
  for (const std::string& variable : split(platform.run, '/')) {
    if (environment.has(variable)) values.push_back(environment.get(variable));
    if (values.empty()) return "";
  }
  return fmt::format("{} {}", platform.name, joined(values, "/"));
}

// "" when one of its variables is missing.
std::string url_of(const PlatformRow& platform, const Environment& environment) {
  std::vector<std::string> parts = split(platform.url, '/');
  for (std::string& part : parts) {
    if (part != upper_case(part)) continue;
    part = environment.get(part);
    if (part.empty()) return "";
  }
  return joined(parts, "/");
}

}  // namespace

std::string_view name_of(PlatformKind kind) {
  const auto row = std::ranges::find(kPlatforms, kind, &PlatformRow::kind);
  return row == kPlatforms.end() ? "" : row->name;
}

Pipeline detect_pipeline(const Environment& environment) {
  for (const PlatformRow& platform : kPlatforms) {
    const std::string value = environment.get(platform.told_by);
    if (value.empty() || (!platform.value.empty() && value != platform.value)) continue;
    return {.platform = platform.kind,
            .run = run_name(platform, environment),
            .commit = environment.get(platform.commit),
            .actor = environment.get(platform.actor),
            .url = url_of(platform, environment)};
  }
  return {};
}

bool in_pipeline(const Environment& environment) {
  return detect_pipeline(environment).platform != PlatformKind::kNone;
}

std::string owner_of(const std::string& setting, const Pipeline& pipeline, unsigned user_id) {
  if (!setting.empty()) return setting;
  if (!pipeline.run.empty()) return pipeline.run;
  return fmt::format("uid {}", user_id);
}

}  // namespace backstep
