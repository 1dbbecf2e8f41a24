// SPDX-License-Identifier: Apache-2.0
#include "report/platform/dialect_choice.h"

#include "report/platform/github_dialect.h"
#include "report/platform/gitlab_dialect.h"

namespace backstep {

std::unique_ptr<LogDialect> dialect_of(const Pipeline& pipeline, bool allow_commands) {
  if (pipeline.platform == PlatformKind::kGithub)
    return std::make_unique<GithubDialect>(allow_commands);
  if (pipeline.platform == PlatformKind::kGitlab) return std::make_unique<GitlabDialect>();
  return std::make_unique<PlainDialect>();
}

}  // namespace backstep
