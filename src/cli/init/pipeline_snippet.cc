// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

namespace backstep {
namespace {

// examples/github/setup.yml
constexpr const char* kGithub = R"snippet(concurrency:
  group: deploy-production
  cancel-in-progress: false
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # Each job starts on a new machine: what worked last time comes out of the cache.
      - uses: actions/cache/restore@v4
        with:
          path: backups
          key: backstep-production-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: backstep-production-
      - uses: OWNER/backstep/setup@v1
      # exec: when the job is cancelled, GitHub signals this one process. A shell would keep that to itself.
      - id: backstep
        run: >-
          exec backstep run
      # Pays what a cancelled run still owes; after any other run there is nothing to do.
      - if: always()
        run: backstep finish --status '${{ job.status }}'
      - if: always()
        uses: actions/cache/save@v4
        with:
          path: backups
          key: backstep-production-${{ github.run_id }}-${{ github.run_attempt }}
)snippet";

// examples/gitlab/component.gitlab-ci.yml
constexpr const char* kGitlab = R"snippet(include:
  - component: $CI_SERVER_FQDN/OWNER/backstep/backstep@1
    inputs:
      job: deploy
      image: registry.example.com/you/deploy-tools:1
      backstep_image: registry.example.com/OWNER/backstep:1
      environment: production
      resource_group: production
stages: [deploy]
deploy:
  cache:
    key: backstep-production
    paths: [backups]
    when: always
)snippet";

// README.md
constexpr const char* kAnywhere =
    R"snippet(docker run --rm -v "$PWD:$PWD" -w "$PWD" --user "$(id -u):$(id -g)" backstep run
)snippet";

}  // namespace

PipelineSnippet pipeline_snippet(const Directory& checkout) {
  const bool github = is_there(checkout, ".github", FileType::kDirectory);
  const bool gitlab = is_there(checkout, ".gitlab-ci.yml", FileType::kRegular);
  if (github && !gitlab)
    return {PlatformKind::kGithub, "How a workflow of GitHub calls it (.github/ is here)", kGithub};
  if (gitlab && !github)
    return {PlatformKind::kGitlab, "How a pipeline of GitLab calls it (.gitlab-ci.yml is here)",
            kGitlab};
  return {PlatformKind::kNone,
          github ? "How any pipeline calls it (both .github/ and .gitlab-ci.yml are here)"
                 : "How any pipeline calls it (neither .github/ nor .gitlab-ci.yml is here)",
          kAnywhere};
}

}  // namespace backstep
