// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include "config/pipeline.h"

namespace backstep {

void Platform::tell_end(const Outcome& outcome, Recorder& recorder, Output& log) const {
  write_github_files(environment_, outcome, recorder);
  log.write(annotations(outcome, recorder.record()));
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
