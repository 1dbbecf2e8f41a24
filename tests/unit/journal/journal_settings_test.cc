// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include "base/error.h"
#include "config/settings.h"
#include "support/catch.h"
#include "support/json_parts.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

// One that no setting has by itself.
std::string unusual(const Setting& setting) {
  switch (setting.type) {
    case SettingType::kSwitch:
      return default_text(setting) == "true" ? "false" : "true";
    case SettingType::kChoice:
      return std::string(setting.choices.substr(setting.choices.rfind(' ') + 1));
    case SettingType::kDuration:
      return "1m23s";
    case SettingType::kCount:
      return "7";
    case SettingType::kExitCodes:
      return "75,80";
    case SettingType::kUrl:
      return "http://$BACKSTEP_HOST_GATEWAY:8080/health";
    case SettingType::kRules:
      return "crlf";
    case SettingType::kRemote:
      return R"({"fetch":["cat","store.tar"],"store":"tee store.tar","required":false})";
    default:
      if (setting.name == "health_check.status") return "204";
      if (setting.name == "health_check.headers") return "Of: it";
      return "of_" + std::string(setting.name) + (setting.name == "report" ? ".xml" : "");
  }
}

Config with_every_setting() {
  Config config;
  for (const Setting& setting : settings_in_file()) setting.assign(config, {.text = unusual(setting)});
  return config;
}

std::string refusal(const Json& json) {
  try {
    decode_settings(json);
    return "not refused";
  } catch (const Error& error) {
    return error.code() == ExitCode::kDamaged ? error.message() : "another exit code";
  }
}

std::string refusal(std::string_view name, const Json& value) {
  Json json(Json::Object{});
  json.set(name, value);
  return refusal(json);
}

std::string refusal_of_check(std::string_view key, const Json& value) {
  Json check(Json::Object{});
  check.set(key, value);
  return refusal("service_checks", Json::Object{{"each", check}, {"own", Json::Object{}}});
}

}  // namespace

TEST_CASE("JournalSettings: every setting of the table is read back as it was", "[journal][journal_settings]") {
  const Config config = with_every_setting();
  const Config read = decode_settings(encode_settings(config));
  for (const Setting& setting : settings_in_file()) {
    CAPTURE(setting.name);
    CHECK(setting.show(read) == setting.show(config));
    CHECK(setting.show(read) != setting.show(Config()));
  }
}

TEST_CASE("JournalSettings: what is not there has its default", "[journal][journal_settings]") {
  const Config read = decode_settings(Json::Object{});
  for (const Setting& setting : settings_in_file()) CHECK(setting.show(read) == default_text(setting));
}

TEST_CASE("JournalSettings: commands are read back as text or list", "[journal][journal_settings]") {
  Config config;
  config.generate = {"", {"python", "a b.py", ""}};
  config.deploy = {"docker compose up -d\n", {}};
  config.health.test = {"", {"CMD", "curl"}};
  const Config read = decode_settings(encode_settings(config));
  CHECK(read.generate == config.generate);
  CHECK(read.deploy == config.deploy);
  CHECK(read.health.test == config.health.test);
}

TEST_CASE("JournalSettings: an item of a list may hold what separates a text", "[journal][journal_settings]") {
  Config config;
  config.files = {"a,b.conf", "c"};
  config.retention.keep_tags = {"v1, final"};
  const Config read = decode_settings(encode_settings(config));
  CHECK(read.files == config.files);
  CHECK(read.retention.keep_tags == config.retention.keep_tags);
}

TEST_CASE("JournalSettings: what no setting may be is refused by name", "[journal][journal_settings]") {
  CHECK_THAT(refusal("rollback_target", "nonsense"),
             Contains("'rollback_target'") && Contains("auto, previous, last-good"));
  CHECK_THAT(refusal("rollback_scope", "some"), Contains("'rollback_scope'"));
  CHECK_THAT(refusal("health_url", "--help"), Contains("'health_url'"));
  CHECK_THAT(refusal("health_retries", "0"), Contains("'health_retries'"));
  CHECK_THAT(refusal("deploy_timeout", "-1s"), Contains("'deploy_timeout'"));
  CHECK_THAT(refusal("keep_last", "4294967296"), Contains("'keep_last'"));
  CHECK_THAT(refusal("no_rollback_exit_codes", json_texts({"75", "256"})), Contains("'256'"));
  CHECK_THAT(refusal("deploy", 7), Contains("'deploy'") && Contains("neither a text nor a list"));
  CHECK_THAT(refusal("deploy", Json::Array{"true", 7}), Contains("no text"));
  CHECK_THAT(refusal("weather", "fine"), Contains("'weather'") && Contains("no setting"));
  CHECK_THAT(refusal(Json("all")), Contains("no object"));
}

TEST_CASE("JournalSettings: the checks of services are read back as they were", "[journal][journal_settings]") {
  Config config;
  config.service_checks.each.health.test = {"curl http://$BACKSTEP_SERVICE/", {}};
  config.service_checks.each.on_failure = OnFailure::kWarn;
  ServiceCheck& own = config.service_checks.own["action_service"];
  own.health.ask.url = "http://$BACKSTEP_SERVICE/health";
  own.health.retries = 15;
  config.service_checks.own["unchecked"] = {};
  const ServiceChecks read = decode_settings(encode_settings(config)).service_checks;
  CHECK(read.each.health.test == config.service_checks.each.health.test);
  CHECK(read.each.on_failure == OnFailure::kWarn);
  CHECK(read.of("action_service")->health.ask.url == "http://action_service/health");
  CHECK(read.of("action_service")->health.retries == 15);
  CHECK(read.of("action_service")->on_failure == OnFailure::kRollback);
  CHECK_FALSE(read.of("unchecked"));
}

TEST_CASE("JournalSettings: forged checks of services are refused", "[journal][journal_settings]") {
  CHECK_THAT(refusal_of_check("on_failure", "ignore"), Contains("'on_failure'"));
  CHECK_THAT(refusal_of_check("url", "ftp://a/"), Contains("'url'"));
  CHECK_THAT(refusal_of_check("retries", "0"), Contains("'retries'"));
  // The baseline is the run's.
  CHECK_THAT(refusal_of_check("baseline", "false"), Contains("no setting"));
  CHECK_THAT(refusal("service_checks", "all"), Contains("'each' is missing"));
  const Json each(Json::Object{});
  CHECK_THAT(refusal("service_checks", Json::Object{{"each", each}}), Contains("'own'"));
  CHECK_THAT(refusal("service_checks", Json::Object{{"each", "x"}, {"own", Json::Object{}}}), Contains("no object"));
}
