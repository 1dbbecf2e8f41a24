// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/without_secrets.h"

namespace backstep {

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
  outcome.service_checks = without_secrets(std::move(outcome.service_checks), secrets);
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

std::vector<ServiceHealth> without_secrets(std::vector<ServiceHealth> services,
                                           const Secrets& secrets) {
  for (ServiceHealth& health : services) {
    health.described = secrets.hidden_in(health.described);
    health.output_tail = secrets.hidden_in(health.output_tail);
  }
  return services;
}

}  // namespace backstep
