// SPDX-License-Identifier: Apache-2.0
#include "deploy/journal_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "system/http_url.h"

namespace backstep {
namespace {

constexpr std::array kPhases = {Phase::kArmed,    Phase::kGenerated, Phase::kDeploying,
                                Phase::kDeployed, Phase::kAccepted,  Phase::kRestoring,
                                Phase::kRestored};

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ExitCode::kDamaged, why);
}

Json json_of(const Command& command) {
  if (!command.list.empty()) return json_texts(command.list);
  return command.text;
}

Command command_at(const Json& object, std::string_view key) {
  const Json* member = object.find(key);
  if (member == nullptr || member->is_null()) return {};
  if (member->array() != nullptr) return {"", object.texts(key)};
  return {object.text(key), {}};
}

Json json_of(Duration duration) {
  return duration.count();
}

Duration duration_at(const Json& object, std::string_view key) {
  return Duration(object.number(key));
}

Json json_of(const HealthCheck& check) {
  return Json::Object{{"test", json_of(check.test)},
                      {"http", check.http},
                      {"interval_ms", json_of(check.interval)},
                      {"timeout_ms", json_of(check.timeout)},
                      {"retries", check.retries},
                      {"start_period_ms", json_of(check.start_period)},
                      {"min_healthy_time_ms", json_of(check.min_healthy_time)},
                      {"deadline_ms", json_of(check.deadline)}};
}

// It becomes an argument of this program, which must not take it for a flag. A journal that an
// older version wrote has none.
std::string url_from(const Json& json) {
  std::string url = json.text_or("http", "");
  try {
    if (!url.empty()) parse_http_url(url);
  } catch (const Error&) {
    refuse("'http' is no URL that can be asked");
  }
  return url;
}

HealthCheck health_from(const Json& json) {
  return {.test = command_at(json, "test"),
          .http = url_from(json),
          .interval = duration_at(json, "interval_ms"),
          .timeout = duration_at(json, "timeout_ms"),
          .retries = static_cast<int>(json.number("retries")),
          .start_period = duration_at(json, "start_period_ms"),
          .min_healthy_time = duration_at(json, "min_healthy_time_ms"),
          .deadline = duration_at(json, "deadline_ms")};
}

Json json_of(const Timeouts& timeouts) {
  return Json::Object{{"generate_ms", json_of(timeouts.generate)},
                      {"deploy_ms", json_of(timeouts.deploy)},
                      {"rollback_ms", json_of(timeouts.rollback)},
                      {"stop_grace_ms", json_of(timeouts.stop_grace)}};
}

Timeouts timeouts_from(const Json& json) {
  return {.generate = duration_at(json, "generate_ms"),
          .deploy = duration_at(json, "deploy_ms"),
          .rollback = duration_at(json, "rollback_ms"),
          .stop_grace = duration_at(json, "stop_grace_ms")};
}

Json json_of(const Retention& retention) {
  return Json::Object{{"keep_last", retention.keep_last},
                      {"keep_good", retention.keep_good},
                      {"keep_within_ms", json_of(retention.keep_within)}};
}

Retention retention_from(const Json& json) {
  return {.keep_last = static_cast<int>(json.number("keep_last")),
          .keep_good = static_cast<int>(json.number("keep_good")),
          .keep_within = duration_at(json, "keep_within_ms")};
}

Json json_of(const Patterns& patterns) {
  return Json::Object{{"services_dir", patterns.services_dir},
                      {"entrypoint_file", patterns.entrypoint_file},
                      {"files", json_texts(patterns.files)}};
}

// The journal is acted on by whoever runs next, so what it names must not lead out of the
// workspace.
Patterns patterns_from(const Json& json) {
  Patterns patterns{json.text("services_dir"), json.text("entrypoint_file"), json.texts("files")};
  if (!is_plain_relative_path(patterns.services_dir)) refuse("'services_dir' leaves the workspace");
  if (!is_plain_relative_path(patterns.entrypoint_file))
    refuse("'entrypoint_file' is no file name");
  for (const std::string& file : patterns.files) {
    if (!is_plain_relative_path(file)) refuse("a path of 'files' leaves the workspace");
  }
  return patterns;
}

Json json_of(const std::vector<RecordedFile>& recorded) {
  Json::Array array;
  for (const RecordedFile& file : recorded) {
    Json::Object object{{"path", file.path}};
    if (!file.sha256.empty()) object.emplace_back("sha256", file.sha256);
    if (file.executable) object.emplace_back("executable", true);
    if (file.kept) object.emplace_back("kept", true);
    array.emplace_back(std::move(object));
  }
  return array;
}

std::vector<RecordedFile> recorded_from(const Json& json) {
  std::vector<RecordedFile> recorded;
  if (json.array() == nullptr) refuse("'recorded' is not a list");
  for (const Json& file : *json.array()) {
    recorded.push_back({file.text("path"), file.text_or("sha256", ""),
                        file.flag_or("executable", false), file.flag_or("kept", false)});
  }
  if (!std::is_sorted(recorded.begin(), recorded.end(),
                      [](const auto& a, const auto& b) { return a.path < b.path; })) {
    refuse("'recorded' is not sorted");
  }
  return recorded;
}

Phase phase_from(const std::string& name) {
  const auto found = std::find_if(kPhases.begin(), kPhases.end(),
                                  [&](Phase phase) { return name_of(phase) == name; });
  if (found == kPhases.end()) refuse("unknown phase " + in_quotes(name));
  return *found;
}

std::string_view name_of_policy(RollbackTarget target) {
  if (target == RollbackTarget::kAuto) return "auto";
  return target == RollbackTarget::kPrevious ? "previous" : "last-good";
}

RollbackTarget policy_from(const std::string& name) {
  if (name == "previous") return RollbackTarget::kPrevious;
  return name == "last-good" ? RollbackTarget::kLastGood : RollbackTarget::kAuto;
}

std::string id_at(const Json& json, std::string_view key, bool needed) {
  std::string id = json.text_or(key, "");
  if ((needed || !id.empty()) && !is_set_id(id)) refuse(in_quotes(key) + " is no backup id");
  return id;
}

SetRef target_from(const Json& json) {
  const std::string& shelf = json.text("shelf");
  if (shelf != "backups" && shelf != "good" && shelf != "failed") refuse("unknown shelf");
  return {shelf == "backups" ? Shelf::kBackups : (shelf == "good" ? Shelf::kGood : Shelf::kFailed),
          id_at(json, "id", true)};
}

Json json_of(const SetRef& ref) {
  const char* shelf =
      ref.shelf == Shelf::kBackups ? "backups" : (ref.shelf == Shelf::kGood ? "good" : "failed");
  return Json::Object{{"shelf", shelf}, {"id", ref.id}};
}

void read_head(const Json& json, Journal& journal) {
  journal.run = id_at(json, "run", true);
  journal.verb = json.text("verb");
  journal.phase = phase_from(json.text("phase"));
  journal.owner = json.text("owner");
  journal.actor = json.text_or("actor", "");
  journal.url = json.text_or("url", "");
  journal.commit = json.text_or("commit", "");
  journal.started = json.number("started");
  journal.guard_until = json.number_or("guard_until", 0);
  journal.directory = json.text_or("directory", "");
  if (!journal.directory.empty() && !is_plain_relative_path(journal.directory)) {
    refuse("'directory' leaves the workspace");
  }
}

void read_commands(const Json& json, Journal& journal) {
  journal.generate = command_at(json, "generate");
  journal.deploy = command_at(json, "deploy");
  journal.rollback_command = command_at(json, "rollback_command");
  journal.rollback_enabled = json.flag_or("rollback_enabled", true);
  journal.target_policy = policy_from(json.text_or("target_policy", "auto"));
  const auto section = [&](const char* key) -> const Json& {
    const Json* found = json.find(key);
    if (found == nullptr) refuse(in_quotes(key) + " is missing");
    return *found;
  };
  journal.health = health_from(section("health"));
  journal.timeouts = timeouts_from(section("timeouts"));
  journal.retention = retention_from(section("retention"));
  journal.patterns = patterns_from(section("patterns"));
}

void read_progress(const Json& json, Journal& journal) {
  journal.backup = id_at(json, "backup", false);
  journal.stands_in = id_at(json, "stands_in", false);
  journal.digest = json.text_or("digest", "");
  journal.was_unhealthy_before = json.flag_or("was_unhealthy_before", false);
  if (const Json* recorded = json.find("recorded")) journal.recorded = recorded_from(*recorded);
  if (const Json* target = json.find("target")) journal.target = target_from(*target);
  journal.target_reason = json.text_or("target_reason", "");
  journal.evidence = id_at(json, "evidence", false);
  journal.owed = json.flag_or("owed", false);
  journal.failure = json.text_or("failure", "");
  journal.scope = {json.flag_or("exact", true), json.flag_or("recreate_services", true),
                   json.texts("only_services")};
  journal.passed_check = json.flag_or("passed_check", false);
  if (journal.phase >= Phase::kRestoring && !journal.target) refuse("'target' is missing");
  if (journal.phase < Phase::kRestoring && journal.backup.empty()) refuse("'backup' is missing");
}

}  // namespace

std::string encode_journal(const Journal& journal) {
  Json json(Json::Object{{"backstep", "journal"},
                         {"format", Journal::kFormat},
                         {"run", journal.run},
                         {"verb", journal.verb},
                         {"phase", name_of(journal.phase)},
                         {"owner", journal.owner},
                         {"actor", journal.actor},
                         {"url", journal.url},
                         {"commit", journal.commit},
                         {"started", journal.started},
                         {"guard_until", journal.guard_until},
                         {"directory", journal.directory},
                         {"backup", journal.backup},
                         {"stands_in", journal.stands_in},
                         {"digest", journal.digest},
                         {"was_unhealthy_before", journal.was_unhealthy_before},
                         {"target_reason", journal.target_reason},
                         {"evidence", journal.evidence},
                         {"owed", journal.owed},
                         {"failure", journal.failure},
                         {"exact", journal.scope.exact},
                         {"recreate_services", journal.scope.recreate_services},
                         {"only_services", json_texts(journal.scope.only_services)},
                         {"passed_check", journal.passed_check},
                         {"generate", json_of(journal.generate)},
                         {"deploy", json_of(journal.deploy)},
                         {"rollback_command", json_of(journal.rollback_command)},
                         {"rollback_enabled", journal.rollback_enabled},
                         {"target_policy", name_of_policy(journal.target_policy)},
                         {"health", json_of(journal.health)},
                         {"timeouts", json_of(journal.timeouts)},
                         {"retention", json_of(journal.retention)},
                         {"patterns", json_of(journal.patterns)}});
  if (journal.target) json.set("target", json_of(*journal.target));
  if (journal.recorded) json.set("recorded", json_of(*journal.recorded));
  return json.pretty() + "\n";
}

Journal decode_journal(std::string_view text) {
  const Json json = Json::parse(text);
  if (json.text_or("backstep", "") != "journal") refuse("it is no journal");
  if (json.number("format") > Journal::kFormat) {
    throw Error(ExitCode::kUsage,
                fmt::format("it was written by a newer version of backstep (format {}): finish the "
                            "run with that version",
                            json.number("format")));
  }
  Journal journal;
  read_head(json, journal);
  read_commands(json, journal);
  read_progress(json, journal);
  return journal;
}

}  // namespace backstep
