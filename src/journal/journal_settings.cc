// SPDX-License-Identifier: Apache-2.0
#include "journal/journal_settings.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "system/files/beneath.h"
#include "system/http/http_url.h"

namespace backstep {
namespace {

// No setting takes more, and what is longer would overflow where it is added to a clock.
constexpr int64_t kLongestMs = Duration(std::chrono::hours(24 * 3650)).count();
constexpr int64_t kMostCounted = 100'000;
constexpr int64_t kLargestExitCode = 255;

int64_t number_at(const Json& object, std::string_view key, int64_t most) {
  const int64_t number = object.number(key);
  if (number < 0 || number > most) refuse_damaged(fmt::format("{} is {}", in_quotes(key), number));
  return number;
}

int count_at(const Json& object, std::string_view key) {
  return static_cast<int>(number_at(object, key, kMostCounted));
}

// Of a member that a journal of an older version has not.
int count_or(const Json& object, std::string_view key, int otherwise) {
  const Json* member = object.find(key);
  return member == nullptr || member->is_null() ? otherwise : count_at(object, key);
}

Json json_of(Duration duration) {
  return duration.count();
}

Duration duration_at(const Json& object, std::string_view key) {
  return Duration(number_at(object, key, kLongestMs));
}

// It becomes an argument of this program, which must not take it for a flag. A journal that an
// older version wrote has none.
std::string url_from(const Json& json) {
  std::string url = json.text_or("http", "");
  try {
    if (!url.empty()) parse_http_url(url_of_service(url, "service"));
  } catch (const Error&) {
    refuse_damaged("'http' is no URL that can be asked");
  }
  return url;
}

Json json_of(const ServiceCheck& check) {
  return Json::Object{{"health", json_of(check.health)},
                      {"on_failure", check.on_failure == OnFailure::kWarn ? "warn" : "rollback"}};
}

const Json& member_at(const Json& object, std::string_view key) {
  const Json* member = object.find(key);
  if (member == nullptr) refuse_damaged(in_quotes(key) + " is missing");
  return *member;
}

ServiceCheck service_check_from(const Json& json) {
  const std::string& on_failure = json.text("on_failure");
  if (on_failure != "warn" && on_failure != "rollback") {
    refuse_damaged("'on_failure' is " + in_quotes(on_failure));
  }
  return {.health = health_from(member_at(json, "health")),
          .on_failure = on_failure == "warn" ? OnFailure::kWarn : OnFailure::kRollback};
}

}  // namespace

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

Json json_of(const std::vector<int>& exit_codes) {
  Json::Array array;
  for (const int code : exit_codes) array.emplace_back(code);
  return array;
}

std::vector<int> exit_codes_at(const Json& object, std::string_view key) {
  std::vector<int> codes;
  const Json* member = object.find(key);
  if (member == nullptr || member->is_null()) return codes;
  if (member->array() == nullptr) refuse_damaged(in_quotes(key) + " is not a list");
  for (const Json& item : *member->array()) {
    const int64_t* code = item.integer();
    if (code == nullptr || *code < 1 || *code > kLargestExitCode) {
      refuse_damaged(in_quotes(key) + " holds something that is no exit code");
    }
    codes.push_back(static_cast<int>(*code));
  }
  return codes;
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

HealthCheck health_from(const Json& json) {
  return {.test = command_at(json, "test"),
          .http = url_from(json),
          .interval = duration_at(json, "interval_ms"),
          .timeout = duration_at(json, "timeout_ms"),
          .retries = count_at(json, "retries"),
          .start_period = duration_at(json, "start_period_ms"),
          .min_healthy_time = duration_at(json, "min_healthy_time_ms"),
          .deadline = duration_at(json, "deadline_ms")};
}

Json json_of(const ServiceChecks& checks) {
  Json::Array own;
  for (const auto& [service, check] : checks.own) {
    Json entry = json_of(check);
    entry.set("service", service);
    own.push_back(std::move(entry));
  }
  return Json::Object{{"each", json_of(checks.each)}, {"own", std::move(own)}};
}

ServiceChecks service_checks_from(const Json& json) {
  ServiceChecks checks;
  checks.each = service_check_from(member_at(json, "each"));
  const Json& own = member_at(json, "own");
  if (own.array() == nullptr) refuse_damaged("'own' is not a list");
  for (const Json& entry : *own.array()) {
    checks.own[entry.text("service")] = service_check_from(entry);
  }
  return checks;
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
                      {"keep_within_ms", json_of(retention.keep_within)},
                      {"keep_tags", json_texts(retention.keep_tags)},
                      {"keep_failed", retention.keep_failed}};
}

Retention retention_from(const Json& json) {
  return {.keep_last = count_at(json, "keep_last"),
          .keep_good = count_at(json, "keep_good"),
          .keep_within = duration_at(json, "keep_within_ms"),
          .keep_tags = json.texts("keep_tags"),
          .keep_failed = count_or(json, "keep_failed", Retention().keep_failed)};
}

}  // namespace backstep
