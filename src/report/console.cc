// SPDX-License-Identifier: Apache-2.0
#include "report/console.h"

#include <fmt/core.h>

#include "base/text.h"

namespace backstep {

void Console::line(const std::string& text) {
  output_.write(dialect_.harmless(text) + "\n");
}

void Console::line_if_folded(const std::string& text) {
  if (dialect_.folds()) line(text);
}

void Console::note(const std::string& text) {
  line(text);
}

void Console::warning(const std::string& text) {
  line("⚠️ Warning: " + text);
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
  line("✅ Generated " + printable(what));
}

void Console::step_began(Step step, const Command& command) {
  output_.write(dialect_.open_block(
      dialect_.harmless(fmt::format("{}: {}", name_of(step), printable(command.shown())))));
}

void Console::step_ended(Step step, const ProcessResult& result) {
  output_.write(dialect_.close_block());
  if (result.succeeded()) {
    line_if_folded(fmt::format("✅ {} ({})", name_of(step), spoken_duration(result.elapsed)));
  } else {
    line(fmt::format("❌ {} {}", name_of(step), result.described()));
  }
  for (const int pid : result.survivors) {
    warning(fmt::format("process {} could not be ended (it changed its user?)", pid));
  }
}

void Console::attempt(const HealthAttempt& attempt) {
  const std::string how =
      attempt.passed ? "passed" : attempt.described + (attempt.counted ? "" : " (still starting)");
  line(fmt::format("  attempt {}: {} after {}", attempt.number, how,
                   spoken_duration(attempt.elapsed)));
}

void Console::check_ended(const HealthResult& result) {
  output_.write(dialect_.close_block());
  const std::string how =
      fmt::format("{}, {}", counted(static_cast<size_t>(result.attempts), "attempt"),
                  spoken_duration(result.elapsed));
  if (result.healthy()) {
    line_if_folded(fmt::format("✅ health check passed ({})", how));
  } else if (result.verdict == HealthResult::Verdict::kUnhealthy) {
    line_if_folded(fmt::format("❌ health check failed ({})", how));
  }
}

void Console::restored(const std::string& service_or_file, const std::string& id) {
  line(fmt::format("✅ Restored {} from {}", printable(service_or_file), id));
}

void Console::removed(const std::string& service_or_file) {
  line(fmt::format("✅ Removed {}: it did not exist before", printable(service_or_file)));
}

}  // namespace backstep
