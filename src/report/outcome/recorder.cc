// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/recorder.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace backstep {

RunRecord Recorder::record() const {
  RunRecord record = record_;
  record.elapsed = clock_.steady() - start_;
  return record;
}

void Recorder::warning(const Shown& text) {
  constexpr size_t kKept = 100;
  std::string told = secrets_.hidden_in(text.text());
  // What is left out is found again by every look.
  if (std::ranges::find(record_.warnings, told) != record_.warnings.end()) return;
  if (record_.warnings.size() < kKept) record_.warnings.push_back(std::move(told));
  next_.warning(text);
}

void Recorder::urgent(const Shown& text) {
  record_.warnings.push_back(secrets_.hidden_in(text.text()));
  next_.urgent(text);
}

// A step of ours, which is told when it is over.
void Recorder::add_step(std::string_view name, Duration elapsed, std::string described) {
  record_.steps.push_back({.name = name,
                           .began = clock_.steady() - start_ - elapsed,
                           .elapsed = elapsed,
                           .succeeded = true,
                           .ended = true,
                           .described = std::move(described)});
}

void Recorder::backup_created(const BackupMade& backup) {
  add_step("backup", backup.elapsed, fmt::format("{}, {} unchanged", counted(backup.files, "file"), backup.linked));
  next_.backup_created(backup);
}

void Recorder::linted(const LintReport& report, Duration elapsed) {
  add_step("lint", elapsed, report.stopped ? "was stopped" : counted_findings(report));
  record_.steps.back().succeeded = !report.stopped && report.errors() == 0;
  next_.linted(report, elapsed);
}

void Recorder::step_began(Step step, const Command& command) {
  record_.steps.push_back({.name = name_of(step), .began = clock_.steady() - start_, .described = ""});
  next_.step_began(step, command);
}

void Recorder::end_step(Duration elapsed, bool succeeded, const std::string& described) {
  if (record_.steps.empty()) return;
  StepRecord& step = record_.steps.back();
  step.ended = true;
  step.elapsed = elapsed;
  step.succeeded = succeeded;
  step.described = secrets_.hidden_in(described);
}

void Recorder::step_ended(Step step, const ProcessResult& result) {
  end_step(result.elapsed, result.succeeded(), result.succeeded() ? "" : result.described());
  next_.step_ended(step, result);
}

void Recorder::checks_ended(const CheckResults& results) {
  // Several checks that a signal stopped have no result in common, so the step stays open.
  if (results.alone || !results.stopped) {
    end_step(results.elapsed, results.healthy(), summary_of(results));
    if (!record_.steps.empty()) record_.steps.back().services = results.services;
  }
  next_.checks_ended(results);
}

void Recorder::restore_ended(size_t files, Duration elapsed) {
  add_step("restore", elapsed, counted(files, "file"));
  next_.restore_ended(files, elapsed);
}

Outcome without_secrets(Outcome outcome, const Secrets& secrets) {
  const auto hide = [&](std::string& text) { text = secrets.hidden_in(text); };
  // Without the colours that may stand in the midst of one.
  const auto hide_output = [&](std::string& text) { text = secrets.hidden_in(plain_text(text)); };
  for (std::optional<Failure>* failure : {&outcome.failure, &outcome.diagnosis, &outcome.after_restore}) {
    if (!*failure) continue;
    hide((*failure)->described);
    hide_output((*failure)->output_tail);
  }
  for (ServiceHealth& health : outcome.service_checks) hide_output(health.output_tail);
  for (std::string* text : {&outcome.live, &outcome.owed, &outcome.actor, &outcome.url}) hide(*text);
  for (NextStep& step : outcome.next) hide(step.what);
  for (std::vector<LintFinding>* findings : {&outcome.lint.findings, &outcome.lint.skipped}) {
    for (LintFinding& finding : *findings) hide(finding.what);
  }
  return outcome;
}

}  // namespace backstep
