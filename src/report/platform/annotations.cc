// SPDX-License-Identifier: Apache-2.0
#include "report/platform/annotations.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/outcome/outcome_words.h"
#include "report/platform/github_command.h"

namespace backstep {
namespace {

constexpr size_t kShown = 10;
constexpr size_t kLongest = 4000;  // bytes, of 4,096 characters

std::string shortened(std::string text) {
  if (text.size() <= kLongest) return text;
  text.resize(kLongest);
  // Half a character would make the line no UTF-8: its first byte begins with 11, the others
  // with 10.
  while ((static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
  if ((static_cast<unsigned char>(text.back()) & 0x80) != 0) text.pop_back();
  return text + " …";
}

std::string annotation(std::string_view kind, const std::string& message) {
  return github_command(kind, {{"title", "backstep"}}, shortened(message));
}

std::string annotation(const LintFinding& finding) {
  CommandProperties properties = {{"file", printable(finding.file)}};
  if (finding.line > 0) properties.emplace_back("line", std::to_string(finding.line));
  properties.emplace_back("title", fmt::format("backstep lint: {}", row_of(finding.rule).name));
  return github_command(severity_of(finding.rule), properties, shortened(finding.what));
}

void add_findings(const LintReport& report, bool stopping, std::vector<std::string>& lines) {
  for (const LintFinding& finding : report.findings) {
    if (row_of(finding.rule).stops == stopping) lines.push_back(annotation(finding));
  }
}

std::string limited(std::string_view kind, const std::vector<std::string>& lines) {
  const size_t shown = lines.size() > kShown ? kShown - 1 : lines.size();
  std::string text = joined(std::span(lines).first(shown), "");
  if (lines.size() == shown) return text;
  const std::string more = counted(lines.size() - shown, fmt::format("more {}", kind));
  return text + annotation(kind, fmt::format("and {}: see the log", more));
}

std::string error_message(const Outcome& outcome) {
  std::string message;
  if (outcome.failure) {
    message = fmt::format("{} {}\n", printable(outcome.failure->step),
                          printable(outcome.failure->described));
  }
  message += "live now: " + live_words(outcome);
  if (!outcome.owed.empty()) message += "\nowed: " + owed_words(outcome);
  if (!outcome.advice.empty()) message += "\nadvice: " + outcome.advice;
  for (const std::string& command : outcome.next) message += "\nnext: " + command;
  return message;
}

}  // namespace

std::string github_annotations(const Outcome& outcome, const RunRecord& record) {
  std::vector<std::string> warnings;
  for (const std::string& text : record.warnings) warnings.push_back(annotation("warning", text));
  add_findings(outcome.lint, false, warnings);
  std::vector<std::string> errors;
  if (outcome.exit_status != 0) errors.push_back(annotation("error", error_message(outcome)));
  add_findings(outcome.lint, true, errors);
  return limited("warning", warnings) + limited("error", errors);
}

std::string lint_annotations(const LintReport& report) {
  Outcome outcome;
  outcome.lint = report;
  return github_annotations(outcome, {});
}

}  // namespace backstep
