// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/lint_text.h"
#include "report/store_report.h"
#include "report/table.h"
#include "store/set_id.h"

namespace backstep {
namespace {

Json failure_json(const Failure& failure) {
  return Json::Object{{"step", failure.step}, {"described", failure.described}, {"output_tail", failure.output_tail}};
}

Json moment_json(int64_t seconds) { return seconds == 0 ? Json() : Json(utc_text(seconds)); }

Json origin_json(const HistoryLine& origin) {
  return Json::Object{{"accepted", utc_text(origin.time)},
                      {"run", origin.run},
                      {"commit", origin.commit},
                      {"actor", origin.actor},
                      {"url", origin.url}};
}

Json failed_before_json(const FailedBefore& failed) {
  return Json::Object{{"run", failed.run},       {"time", utc_text(failed.time)},
                      {"reason", failed.reason}, {"failed_files", failed.evidence},
                      {"url", failed.url},       {"proved", failed.proved},
                      {"marked", failed.marked}};
}

Json phases_json(const RunRecord& record) {
  return json_array(record.steps, [](const StepRecord& step) {
    return Json::Object{{"phase", step.name},  {"began_ms", step.began.count()}, {"elapsed_ms", step.elapsed.count()},
                        {"ended", step.ended}, {"succeeded", step.succeeded},    {"described", step.described}};
  });
}

}  // namespace

// The original's last sentence keeps its line.
std::string outcome_text(const Outcome& outcome) {
  FieldLines lines(10, 3);
  const std::string headline = headline_of(outcome);
  const bool is_whole = headline.ends_with('.');
  const bool idle = outcome.result == Outcome::Result::kNothingToDo;
  const std::string live = (idle ? ": " : "; live now: ") + outcome.live;
  lines.plain(printable(headline + (is_whole ? "" : live)));
  if (is_whole) lines.field("live now:", outcome.live);
  for (const OutcomeFact& fact : outcome_facts(outcome)) {
    lines.field(fmt::format("{}:", fact.name), fact.text);
    for (const std::string& line : plain_lines(fact.output)) {
      lines.plain("             │ " + line);
    }
  }
  lines.list("next:", next_lines(outcome.next));
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

Json outcome_json(const Outcome& outcome, const RunRecord& record) {
  Json json = json_answer("outcome");
  json.set("result", name_of(outcome.result));
  json.set("exit_code", outcome.exit_status);
  json.set("rolled_back", old_files_are_back(outcome));
  json.set("run", outcome.run);
  json.set("commit", outcome.commit);
  json.set("actor", outcome.actor);
  json.set("url", outcome.url);
  json.set("live", outcome.live);
  json.set("live_is", name_of(outcome.live_is));
  if (outcome.failure) json.set("failure", failure_json(*outcome.failure));
  if (outcome.diagnosis) json.set("diagnosis", failure_json(*outcome.diagnosis));
  if (outcome.after_restore) json.set("after_restore", failure_json(*outcome.after_restore));
  json.set("when", Json::Object{{"run_began", moment_json(outcome.when.run_began)},
                                {"deploy_began", moment_json(outcome.when.deploy_began)},
                                {"failed", moment_json(outcome.when.failed)},
                                {"healthy_again", moment_json(outcome.when.healthy_again)}});
  json.set("origin", outcome.origin ? origin_json(*outcome.origin) : Json());
  json.set("still_to_run", outcome.owed);
  json.set("backup", outcome.backup);
  json.set("restored_from", outcome.restored_from);
  json.set("target_reason", outcome.target_reason);
  json.set("failed_files", outcome.evidence);
  json.set("changed", json_texts(outcome.changed));
  json.set("restored", json_texts(outcome.restored));
  json.set("rolled_back_only", json_texts(outcome.rolled_back_only));
  json.set("kept", json_texts(outcome.kept));
  json.set("unchanged", outcome.unchanged);
  if (outcome.lint.scripts > 0) json.set("lint", lint_json(outcome.lint));
  json.set("was_unhealthy_before", outcome.was_unhealthy_before);
  json.set("failed_before", outcome.failed_before ? failed_before_json(*outcome.failed_before) : Json());
  json.set("verdict", name_of(outcome.verdict));
  json.set("bad_services", json_texts(outcome.bad_services));
  json.set("attempts", outcome.attempts);
  json.set("service_checks", service_checks_json(outcome.service_checks));
  json.set("phases", phases_json(record));
  json.set("warnings", json_texts(record.warnings));
  json.set("diff", outcome.diff);
  json.set("next", next_json(outcome.next));
  return json;
}

}  // namespace backstep
