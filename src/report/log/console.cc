// SPDX-License-Identifier: Apache-2.0
#include "report/log/console.h"

#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "base/text.h"
#include "report/lint_text.h"

namespace backstep {
namespace {

// A log stays readable when every one of a thousand scripts has lost its first line.
constexpr size_t kMostRows = 100;
constexpr size_t kShownTails = 10;  // of the services of one health check
constexpr size_t kTailLines = 3;

std::string spoken_attempt(const HealthAttempt& attempt) {
  const std::string how =
      attempt.passed ? "passed" : attempt.described + (attempt.counted ? "" : " (still starting)");
  const std::string more =
      attempt.must_hold == Duration(0)
          ? ""
          : fmt::format(", and must keep passing for {}", format_duration(attempt.must_hold));
  const bool tells_more = attempt.passed && !attempt.told.empty();
  return fmt::format("attempt {}: {} after {}{}{}{}", attempt.number, how,
                     spoken_duration(attempt.elapsed), more, tells_more ? ": " : "",
                     tells_more ? attempt.told : "");
}

}  // namespace

void Console::line_if_folded(const Shown& text) {
  if (dialect_.folds()) line(text);
}

void Console::backup_created(const BackupMade& backup) {
  line("✅ Backup created: " + backup.shown);
  if (backup.files == 0) return line("   (empty: there is nothing to track yet)");
  if (backup.linked > 0) {
    line(fmt::format("   ({}, {} unchanged and shared with an earlier backup)",
                     counted(backup.files, "file"), backup.linked));
  }
}

void Console::generated(const std::string& what) {
  line("✅ Generated " + what);
}

// Nothing to say of scripts in which nothing was found: their deploy goes on.
void Console::linted(const LintReport& report, Duration) {
  if (report.stopped) return;
  if (!report.findings.empty()) {
    line(
        fmt::format("{} lint: {}", report.errors() > 0 ? "❌" : "⚠️", counted_findings(report)));
    lines(lint_table(report, kMostRows));
  }
  for (const std::string& text : skipped_lines(report)) line("   lint: " + text);
}

void Console::step_began(Step step, const Command& command) {
  const Shown title(
      output_.secrets().hidden_in(fmt::format("{}: {}", name_of(step), command.shown())));
  output_.obeyed(output_.coloured(dialect_.open_block(dialect_.harmless(title.text()))));
}

void Console::step_ended(Step step, const ProcessResult& result) {
  output_.obeyed(dialect_.close_block(output_.secrets().take_announced()));
  if (result.succeeded()) {
    line_if_folded(fmt::format("✅ {} ({})", name_of(step), spoken_duration(result.elapsed)));
  } else {
    line(fmt::format("❌ {} {}", name_of(step), result.described()));
  }
  for (const int pid : result.survivors) {
    warning(fmt::format("process {} could not be ended (it changed its user?)", pid));
  }
}

void Console::check_attempted(const std::string& whose, const HealthAttempt& attempt) {
  if (whose.empty()) return line("  " + spoken_attempt(attempt));
  // The line that tells the check's end tells of a pass, and mostly it follows at once.
  if (!attempt.passed) line(fmt::format("  {}: {}", whose, spoken_attempt(attempt)));
}

void Console::check_ended(const ServiceHealth& health) {
  const char* mark = health.healthy ? "✅" : health.only_warns() ? "⚠️" : "❌";
  const std::string again =
      health.healthy && health.attempts > 1
          ? fmt::format(" ({})", counted(static_cast<size_t>(health.attempts), "attempt"))
          : "";
  line(fmt::format("  {} {}: {} after {}{}", mark, name_of_check(health.service),
                   health.healthy ? "passed" : health.described, spoken_duration(health.elapsed),
                   again));
  if (!health.healthy && shown_tails_++ < kShownTails) show_tail(health.output_tail);
}

// What several checks print is not shown while they run: nobody could tell whose line is whose.
void Console::show_tail(const std::string& output) {
  const std::vector<std::string> all = plain_lines(output);
  for (const std::string& last : std::span(all).last(std::min(kTailLines, all.size()))) {
    line("     │ " + last);
  }
}

void Console::checks_ended(const CheckResults& results) {
  output_.obeyed(dialect_.close_block(output_.secrets().take_announced()));
  shown_tails_ = 0;
  if (results.stopped) return;
  const bool healthy = results.healthy();
  const char* mark = healthy ? "✅" : "❌";
  const std::string elapsed = spoken_duration(results.elapsed);
  if (results.alone) {
    return line_if_folded(
        fmt::format("{} health check {} ({}, {})", mark, healthy ? "passed" : "failed",
                    counted(static_cast<size_t>(results.attempts()), "attempt"), elapsed));
  }
  line(fmt::format("{} health check {}{} ({})", mark, healthy ? "passed: " : "",
                   summary_of(results), elapsed));
}

// There may be thousands: written at once.
void Console::put_back(const std::vector<PutBack>& files, const std::string& id) {
  std::string text;
  for (const PutBack& file : files) {
    const std::string name = printable(file.name);
    text += file.is_removed ? fmt::format("✅ Removed {}: it did not exist before\n", name)
                            : fmt::format("✅ Restored {} from {}\n", name, id);
  }
  lines(text);
}

}  // namespace backstep
