// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include <fmt/core.h>

#include "base/text.h"
#include "deploy/run/records.h"
#include "report/lint_text.h"
#include "report/outcome/report_files.h"
#include "report/table.h"
#include "store/time_text.h"

namespace backstep {
namespace {

void quote(const std::string& output, FieldLines& lines) {
  if (trimmed(output).empty()) return;
  for (const std::string& line : split(trimmed(output), '\n')) {
    lines.plain("             │ " + printable(line));
  }
}

void write_failure(const Outcome& outcome, FieldLines& lines) {
  if (!outcome.failure) return;
  lines.field("failed:", printable(outcome.failure->step + " " + outcome.failure->described));
  quote(outcome.failure->output_tail, lines);
  lines.field("when:", when_words(outcome));
  if (outcome.exit_status != 0) lines.field("changed:", printable(listed(outcome.changed, 8)));
  if (outcome.was_unhealthy_before) {
    lines.field("note:", "the health check failed already before the deploy");
  }
  if (outcome.failed_before) {
    const char* how = outcome.failed_before->marked ? "were " : "failed before: ";
    lines.field("note:", fmt::format("these files {}{}", how, described(*outcome.failed_before)));
  }
}

// That it printed the same once more is soon read.
void write_after_restore(const Outcome& outcome, FieldLines& lines) {
  if (!outcome.after_restore) return;
  const Failure& after = *outcome.after_restore;
  const bool same = outcome.failure && outcome.failure->output_tail == after.output_tail &&
                    !trimmed(after.output_tail).empty();
  lines.field("then:", printable(after.step + " " + after.described) +
                           (same ? ", with the same output" : ""));
  if (!same) quote(after.output_tail, lines);
}

std::string verdict_words(const Outcome& outcome) {
  const std::string bad_set =
      outcome.verdict == Verdict::kBad ? "the new files are known bad now" : "";
  if (outcome.bad_services.empty()) return bad_set;
  return (bad_set.empty() ? "known bad " : bad_set + "; ") +
         "by their own check: " + listed(outcome.bad_services);
}

void write_restored(const Outcome& outcome, FieldLines& lines) {
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

Json failure_json(const Failure& failure) {
  return Json::Object{{"step", failure.step},
                      {"described", failure.described},
                      {"output_tail", failure.output_tail}};
}

Json moment_json(int64_t seconds) {
  return seconds == 0 ? Json() : Json(utc_text(seconds));
}

Json origin_json(const Origin& origin) {
  return Json::Object{{"accepted", utc_text(origin.accepted)},
                      {"run", origin.run},
                      {"commit", origin.commit},
                      {"actor", origin.actor},
                      {"url", origin.url}};
}

Json failed_before_json(const FailedBefore& failed) {
  return Json::Object{{"run", failed.run},       {"time", utc_text(failed.time)},
                      {"reason", failed.reason}, {"evidence", failed.evidence},
                      {"url", failed.url},       {"proved", failed.proved},
                      {"marked", failed.marked}};
}

}  // namespace

std::string outcome_text(const Outcome& outcome) {
  FieldLines lines(10, 3);
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

Json service_checks_json(const std::vector<ServiceHealth>& checks) {
  return json_array(checks, [](const ServiceHealth& health) {
    Json::Object object{{"service", health.service},
                        {"healthy", health.healthy},
                        {"on_failure", health.on_failure == OnFailure::kWarn ? "warn" : "rollback"},
                        {"attempts", health.attempts}};
    if (!health.healthy) {
      object.emplace_back("described", health.described);
      object.emplace_back("output_tail", health.output_tail);
    }
    return object;
  });
}

Json outcome_json(const Outcome& outcome) {
  Json json = json_answer("outcome");
  json.set("result", name_of(outcome.result));
  json.set("exit_code", outcome.exit_status);
  json.set("rolled_back", old_files_are_back(outcome));
  json.set("run", outcome.run);
  json.set("live", outcome.live);
  json.set("services", outcome.services);
  if (outcome.failure) json.set("failure", failure_json(*outcome.failure));
  if (outcome.after_restore) json.set("after_restore", failure_json(*outcome.after_restore));
  json.set("when", Json::Object{{"run_began", moment_json(outcome.when.run_began)},
                                {"deploy_began", moment_json(outcome.when.deploy_began)},
                                {"failed", moment_json(outcome.when.failed)},
                                {"healthy_again", moment_json(outcome.when.healthy_again)}});
  json.set("origin", outcome.origin ? origin_json(*outcome.origin) : Json());
  json.set("owed", outcome.owed);
  json.set("advice", outcome.advice);
  json.set("backup", outcome.backup);
  json.set("restored_from", outcome.restored_from);
  json.set("target_reason", outcome.target_reason);
  json.set("evidence", outcome.evidence);
  json.set("changed", json_texts(outcome.changed));
  json.set("restored", json_texts(outcome.restored));
  json.set("rolled_back_only", json_texts(outcome.rolled_back_only));
  json.set("kept", json_texts(outcome.kept));
  json.set("unchanged", outcome.unchanged);
  if (outcome.lint.scripts > 0) json.set("lint", lint_json(outcome.lint));
  json.set("was_unhealthy_before", outcome.was_unhealthy_before);
  json.set("failed_before",
           outcome.failed_before ? failed_before_json(*outcome.failed_before) : Json());
  json.set("verdict", name_of(outcome.verdict));
  json.set("bad_services", json_texts(outcome.bad_services));
  json.set("attempts", outcome.attempts);
  json.set("service_checks", service_checks_json(outcome.service_checks));
  json.set("next", json_texts(outcome.next));
  return json;
}

}  // namespace backstep
