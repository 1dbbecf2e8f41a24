// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_text.h"

#include <fmt/core.h>

#include "base/text.h"
#include "deploy/run/past_runs.h"
#include "report/outcome/outcome_words.h"

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
  lines.field("when:", when_words(outcome));
  if (outcome.exit_status != 0) lines.field("changed:", changed_words(outcome));
  if (outcome.was_unhealthy_before) {
    lines.field("note:", "the health check failed already before the deploy");
  }
  if (outcome.failed_before) {
    const char* how = outcome.failed_before->marked ? "were " : "failed before: ";
    lines.field("note:", fmt::format("these files {}{}", how, described(*outcome.failed_before)));
  }
}

// That it printed the same once more is soon read.
void write_after_restore(const Outcome& outcome, Lines& lines) {
  if (!outcome.after_restore) return;
  const Failure& after = *outcome.after_restore;
  const bool same = outcome.failure && outcome.failure->output_tail == after.output_tail &&
                    !trimmed(after.output_tail).empty();
  lines.field("then:", printable(after.step + " " + after.described) +
                           (same ? ", with the same output" : ""));
  if (!same) lines.quote(after.output_tail);
}

std::string verdict_words(const Outcome& outcome) {
  const std::string bad_set =
      outcome.verdict == Verdict::kBad ? "the new files are known bad now" : "";
  if (outcome.bad_services.empty()) return bad_set;
  return (bad_set.empty() ? "known bad " : bad_set + "; ") +
         "by their own check: " + listed(outcome.bad_services);
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
  write_after_restore(outcome, lines);
  lines.field("evidence:", outcome.evidence);
  lines.field("verdict:", verdict_words(outcome));
}

}  // namespace

std::string outcome_text(const Outcome& outcome) {
  Lines lines;
  lines.plain(headline_of(outcome));
  write_failure(outcome, lines);
  write_restored(outcome, lines);
  lines.field("version:", origin_words(outcome));
  lines.field("advice:", printable(outcome.advice));
  lines.field("owed:", owed_words(outcome));
  for (const std::string& command : outcome.next) lines.field("next:", command);
  const bool idle = outcome.result == Outcome::Result::kNothingToDo;
  lines.field(idle ? "because:" : "live now:", live_words(outcome));
  return lines.take();
}

}  // namespace backstep
