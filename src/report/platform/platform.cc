// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "config/pipeline.h"
#include "report/outcome/report_model.h"
#include "report/templates.h"
#include "system/clock.h"

namespace backstep {
namespace {

int64_t now() { return SystemClock(nullptr).wall_seconds(); }

// GitLab's log: a collapsible section a command, with the time that it took beside it. Sections
// stay open, so that what failed is seen without a click. GitLab obeys `section_start:…` anywhere
// in a line, but only with `CR ESC[0K` behind it: a bar after each CR of a command's output is
// enough. Its report files are settings, and not its own alone: report/outcome/outcome_report.h.
class GitlabPlatform : public Platform {
 public:
  using Platform::Platform;

  std::string open_block(const std::string& title) override {
    // A name must be the only one of its kind in the job's log, where after_script writes too.
    name_ = fmt::format("backstep_{}_{}", now(), ++sections_);
    return marker("section_start") + "▶ " + title + "\n";
  }

  std::string close_block() override { return marker("section_end") + "\n"; }

 private:
  // The log takes only `\e[0K`, with its 0, for the start of a marker (GitLab, "Job logs").
  std::string marker(std::string_view kind) const {
    return fmt::format("\x1b[0K{}:{}:{}\r\x1b[0K", kind, now(), name_);
  }

  int sections_ = 0;
  std::string name_;
};

constexpr std::string_view kCut = "\n\n(cut here: GitHub takes no longer summary)\n";

// At the end of a line, so that no character and no reference is left in halves. What is open there
// hides nothing: GitHub closes it.
std::string cut(std::string text, size_t limit) {
  if (limit <= kCut.size()) return "";
  text.resize(limit - kCut.size());
  const size_t line_end = text.rfind('\n');
  if (line_end == std::string::npos) return "";
  return text.substr(0, line_end).append(kCut);
}

}  // namespace

void Platform::tell_end(const Outcome& outcome, Recorder& recorder, Output& log) const {
  write_github_files(environment_, outcome, recorder);
  log.obeyed(annotations(outcome, recorder.record()));
}

Output::Colours colours_of(const std::string& when, const Environment& environment) {
  using enum Output::Colours;
  if (when == "always") return kAlways;
  if (!when.empty() && when != "auto" && when != "never") {
    refuse_usage("--color is auto, always or never, not " + in_quotes(when));
  }
  if (when == "never" || environment.has("NO_COLOR")) return kNever;
  const PlatformKind platform = detect_pipeline(environment).platform;
  if (platform == PlatformKind::kGithub || platform == PlatformKind::kGitlab) return kInLog;
  return environment.get("TERM") == "dumb" ? kNever : kOnTerminal;
}

std::unique_ptr<Platform> platform_of(const Environment& environment, bool allow_commands) {
  switch (detect_pipeline(environment).platform) {
    case PlatformKind::kGithub:
      return github_platform(environment, allow_commands);
    case PlatformKind::kGitlab:
      return std::make_unique<GitlabPlatform>(environment, allow_commands);
    default:
      return std::make_unique<Platform>(environment);
  }
}

// A numeric reference is text to every Markdown reader and can begin nothing.
std::string markdown_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_<>&|[]#~@$!";
  std::string result;
  for (const char c : text) {
    if (kSpecial.find(c) == std::string_view::npos) {
      result += c;
    } else {
      result += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return result;
}

std::string github_summary(const Outcome& outcome, const RunRecord& record, size_t limit) {
  std::string text = rendered(kSummaryTemplate, report_model(outcome, record), markdown_text);
  return text.size() <= limit ? text : cut(std::move(text), limit);
}

}  // namespace backstep
