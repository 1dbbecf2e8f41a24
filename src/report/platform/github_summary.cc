// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "report/outcome/outcome_report.h"

namespace backstep {
namespace {

using Result = Outcome::Result;

// Longer than any row of backticks in the text.
std::string fence_around(std::string_view text, std::string fence) {
  while (text.find(fence) != std::string_view::npos) fence += '`';
  return fence;
}

constexpr size_t kListed = 200;  // services; more are counted
constexpr std::string_view kCut = "\n\n(cut here: GitHub takes no longer summary)\n";

// What may be typed or copied is shown as code. What changed has a table of its own.
std::string first_lines(const Outcome& outcome) {
  std::string text =
      fmt::format("### {}\n\n**Live now: {}**\n\n", markdown_text(headline_of(outcome)),
                  markdown_text(live_words(outcome)));
  for (const OutcomeFact& fact : outcome_facts(outcome)) {
    if (fact.name == "changed") continue;
    const bool is_code = fact.name == "next" || fact.name == "evidence";
    text += fmt::format("- **{}:** {}\n", fact.name,
                        is_code ? markdown_code(fact.text) : markdown_text(fact.text));
  }
  if (!outcome.backup.empty()) text += "- **backup:** " + markdown_code(outcome.backup) + "\n";
  return text;
}

std::string phases(const RunRecord& record) {
  if (record.steps.empty()) return "";
  std::string text = "\n| phase | took | how it went |\n| --- | ---: | --- |\n";
  for (const StepRecord& step : record.steps) {
    const std::string how = step.ended ? step.described : "did not end";
    text += fmt::format("| {} | {} | {}{}{} |\n", step.name,
                        step.ended ? spoken_duration(step.elapsed) : "", step.succeeded ? "✅" : "❌",
                        how.empty() ? "" : " ", markdown_text(how));
  }
  return text + fmt::format("| all | {} | |\n", spoken_duration(record.elapsed));
}

// Only the unhealthy services; the others are counted in the table of phases.
std::string service_checks(const RunRecord& record) {
  std::string rows;
  size_t count = 0;
  for (const StepRecord& step : record.steps) {
    for (const ServiceHealth& health : step.services) {
      if (health.healthy || ++count > kListed) continue;
      rows += fmt::format("| {} | {} {} |\n", markdown_text(health.service),
                          health.only_warns() ? "⚠️" : "❌", markdown_text(health.described));
    }
  }
  if (count > kListed) rows += fmt::format("| … and {} more | |\n", count - kListed);
  return rows.empty() ? "" : "\n| service | its health check |\n| --- | --- |\n" + rows;
}

std::string_view fate_of_changed(const Outcome& outcome) {
  if (outcome.exit_status == 0) return "new version live";
  switch (outcome.result) {
    case Result::kRolledBack:
      return "old version is back";
    case Result::kNothingToRollBackTo:
      return "new files moved away, no earlier version";
    case Result::kFilesRestored:
      return outcome.files_only ? "old files, not redeployed" : "not deployed";
    case Result::kRollbackOwed:
    case Result::kRollbackFailed:
      return outcome.restored.empty() ? "not known" : "old files, service not known";
    default:
      return "new version, failed";
  }
}

std::string services(const Outcome& outcome) {
  if (outcome.changed.empty()) {
    return outcome.unchanged ? "\nThe generator changed nothing.\n" : "";
  }
  const std::string_view fate = fate_of_changed(outcome);
  const std::vector<std::string>& only = outcome.rolled_back_only;
  const auto fate_of = [&](const std::string& name) {
    const bool stays = !only.empty() && std::ranges::find(only, name) == only.end();
    return stays ? "new version, in a mixture" : fate;
  };
  std::string text = "\n| changed | now |\n| --- | --- |\n";
  for (size_t i = 0; i < outcome.changed.size() && i < kListed; ++i) {
    text += fmt::format("| {} | {} |\n", markdown_text(outcome.changed[i]),
                        fate_of(outcome.changed[i]));
  }
  if (outcome.changed.size() > kListed) {
    text += fmt::format("| … and {} more | {} |\n", outcome.changed.size() - kListed, fate);
  }
  return text;
}

std::string tail(const std::optional<Failure>& failure, std::string_view since) {
  if (!failure || trimmed(failure->output_tail).empty()) return "";
  return fmt::format("\nThe last that the {}{} printed:\n\n{}", markdown_text(failure->step), since,
                     markdown_block(trimmed(failure->output_tail)));
}

// The errors of lint are the tail of what failed.
std::string warnings(const Outcome& outcome, const RunRecord& record) {
  if (record.warnings.empty() && outcome.lint.warnings() == 0) return "";
  std::string text = "\n";
  for (const LintFinding& finding : outcome.lint.findings) {
    if (finding.stops()) continue;
    text += fmt::format("- ⚠️ {}\n", markdown_text(described(finding)));
  }
  for (const std::string& warning : record.warnings) {
    text += fmt::format("- ⚠️ {}\n", markdown_text(warning));
  }
  return text;
}

// At the end of a line, so that no character and no reference is left in halves.
std::string cut(std::string text, size_t limit) {
  if (limit <= kCut.size()) return "";
  text.resize(limit - kCut.size());
  const size_t line_end = text.rfind('\n');
  if (line_end == std::string::npos) return "";
  return text.substr(0, line_end).append(kCut);
}

}  // namespace

// A numeric reference is text to every Markdown reader and can begin nothing.
std::string markdown_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_<>&|[]#~@$!";
  std::string result;
  for (const char c : printable(text)) {
    if (kSpecial.find(c) == std::string_view::npos) {
      result += c;
    } else {
      result += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return result;
}

// In a table even code is cut at a bar, so a bar is the one character that cannot stand in it.
std::string markdown_code(std::string_view text) {
  const std::string shown = printable(text);
  if (shown.find('|') != std::string::npos) {
    return "<code>" + markdown_text(shown) + "</code>";
  }
  const std::string fence = fence_around(shown, "`");
  const std::string space = shown.find('`') == std::string::npos ? "" : " ";
  return fence + space + shown + space + fence;
}

std::string markdown_block(std::string_view text) {
  const std::string block = joined(plain_lines(text), "\n");
  const std::string fence = fence_around(block, "```");
  return fmt::format("{0}text\n{1}\n{0}\n", fence, block);
}

std::string github_summary(const Outcome& outcome, const RunRecord& record, size_t limit) {
  std::string text = first_lines(outcome) + tail(outcome.failure, "") +
                     tail(outcome.after_restore, " after the restore") + phases(record) +
                     service_checks(record) + services(outcome) + warnings(outcome, record) + "\n";
  return text.size() <= limit ? text : cut(std::move(text), limit);
}

}  // namespace backstep
