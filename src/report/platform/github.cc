// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/text.h"
#include "report/outcome/outcome_report.h"
#include "report/platform/platform.h"
#include "report/store_report.h"
#include "store/records/new_names.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

// The bytes of all that .NET calls a blank. Another character that consists of them alone costs a
// backslash that was not needed.
constexpr std::string_view kInBlanks =
    "\t\v\f \xC2\x85\xA0\xE1\x9A\x80\xE2\x81\x82\x83\x84\x86\x87\x88\x89\x8A\xA8\xA9\xAF\x9F\xE3";
constexpr size_t kShown = 10;
constexpr size_t kLongest = 4000;  // bytes, of 4,096 characters
constexpr size_t kLongestOutput = size_t{64} * 1024;
// A step's summary above 1 MiB is dropped as a whole, with what the user's commands wrote into it.
constexpr uint64_t kSummaryLimit = 1'000'000;

// `special` begins with the percent sign, which each of the others is replaced by.
std::string escaped(std::string text, std::string_view special) {
  for (const char c : special) {
    text = replaced(std::move(text), std::string_view(&c, 1), fmt::format("%{:02X}", int{c}));
  }
  return text;
}

using CommandProperties = std::vector<std::pair<std::string_view, std::string>>;

// One line that GitHub's runner obeys: `::NAME key=value,…::MESSAGE`, escaped as the runner reads
// it, so that neither a property nor the message can end early or begin a second line.
std::string github_command(std::string_view name, const CommandProperties& properties, const std::string& message) {
  std::string line = "::" + std::string(name);
  char separator = ' ';
  for (const auto& [key, value] : properties) {
    line += fmt::format("{}{}={}", separator, key, escaped(value, "%\r\n:,"));
    separator = ',';
  }
  return printable(line + "::" + escaped(message, "%\r\n")) + "\n";
}

std::string cut_for_runner(std::string text) {
  if (text.size() <= kLongest) return text;
  text.resize(kLongest);
  // Half a character would make the line no UTF-8: its first byte begins with 11, the others with 10.
  while ((static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if ((static_cast<unsigned char>(text.back()) & 0x80) != 0) text.pop_back();
  return text + " …";
}

std::string annotation(std::string_view kind, const std::string& message) {
  return github_command(kind, {{"title", "backstep"}}, cut_for_runner(message));
}

std::string annotation(const LintFinding& finding) {
  CommandProperties properties = {{"file", printable(finding.file)}};
  if (finding.line > 0) properties.emplace_back("line", std::to_string(finding.line));
  properties.emplace_back("title", fmt::format("backstep lint: {}", row_of(finding.rule).name));
  return github_command(severity_of(finding.stops()), properties, cut_for_runner(finding.what));
}

std::string limited(std::string_view kind, const std::vector<std::string>& lines, size_t most = kShown) {
  const size_t shown = lines.size() > most ? most - 1 : lines.size();
  std::string text = joined(std::span(lines).first(shown), "");
  if (lines.size() == shown) return text;
  const std::string more = counted(lines.size() - shown, fmt::format("more {}", kind));
  return text + annotation(kind, fmt::format("and {}: see the log", more));
}

std::string error_message(const Outcome& outcome) {
  std::string message;
  if (outcome.failure) {
    message = fmt::format("{} {}\n", outcome.failure->step, printable(outcome.failure->described));
  }
  message += "live now: " + outcome.live;
  return outcome.next.empty() ? message : message + "\nnext:\n" + joined(next_lines(outcome.next), "\n");
}

// NAME<<DELIMITER: the one form in which no value can end early. A later step may have it in a
// variable, of which execve takes 128 KiB.
std::string output_lines(const Outcome& outcome) {
  const std::string delimiter = "backstep_" + new_uid();
  std::string text;
  for (const ReportValue& row : report_values()) {
    const std::string value = shortened(row.value(outcome), ',', kLongestOutput);
    text += fmt::format("{}<<{}\n{}\n{}\n", row.name, delimiter, value, delimiter);
  }
  return text;
}

void append_summary(const std::string& path, const Outcome& outcome, Recorder& recorder) {
  const uint64_t used = ci_file_size(path);
  const uint64_t room = used < kSummaryLimit ? kSummaryLimit - used : 0;
  const std::string summary = github_summary(outcome, recorder.record(), room);
  if (!summary.empty()) return append_to_ci_file(path, summary);
  recorder.warning(fmt::format("the summary is not written: GITHUB_STEP_SUMMARY holds {} bytes already", used));
}

bool says_something(Outcome::Result result) {
  return result != Outcome::Result::kBegun && result != Outcome::Result::kNothingToDo;
}

// GitHub's runner obeys whatever a step prints: `::command::` at the start of a line, behind any blanks, where a lone
// CR starts one too, and the older `##[command]` anywhere in it. So what commands print stands between
// `::stop-commands::TOKEN` and `::TOKEN::`, with a token that nobody can guess, and our own lines hold neither.
//
// Of annotations GitHub shows ten of a kind a step and 4,096 characters of each, so the last of
// many says how many more there are.
class GithubPlatform : public Platform {
 public:
  using Platform::Platform;

  // A new token a block: the one before was shown in the log.
  std::string open_block(const std::string& title) override {
    std::string group = github_command("group", {}, "▶ " + title);
    if (live_prefix().empty()) return group;
    token_ = new_uid();
    return group + github_command("stop-commands", {}, token_);
  }

  std::string close_block() override {
    const std::string obeys = live_prefix().empty() ? "" : github_command(token_, {}, "");
    return obeys + github_command("endgroup", {}, "");
  }

  std::string announce(const Announced& secrets) override {
    std::string text;
    for (const std::string& secret : secrets) text += "::add-mask::" + secret + "\n";
    return text;
  }

  std::string at_once(const std::string& warning) override { return told_ = annotation("warning", warning); }

  bool folds() const override { return true; }

  std::string harmless(std::string text) const override {
    text = replaced(std::move(text), "##[", "## [");
    for (size_t at = text.find("::"); at != std::string::npos; at = text.find("::", at + 3)) {
      const size_t before = std::string_view(text).substr(0, at).find_last_not_of(kInBlanks);
      const bool begins_line = before == std::string::npos || text[before] == '\n' || text[before] == '\r';
      if (begins_line) text.insert(at, "\\");
    }
    return text;
  }

  // In JSON both can only stand within a string, whose line begins with its key's quote.
  std::string harmless_json(std::string text) const override { return replaced(std::move(text), "##[", "##\\u005b"); }

  std::string annotations(const Outcome& outcome, const RunRecord& record) const override {
    std::vector<std::string> warnings;
    for (const std::string& text : record.warnings) warnings.push_back(annotation("warning", text));
    std::vector<std::string> errors;
    if (outcome.exit_status != 0) errors.push_back(annotation("error", error_message(outcome)));
    for (const LintFinding& finding : outcome.lint.findings) {
      (finding.stops() ? errors : warnings).push_back(annotation(finding));
    }
    const size_t told = std::erase(warnings, told_);
    return limited("warning", warnings, kShown - told) + limited("error", errors);
  }

 private:
  std::string token_;
  std::string told_;  // at once
};

}  // namespace

void write_github_files(const Environment& environment, const Outcome& outcome, Recorder& recorder) {
  const std::string output = environment.get("GITHUB_OUTPUT");
  if (!output.empty()) {
    try_to(recorder, "GITHUB_OUTPUT was not written", [&] { append_to_ci_file(output, output_lines(outcome)); });
  }
  const std::string summary = environment.get("GITHUB_STEP_SUMMARY");
  if (!summary.empty() && says_something(outcome.result)) {
    try_to(recorder, "GITHUB_STEP_SUMMARY was not written", [&] { append_summary(summary, outcome, recorder); });
  }
}

std::unique_ptr<Platform> github_platform(const Environment& environment, bool allow_commands) {
  return std::make_unique<GithubPlatform>(environment, allow_commands);
}

}  // namespace backstep
