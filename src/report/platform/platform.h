// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

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
  // `environment` must outlive it. `allow_commands`: what the user's commands print may steer it,
  // so it stands there without a bar, behind which a runner obeys nothing.
  explicit Platform(const Environment& environment, bool allow_commands = false)
      : environment_(environment), allow_commands_(allow_commands) {}

  std::string live_prefix() const override { return allow_commands_ ? "" : LogDialect::live_prefix(); }

  // What stands beside the job on the platform's page, as lines for its log: one error for a run
  // that did not bring the new version live, its warnings, and what lint found.
  virtual std::string annotations(const Outcome&, const RunRecord&) const { return ""; }

  // The end of a run, whose outcome holds no secrets: the files first, then the annotations in
  // `log`, which also tell which file could not be written.
  void tell_end(const Outcome& outcome, Recorder& recorder, Output& log) const;

 private:
  const Environment& environment_;
  bool allow_commands_;
};

// What --color says, or "": colours where somebody sees them, unless NO_COLOR forbids them.
Output::Colours colours_of(const std::string& when, const Environment& environment);

// The platform that runs us.
std::unique_ptr<Platform> platform_of(const Environment& environment, bool allow_commands);
std::unique_ptr<Platform> github_platform(const Environment& environment, bool allow_commands);

// The files that a later step and the job's page on GitHub are made of, where their variables are set: the values to
// GITHUB_OUTPUT, the summary to GITHUB_STEP_SUMMARY (not for a run that did nothing yet). Others have them too, and a
// container may be given GITHUB_OUTPUT and nothing else that tells who runs it.
void write_github_files(const Environment& environment, const Outcome& outcome, Recorder& recorder);

// The job's summary on GitHub, in Markdown: what is live now, what failed and the next command; the
// phases with their durations; the services; the tail of what failed. Nothing in it is obeyed as
// Markdown or HTML but what we wrote ourselves.
//
// Never longer than `limit` bytes: GitHub drops a summary as a whole when it is too long, so the
// end is cut and that is said. "" where not even the first lines have room.
std::string github_summary(const Outcome& outcome, const RunRecord& record, size_t limit);

// Printable text of others within Markdown: shown as it is, never obeyed. Lines stay lines.
std::string markdown_text(std::string_view text);

}  // namespace backstep
