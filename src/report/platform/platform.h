// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/environment.h"
#include "deploy/run/outcome.h"
#include "report/log/console.h"
#include "report/outcome/recorder.h"
#include "system/output.h"

namespace backstep {

// A CI system: how its log is written (LogDialect), and what it is told beside the log. This class
// is the one that has no way of its own: a terminal, a file. Another is a class that overrides what
// it does otherwise, a case of platform_of() and a row of config/pipeline.cc.
//
// What cannot be written never changes how the run ends: it is a warning.
class Platform : public LogDialect {
 public:
  // `environment` must outlive it.
  explicit Platform(const Environment& environment) : environment_(environment) {}

  // What stands beside the job on the platform's page, as lines for its log: one error for a run
  // that did not bring the new version live, its warnings, and what lint found.
  virtual std::string annotations(const Outcome&, const RunRecord&) const { return ""; }

  // The end of a run, whose outcome holds no secrets: the files first, then the annotations in
  // `log`, which also tell which file could not be written.
  void tell_end(const Outcome& outcome, Recorder& recorder, Output& log) const;

 private:
  const Environment& environment_;
};

// The platform that runs us. `allow_commands`: what the user's commands print may steer it.
std::unique_ptr<Platform> platform_of(const Environment& environment, bool allow_commands);

std::unique_ptr<Platform> github_platform(const Environment& environment, bool allow_commands);
std::unique_ptr<Platform> gitlab_platform(const Environment& environment);

// The files that a later step and the job's page on GitHub are made of, where their variables are
// set: the values to GITHUB_OUTPUT, the summary to GITHUB_STEP_SUMMARY (not for a run that did
// nothing yet). Others have them too, and a container may be given GITHUB_OUTPUT and nothing else
// that tells who runs it.
void write_github_files(const Environment& environment, const Outcome& outcome, Recorder& recorder);

}  // namespace backstep
