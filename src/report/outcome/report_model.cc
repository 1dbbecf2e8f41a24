// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/report_model.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "report/outcome/outcome_report.h"

namespace backstep {
namespace {

constexpr size_t kListed = 200;  // rows; more are counted
constexpr size_t kUnfolded = 10;

// The colour of what is live now: the new version, the old one as if nothing had been, or something
// that a person has to look at.
std::string_view tone_of(const Outcome& outcome) {
  if (outcome.exit_status == 0) return "good";
  const auto code = static_cast<ExitCode>(outcome.exit_status);
  if (code == ExitCode::kRolledBackHealthy) return "before";
  const bool as_before = outcome.live_is == Live::kOld || outcome.live_is == Live::kSame;
  return as_before && code != ExitCode::kRolledBackUnhealthy ? "before" : "bad";
}

// Only a link that is one, and that ends where its text does.
std::string link_of(const std::string& url) {
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  const bool is_plain = printable(url) == url && url.find_first_of(" ()<>\"'\\") == url.npos;
  return is_web && is_plain ? url : "";
}

Json headline_parts(const Outcome& outcome) {
  std::vector<std::string> parts;
  parts.push_back(bad_live_words(outcome));
  if (!outcome.changed.empty()) parts.push_back(counted(outcome.changed.size(), "change"));
  parts.push_back(outcome.actor.empty() ? "" : "by " + printable(outcome.actor));
  constexpr size_t kShortCommit = 12;
  parts.push_back(outcome.commit.empty() ? "" : "commit " + outcome.commit.substr(0, kShortCommit));
  std::erase(parts, "");
  return json_texts(parts);
}

// Why it failed stands by itself, and what changed has rows of its own.
void set_facts(Json& model, const Outcome& outcome) {
  Json::Array facts;
  for (const OutcomeFact& fact : outcome_facts(outcome)) {
    const std::string text = printable(fact.text);
    if (fact.name == "changed") continue;
    if (fact.name == "failed") {
      model.set("why", text);
    } else {
      facts.emplace_back(Json::Object{{"name", fact.name}, {"text", text}});
    }
  }
  if (!outcome.backup.empty()) facts.emplace_back(Json::Object{{"name", "backup"}, {"text", outcome.backup}});
  model.set("facts", std::move(facts));
}

// Of several steps each has a number: they are a list.
void set_next(Json& model, const std::vector<NextStep>& steps) {
  Json::Array next;
  for (const auto& [what, command] : steps) {
    const std::string number = steps.size() == 1 ? "" : fmt::format("{}. ", next.size() + 1);
    next.emplace_back(Json::Object{{"number", number}, {"what", printable(what)}, {"command", printable(command)}});
  }
  model.set("has_next", !next.empty());
  model.set("next", std::move(next));
}

Json outputs_json(const Outcome& outcome) {
  Json::Array outputs;
  const auto add = [&](const std::optional<Failure>& from, std::string_view what) {
    if (!from || trimmed(from->output_tail).empty()) return;
    outputs.emplace_back(Json::Object{{"title", printable(fmt::format("{} {} printed", what, from->step))},
                                      {"output", plain_text(trimmed(from->output_tail))}});
  };
  add(outcome.failure, "The last that the");
  add(outcome.diagnosis, "Before the rollback");
  add(outcome.after_restore, "After the restore the");
  return outputs;
}

std::string percent(Duration part, Duration whole) {
  return fmt::format(
      "{:.2f}", 100.0 * static_cast<double>(part.count()) / static_cast<double>(std::max<int64_t>(whole.count(), 1)));
}

// Where it stands on the line of the run's time, in percent and in whole seconds.
void place(Json::Object& row, Duration began, Duration elapsed, Duration whole) {
  row.emplace_back("left", percent(began, whole));
  row.emplace_back("width", percent(elapsed, whole));
  row.emplace_back("from", began.count() / 1000);
  row.emplace_back("to", std::max((began + elapsed).count() / 1000, began.count() / 1000 + 1));
}

Json phase_rows(const RunRecord& record) {
  return json_array(record.steps, [&](const StepRecord& step) {
    Json::Object row{{"name", step.name},
                     {"took", step.ended ? spoken_duration(step.elapsed) : ""},
                     {"failed", !step.succeeded},
                     {"how", step.ended ? printable(step.described) : "did not end"}};
    const Duration elapsed = step.ended ? step.elapsed : record.elapsed - step.began;
    place(row, step.began, elapsed, record.elapsed);
    return row;
  });
}

// From the deploy to the check that the old version passed, where both were steps of this call.
Json failed_live_json(const Outcome& outcome, const RunRecord& record) {
  const auto deploy = std::ranges::find(record.steps, "deploy", &StepRecord::name);
  if (bad_live_words(outcome).empty() || deploy == record.steps.end()) return {};
  const StepRecord& last = record.steps.back();
  Json::Object row{{"words", bad_live_words(outcome)}};
  place(row, deploy->began, last.began + last.elapsed - deploy->began, record.elapsed);
  return row;
}

// Only the unhealthy services; the others are counted in the phases.
Json::Array unhealthy_json(const RunRecord& record) {
  Json::Array rows;
  for (const StepRecord& step : record.steps) {
    for (const ServiceHealth& health : step.services) {
      if (health.healthy) continue;
      rows.emplace_back(Json::Object{{"service", printable(health.service)},
                                     {"warns", health.only_warns()},
                                     {"described", printable(health.described)}});
    }
  }
  return rows;
}

Json::Array changed_json(const Outcome& outcome) {
  const std::string_view now = words_of(outcome.live_is);
  const std::vector<std::string>& only = outcome.rolled_back_only;
  return json_array(outcome.changed, [&](const std::string& name) {
    const bool stays = !only.empty() && std::ranges::find(only, name) == only.end();
    return Json::Object{{"what", printable(name)},
                        {"now", stays          ? "the new version"
                                : only.empty() ? now
                                               : "the old version"}};
  });
}

// A list as a template wants it: the rows that are shown, and how many are not.
void set_rows(Json& model, const std::string& name, Json::Array rows) {
  const size_t more = rows.size() > kListed ? rows.size() - kListed : 0;
  rows.resize(rows.size() - more);
  model.set("has_" + name, !rows.empty());
  model.set(name + "_folded", rows.size() > kUnfolded);
  model.set(name + "_more", more == 0 ? Json() : Json(more));
  model.set(name, std::move(rows));
}

// The errors of lint are the tail of what failed.
Json::Array warnings_json(const Outcome& outcome, const RunRecord& record) {
  Json::Array warnings;
  for (const LintFinding& finding : outcome.lint.findings) {
    if (!finding.stops()) warnings.emplace_back(printable(described(finding)));
  }
  for (const std::string& warning : record.warnings) warnings.emplace_back(printable(warning));
  return warnings;
}

}  // namespace

Json report_model(const Outcome& outcome, const RunRecord& record) {
  constexpr Duration kWorthAPicture = std::chrono::seconds(5);
  Json model;
  model.set("tone", tone_of(outcome));
  model.set("good", outcome.exit_status == 0);
  model.set("headline", headline_of(outcome));
  model.set("parts", headline_parts(outcome));
  model.set("url", link_of(outcome.url));
  model.set("live", printable(outcome.live));
  model.set("run", outcome.run);
  model.set("exit_code", outcome.exit_status);
  set_facts(model, outcome);
  set_next(model, outcome.next);
  model.set("outputs", outputs_json(outcome));
  model.set("has_phases", !record.steps.empty());
  model.set("phases", phase_rows(record));
  model.set("pictured", record.elapsed >= kWorthAPicture);
  model.set("failed_live", failed_live_json(outcome, record));
  model.set("took", spoken_duration(record.elapsed));
  model.set("unchanged", outcome.unchanged && outcome.changed.empty());
  set_rows(model, "unhealthy", unhealthy_json(record));
  set_rows(model, "changed", changed_json(outcome));
  model.set("diff", outcome.diff);
  model.set("warnings", warnings_json(outcome, record));
  return model;
}

}  // namespace backstep
