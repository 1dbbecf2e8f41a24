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
  std::string_view url;           // $NAME is a variable, the rest is taken as it stands
  std::string_view pull_request;  // set, and not "false", where it is for one
};

// Woodpecker before Drone, its ancestor: its servers may still set DRONE beside their own. Jenkins
// is last: whoever is started by it may set its own variables beside Jenkins'.
constexpr auto kPlatforms = std::to_array<PlatformRow>({
    {PlatformKind::kGithub, "github", "GITHUB_ACTIONS", "true",
     "GITHUB_RUN_ID/GITHUB_RUN_ATTEMPT/GITHUB_JOB/RUNNER_NAME", "GITHUB_SHA", "GITHUB_ACTOR",
     "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID", "GITHUB_HEAD_REF"},
    {PlatformKind::kGitlab, "gitlab", "GITLAB_CI", "true", "CI_PIPELINE_ID/CI_JOB_ID/CI_JOB_NAME/CI_RUNNER_ID",
     "CI_COMMIT_SHA", "GITLAB_USER_LOGIN", "$CI_JOB_URL", "CI_MERGE_REQUEST_IID"},
    {PlatformKind::kOther, "woodpecker", "CI", "woodpecker",
     "CI_PIPELINE_NUMBER/CI_WORKFLOW_NAME/CI_WORKFLOW_NUMBER/CI_REPO", "CI_COMMIT_SHA", "CI_COMMIT_AUTHOR",
     "$CI_PIPELINE_URL", "CI_COMMIT_PULL_REQUEST"},
    {PlatformKind::kOther, "drone", "DRONE", "true", "DRONE_BUILD_NUMBER/DRONE_STAGE_NAME/DRONE_REPO",
     "DRONE_COMMIT_SHA", "DRONE_COMMIT_AUTHOR", "$DRONE_BUILD_LINK", "DRONE_PULL_REQUEST"},
    {PlatformKind::kOther, "bitbucket", "BITBUCKET_BUILD_NUMBER", "", "BITBUCKET_BUILD_NUMBER/BITBUCKET_STEP_UUID",
     "BITBUCKET_COMMIT", "BITBUCKET_STEP_TRIGGERER_UUID",
     "$BITBUCKET_GIT_HTTP_ORIGIN/pipelines/results/$BITBUCKET_BUILD_NUMBER", "BITBUCKET_PR_ID"},
    {PlatformKind::kOther, "circleci", "CIRCLECI", "true", "CIRCLE_WORKFLOW_ID/CIRCLE_BUILD_NUM/CIRCLE_NODE_INDEX",
     "CIRCLE_SHA1", "CIRCLE_USERNAME", "$CIRCLE_BUILD_URL", "CIRCLE_PULL_REQUEST"},
    {PlatformKind::kOther, "azure", "TF_BUILD", "", "BUILD_BUILDID/SYSTEM_JOBID/SYSTEM_JOBATTEMPT/SYSTEM_COLLECTIONURI",
     "BUILD_SOURCEVERSION", "BUILD_REQUESTEDFOR",
     "$SYSTEM_COLLECTIONURI$SYSTEM_TEAMPROJECT/_build/results?buildId=$BUILD_BUILDID",
     "SYSTEM_PULLREQUEST_PULLREQUESTID"},
    {PlatformKind::kOther, "buildkite", "BUILDKITE", "true", "BUILDKITE_BUILD_ID/BUILDKITE_JOB_ID", "BUILDKITE_COMMIT",
     "BUILDKITE_BUILD_CREATOR", "$BUILDKITE_BUILD_URL", "BUILDKITE_PULL_REQUEST"},
    {PlatformKind::kOther, "teamcity", "TEAMCITY_VERSION", "",
     "BUILD_NUMBER/TEAMCITY_PROJECT_NAME/TEAMCITY_BUILDCONF_NAME", "BUILD_VCS_NUMBER", "", "$BUILD_URL", ""},
    {PlatformKind::kOther, "appveyor", "APPVEYOR", "", "APPVEYOR_BUILD_ID/APPVEYOR_JOB_ID", "APPVEYOR_REPO_COMMIT",
     "APPVEYOR_REPO_COMMIT_AUTHOR",
     "$APPVEYOR_URL/project/$APPVEYOR_ACCOUNT_NAME/$APPVEYOR_PROJECT_SLUG/builds/"
     "$APPVEYOR_BUILD_ID",
     "APPVEYOR_PULL_REQUEST_NUMBER"},
    {PlatformKind::kOther, "codefresh", "CF_BUILD_ID", "", "CF_BUILD_ID", "CF_REVISION", "CF_BUILD_INITIATOR",
     "$CF_BUILD_URL", "CF_PULL_REQUEST_NUMBER"},
    {PlatformKind::kOther, "travis", "TRAVIS", "true", "TRAVIS_BUILD_ID/TRAVIS_JOB_ID", "TRAVIS_COMMIT", "",
     "$TRAVIS_BUILD_WEB_URL", "TRAVIS_PULL_REQUEST"},
    {PlatformKind::kOther, "semaphore", "SEMAPHORE", "true", "SEMAPHORE_WORKFLOW_ID/SEMAPHORE_JOB_ID",
     "SEMAPHORE_GIT_SHA", "SEMAPHORE_GIT_COMMIT_AUTHOR", "$SEMAPHORE_ORGANIZATION_URL/jobs/$SEMAPHORE_JOB_ID",
     "SEMAPHORE_GIT_PR_NUMBER"},
    {PlatformKind::kOther, "jenkins", "JENKINS_URL", "", "BUILD_TAG/JENKINS_URL", "GIT_COMMIT", "BUILD_USER_ID",
     "$BUILD_URL", "CHANGE_ID"},
});

// "" when the run's number, the first, is missing: the rest would make strangers the same owner.
std::string run_name(const PlatformRow& platform, const Environment& environment) {
  std::vector<std::string> values;
  for (const std::string& variable : split(platform.run, '/')) {
    if (environment.has(variable)) values.push_back(environment.get(variable));
    if (values.empty()) return "";
  }
  return fmt::format("{} {}", platform.name, joined(values, "/"));
}

// "" when one of its variables is missing. A name of Azure's projects may hold blanks.
std::string url_of(const PlatformRow& platform, const Environment& environment) {
  std::string url;
  for (std::string_view rest = platform.url; !rest.empty();) {
    const size_t end = std::min(rest.find_first_of("$/?", 1), rest.size());
    const std::string part(rest.substr(0, end));
    rest.remove_prefix(end);
    const std::string value = part[0] == '$' ? environment.get(part.substr(1)) : part;
    if (value.empty()) return "";
    url += value;
  }
  const size_t host = url.find("://") + 3;
  const size_t user = url.find('@');
  if (user < url.find('/', host)) url.erase(host, user + 1 - host);  // and the password
  return replaced(url, " ", "%20");
}

}  // namespace

bool is_commit(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return !text.empty() && text.size() <= 64 && text.find_first_not_of(kDigits) == text.npos;
}

Pipeline detect_pipeline(const Environment& environment) {
  for (const PlatformRow& platform : kPlatforms) {
    const std::string value = environment.get(platform.told_by);
    if (value.empty() || (!platform.value.empty() && value != platform.value)) continue;
    const std::string commit = environment.get(platform.commit);
    const std::string request = environment.get(platform.pull_request);
    return {.platform = platform.kind,
            .run = run_name(platform, environment),
            .commit = is_commit(commit) ? commit : "",  // a build that was started by hand may say "HEAD"
            .actor = environment.get(platform.actor),
            .url = url_of(platform, environment),
            .of_pull_request = !request.empty() && request != "false"};
  }
  return {};
}

bool in_pipeline(const Environment& environment) {
  return detect_pipeline(environment).platform != PlatformKind::kNone;
}

bool is_thrown_away(const Environment& environment) {
  return environment.get("RUNNER_ENVIRONMENT") == "github-hosted" ||
         environment.get("CI_DISPOSABLE_ENVIRONMENT") == "true";
}

std::string owner_of(const std::string& setting, const Pipeline& pipeline, unsigned user_id) {
  if (!setting.empty()) return setting;
  if (!pipeline.run.empty()) return pipeline.run;
  return fmt::format("uid {}", user_id);
}

}  // namespace backstep
