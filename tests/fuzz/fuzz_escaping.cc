// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "report/outcome/outcome_report.h"
#include "report/platform/platform.h"
#include "report/table.h"

namespace backstep::fuzz {
namespace {

size_t count_of(std::string_view text, std::string_view what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

void require_harmless_lines(const std::string& text, size_t least, size_t most) {
  const std::vector<std::string> lines = split(text, '\n');
  require(lines.size() > least && lines.size() <= most + 1 && lines.back().empty(), "nothing adds a line", text);
  for (const std::string& line : lines) require_harmless_line(line, "a line is harmless");
}

void try_words(std::string_view bytes) {
  const std::string shown = printable(bytes);
  require_harmless_line(shown, "a shown name is one harmless line");
  require(is_utf8(shown), "a shown name is UTF-8", shown);
  require(printable(shown) == shown, "what is shown can be shown", shown);
  require_harmless_line(markdown_text(shown), "text in Markdown is one harmless line");
  require(markdown_text(shown).find_first_of("|<>`*_[") == std::string::npos, "text in Markdown begins nothing");
}

std::string annotations(const Outcome& outcome, const RunRecord& record) {
  const Environment nothing;
  return github_platform(nothing, false)->annotations(outcome, record);
}

void try_command(const std::string& text) {
  Outcome outcome;
  outcome.lint.findings = {{text, 1, LintRule::kSyntax, text}};
  const std::string line = annotations(outcome, {});
  require(count_of(line, "\n") == 1, "a command is one line", line);
  const size_t end = line.find("::", 2);
  require(std::count(line.begin(), line.begin() + static_cast<ptrdiff_t>(end), ',') == 2, "a property adds no other",
          line);
  RunRecord record;
  record.warnings = {printable(text)};
  require_harmless_lines(annotations({}, record), 1, 1);
}

Outcome outcome_of(const std::string& text) {
  Outcome outcome;
  outcome.result = Outcome::Result::kRolledBack;
  outcome.exit_status = 20;
  outcome.live = "backups/2024-03-10_14-23-00";
  outcome.failure = Failure{.step = text, .described = text, .output_tail = text};
  outcome.changed = {text, text};
  return outcome;
}

// Whatever is in the values, all elements are the template's.
void try_summary(const Outcome& outcome, const RunRecord& record) {
  constexpr size_t kPlenty = 10'000'000;
  const std::string text = github_summary(outcome, record, kPlenty);
  for (size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto begins = [&](std::string_view tag) { return rest.starts_with(tag); };
    constexpr std::string_view kTags[] = {"<pre>",     "</pre>",     "<code>",    "</code>",
                                          "<details>", "</details>", "<summary>", "</summary>"};
    require(std::any_of(std::begin(kTags), std::end(kTags), begins), "no element is another's", text);
  }
  require(count_of(text, "<pre>") == count_of(text, "</pre>"), "what is open is closed", text);
  require(is_utf8(text), "the summary is UTF-8", text);
}

void try_reports(const std::string& text) {
  const Outcome outcome = outcome_of(text);
  RunRecord record;
  record.steps.push_back({.name = "deploy", .succeeded = false, .ended = true, .described = "failed " + text});
  const std::string junit = junit_report(outcome, record);
  try_summary(outcome, record);
  require(is_utf8(junit) && count_of(junit, "<testcase ") == 2 && count_of(junit, "<failure ") == 2,
          "a report in XML has its own elements only", junit);
  require_harmless_lines(junit, 6, count_of(text, "\n") + 20);
  const std::string dotenv = dotenv_report(outcome);
  require(dotenv.size() < 5000, "a dotenv report stays below its limit");
  require_harmless_lines(dotenv, 8, 8);
  require_harmless_lines(annotations(outcome, record), 1, 1);
}

}  // namespace

void try_input(std::string_view bytes) {
  ++accepted;
  const std::string text(bytes);
  try_words(bytes);
  try_command(text);
  try_reports(text);
  Table table({"A", "B"});
  table.add({text, text});
  require_harmless_lines(table.text(), 2, 2);
}

}  // namespace backstep::fuzz
