// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/without_secrets.h"

namespace backstep {

namespace {

ServiceHealth without_secrets(ServiceHealth health, const Secrets& secrets) {
  health.described = secrets.hidden_in(health.described);
  health.output_tail = secrets.hidden_in(health.output_tail);
  return health;
}

}  // namespace

Outcome without_secrets(Outcome outcome, const Secrets& secrets) {
  const auto hide = [&](std::string& text) { text = secrets.hidden_in(text); };
  for (std::optional<Failure>* failure : {&outcome.failure, &outcome.after_restore}) {
    if (!*failure) continue;
    hide((*failure)->described);
    hide((*failure)->output_tail);
  }
  for (std::string* text : {&outcome.live, &outcome.services, &outcome.owed, &outcome.advice}) {
    hide(*text);
  }
  if (outcome.failed_before) hide(outcome.failed_before->reason);
  for (ServiceHealth& health : outcome.service_checks) health = without_secrets(health, secrets);
  for (std::vector<std::string>* names :
       {&outcome.changed, &outcome.restored, &outcome.kept, &outcome.next}) {
    for (std::string& name : *names) hide(name);
  }
  for (LintFinding& finding : outcome.lint.findings) {
    hide(finding.file);
    hide(finding.what);
  }
  for (SkippedSyntax& skipped : outcome.lint.skipped) {
    hide(skipped.file);
    hide(skipped.why);
  }
  return outcome;
}

RunRecord without_secrets(RunRecord record, const Secrets& secrets) {
  for (StepRecord& step : record.steps) {
    step.described = secrets.hidden_in(step.described);
    for (ServiceHealth& health : step.services) health = without_secrets(health, secrets);
  }
  for (std::string& warning : record.warnings) warning = secrets.hidden_in(warning);
  return record;
}

}  // namespace backstep
