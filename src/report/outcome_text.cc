// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_text.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/outcome_words.h"

namespace backstep {
namespace {

class Lines {
 public:
  void field(std::string_view name, const std::string& text) {
    if (!text.empty()) text_ += fmt::format("   {:<10}{}\n", name, text);
  }
  void quote(const std::string& output) {
    if (trimmed(output).empty()) return;
    for (const std::string& line : split(trimmed(output), '\n')) {
      text_ += "             │ " + printable(line) + "\n";
    }
  }
  void plain(const std::string& text) { text_ += text + "\n"; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_failure(const Outcome& outcome, Lines& lines) {
  if (!outcome.failure) return;
  lines.field("failed:", printable(outcome.failure->step + " " + outcome.failure->described));
  lines.quote(outcome.failure->output_tail);
  if (outcome.was_unhealthy_before) {
    lines.field("note:", "the health check failed already before the deploy");
  }
}

void write_restored(const Outcome& outcome, Lines& lines) {
  const bool moved_away = outcome.result == Outcome::Result::kNothingToRollBackTo;
  if (!outcome.restored.empty() && !moved_away) {
    lines.field(
        "restored:",
        fmt::format("{} from {}{}", counted(outcome.restored.size(), "file"), outcome.restored_from,
                    outcome.target_reason.empty() ? "" : " (" + outcome.target_reason + ")"));
  }
  if (!outcome.kept.empty()) {
    lines.field("kept:", fmt::format("{}, changed since", counted(outcome.kept.size(), "file")));
  }
  lines.field("evidence:", outcome.evidence);
  if (outcome.verdict == Verdict::kBad) lines.field("verdict:", "these files are known bad now");
}

}  // namespace

std::string outcome_text(const Outcome& outcome) {
  Lines lines;
  lines.plain(headline_of(outcome));
  write_failure(outcome, lines);
  lines.field("advice:", printable(outcome.advice));
  write_restored(outcome, lines);
  for (const std::string& command : outcome.next) lines.field("next:", command);
  const bool idle = outcome.result == Outcome::Result::kNothingToDo;
  lines.field(idle ? "because:" : "live now:", live_words(outcome));
  return lines.take();
}

}  // namespace backstep
