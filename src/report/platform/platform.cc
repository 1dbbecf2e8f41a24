// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include "config/pipeline.h"
#include "report/platform/github.h"
#include "report/platform/gitlab.h"

namespace backstep {

void Platform::tell_end(const Outcome& outcome, Recorder& recorder, Output& log) const {
  write_files(outcome, recorder);
  log.write(annotations(outcome, recorder.record()));
}

void Platform::write_files(const Outcome& outcome, Recorder& recorder) const {
  write_github_files(environment_, outcome, recorder);
}

std::unique_ptr<Platform> platform_of(const Environment& environment, bool allow_commands) {
  switch (detect_pipeline(environment).platform) {
    case PlatformKind::kGithub:
      return github_platform(environment, allow_commands);
    case PlatformKind::kGitlab:
      return gitlab_platform(environment);
    default:
      return std::make_unique<Platform>(environment);
  }
}

}  // namespace backstep
