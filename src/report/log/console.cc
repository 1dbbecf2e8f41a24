// SPDX-License-Identifier: Apache-2.0
#include "report/log/console.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "base/text.h"
#include "report/lint_text.h"
#include "system/process/command_output.h"

namespace backstep {
namespace {

constexpr size_t kTailLines = 3;

std::string end_of(const HealthAttempt& attempt) {
  return attempt.passed ? "passed" : attempt.described + (attempt.counted ? "" : " (still starting)");
}

std::string spoken_attempt(const HealthAttempt& attempt) {
  const std::string more = attempt.must_hold == Duration(0)
                               ? ""
                               : fmt::format(", and must keep passing for {}", format_duration(attempt.must_hold));
  const bool tells_more = attempt.passed && !attempt.told.empty();
  return fmt::format("attempt {}: {} after {}{}{}{}", attempt.number, end_of(attempt), spoken_duration(attempt.elapsed),
                     more, tells_more ? ": " : "", tells_more ? attempt.told : "");
}

// A time, a duration, a port of the client differ, and the attempts are alike all the same.
std::string without_digits(std::string text) {
  std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

}  // namespace

void Console::list(const std::vector<std::string>& all) {
  if (!is_quiet()) lines(folded(all, most_lines(telling_)));
}

void Console::end_block() {
  const std::string announced = dialect_.announce(output_.secrets().take_announced());
  output_.obeyed((is_quiet() ? "" : dialect_.close_block()) + announced);
}

void Console::urgent(const Shown& text) {
  const std::string shown = dialect_.at_once(output_.secrets().hidden_in(text.text()));
  shown.empty() ? warning(text) : output_.obeyed(shown);
}

void Console::backup_created(const BackupMade& backup) {
  if (backup.files == 0) return note("Backup created, and it is empty: " + backup.shown);
  note("✅ Backup created: " + backup.shown);
  if (backup.linked > 0) {
    note(fmt::format("   ({}, {} unchanged and shared with an earlier backup)", counted(backup.files, "file"),
                     backup.linked));
  }
}

void Console::generated(const std::vector<std::string>& what) {
  std::vector<std::string> told;
  for (const std::string& each : what) told.push_back("✅ Generated " + printable(each) + "\n");
  list(told);
}

// Nothing to say of scripts in which nothing was found: their deploy goes on.
void Console::linted(const LintReport& report, Duration) {
  if (report.stopped) return;
  if (!report.findings.empty()) {
    line(fmt::format("{} lint: {}", report.errors() > 0 ? "❌" : "⚠️", counted_findings(report)));
    lines(lint_table(report, most_lines(telling_)));
  }
  for (const std::string& text : skipped_lines(report)) note("   lint: " + text);
}

void Console::step_began(Step step, const Command& command) {
  const Shown title(output_.secrets().hidden_in(fmt::format("{}: {}", name_of(step), command.shown())));
  if (is_quiet()) return;
  output_.obeyed(output_.coloured(dialect_.open_block(dialect_.harmless(title.text()))));
}

// A block that is folded away hides that it went well.
void Console::step_ended(Step step, const ProcessResult& result) {
  end_block();
  if (result.succeeded()) {
    if (dialect_.folds()) note(fmt::format("✅ {} ({})", name_of(step), spoken_duration(result.elapsed)));
  } else {
    line(fmt::format("❌ {} {}", name_of(step), result.described()));
  }
  for (const int pid : result.survivors) {
    warning(fmt::format("process {} could not be ended (it changed its user?)", pid));
  }
}

void Console::check_attempted(const std::string& whose, const HealthAttempt& attempt) {
  // The line that tells the check's end tells of a pass, and mostly it follows at once.
  if (is_quiet() || (attempt.passed && !whose.empty())) return;
  const std::string like = end_of(attempt) + "\n" + without_digits(attempt.output);
  Attempts& told = attempts_[whose];
  if (telling_ != Telling::kAll && told.like == like) {
    ++told.more;
    return;
  }
  end_attempts(whose);
  attempts_[whose].like = like;
  // That of the first was shown as it came.
  if (whose.empty() && attempt.number > 1) show_output(attempt.output);
  line(fmt::format("  {}{}{}", whose, whose.empty() ? "" : ": ", spoken_attempt(attempt)));
}

void Console::end_attempts(const std::string& whose) {
  const auto ended = attempts_.extract(whose);
  if (ended.empty() || ended.mapped().more == 0) return;
  line(fmt::format("  {}{}… {} more like it …", ended.key(), ended.key().empty() ? "" : ": ", ended.mapped().more));
}

void Console::show_output(const std::string& output) {
  LiveLines shown(&output_, dialect_.live_prefix());
  shown.add(output);
  shown.end();
}

void Console::check_ended(const ServiceHealth& health) {
  const std::string_view mark = health.healthy ? "✅" : health.only_warns() ? "⚠️" : "❌";
  end_attempts(name_of_check(health.service));
  if ((is_quiet() && health.healthy) || ++told_ends_[mark] > most_lines(telling_)) return;
  const std::string again = health.healthy && health.attempts > 1
                                ? fmt::format(" ({})", counted(static_cast<size_t>(health.attempts), "attempt"))
                                : "";
  line(fmt::format("  {} {}: {} after {}{}", mark, name_of_check(health.service),
                   health.healthy ? "passed" : health.described, spoken_duration(health.elapsed), again));
  if (!health.healthy && told_ends_[mark] <= kToldLines) show_tail(health.output_tail);
}

// What several checks print is not shown while they run: nobody could tell whose line is whose.
void Console::show_tail(const std::string& output) {
  const std::vector<std::string> all = plain_lines(output);
  for (const std::string& last : std::span(all).last(std::min(kTailLines, all.size()))) {
    line("     │ " + last);
  }
}

void Console::checks_ended(const CheckResults& results) {
  while (!attempts_.empty()) end_attempts(attempts_.begin()->first);
  for (const auto& [mark, ends] : std::exchange(told_ends_, {})) {
    if (ends > most_lines(telling_)) lines(fmt::format("  {} {}", mark, and_more(ends - most_lines(telling_))));
  }
  end_block();
  if (results.stopped || (is_quiet() && results.healthy())) return;
  const bool healthy = results.healthy();
  const char* mark = healthy ? "✅" : "❌";
  const std::string elapsed = spoken_duration(results.elapsed);
  if (results.alone) {
    if (!dialect_.folds() && !is_quiet()) return;
    return line(fmt::format("{} health check {} ({}, {})", mark, healthy ? "passed" : "failed",
                            counted(static_cast<size_t>(results.attempts()), "attempt"), elapsed));
  }
  line(fmt::format("{} health check {}{} ({})", mark, healthy ? "passed: " : "", summary_of(results), elapsed));
}

void Console::put_back(const std::vector<PutBack>& files, const std::string& id) {
  std::vector<std::string> told;
  for (const PutBack& file : files) {
    const std::string name = printable(file.name);
    told.push_back(file.is_removed ? fmt::format("✅ Removed {}: it did not exist before\n", name)
                                   : fmt::format("✅ Restored {} from {}\n", name, id));
  }
  list(told);
}

}  // namespace backstep
