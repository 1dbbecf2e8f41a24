// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include <set>

#include "base/text.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;

namespace {

void assign(Config& config, std::string_view name, std::string text) {
  const Setting* setting = find_setting(name);
  REQUIRE(setting != nullptr);
  setting->assign(config, {.text = std::move(text), .list = {}, .is_list = false});
}

std::string refused_setting(std::string_view name, const std::string& text) {
  return test::refusal([&] {
    Config config;
    assign(config, name, text);
  });
}

}  // namespace

TEST_CASE("Settings: limits that would never let anything succeed are refused", "[config][settings]") {
  for (const char* name : {"health_interval", "health_timeout", "health_deadline", "generate_timeout", "deploy_timeout",
                           "rollback_timeout", "guard_timeout"}) {
    INFO(name);
    REQUIRE(refused_setting(name, "0") == "'0' is too short: it must be longer than 0s");
  }
  REQUIRE(refused_setting("health_retries", "0") == "'0' is not a whole number from 1 to 100000");
}

TEST_CASE("Settings: zero switches a rule or a wait off", "[config][settings]") {
  for (const char* name : {"keep_last", "keep_good", "keep_within", "keep_failed", "lock_wait", "stop_grace",
                           "health_start_period", "health_min_healthy_time"}) {
    INFO(name);
    REQUIRE(refused_setting(name, "0") == "not refused");
  }
}

TEST_CASE("Settings: only the store and the file of settings may lie elsewhere", "[config][settings]") {
  REQUIRE(refused_setting("backups_dir", "/var/backups") == "not refused");
  REQUIRE(refused_setting("config", "/etc/backstep.yml") == "not refused");
}

TEST_CASE("Settings: a name is unknown when the table does not have it", "[config][settings]") {
  REQUIRE(find_setting("health_retry") == nullptr);
  REQUIRE(find_setting("") == nullptr);
  REQUIRE(find_setting("health_check.retries") == nullptr);
}

TEST_CASE("Settings: every default can be typed again", "[config][settings]") {
  for (const Setting& setting : settings()) {
    INFO(setting.name);
    const std::string text = default_text(setting);
    if (text.empty()) continue;
    Config config;
    setting.assign(config, {.text = text, .list = {}, .is_list = false});
    REQUIRE(setting.show(config) == text);
  }
}

TEST_CASE("Settings: every row writes its own member and no other", "[config][settings]") {
  const auto sample = [](const Setting& setting) -> std::string {
    switch (setting.type) {
      case SettingType::kUrl:
        return "http://sample/";
      case SettingType::kDuration:
        return "7m";
      case SettingType::kCount:
        return "7";
      case SettingType::kExitCodes:
        return "75,80";
      case SettingType::kSwitch:
        return "false";
      case SettingType::kChoice:
        return std::string(setting.choices.substr(setting.choices.rfind(' ') + 1));
      case SettingType::kRules:
        return "no-shebang";
      case SettingType::kRemote:
        return "git";
      default:
        return setting.name == "report" ? "sample.xml" : "sample";
    }
  };
  for (const Setting& setting : settings()) {
    INFO(setting.name);
    Config config;
    setting.assign(config, {.text = sample(setting), .list = {}, .is_list = false});
    for (const Setting& other : settings()) {
      const bool same = &other == &setting;
      REQUIRE(other.show(config) == (same ? sample(setting) : default_text(other)));
    }
  }
}

TEST_CASE("Settings: names, places and help are complete and unique", "[config][settings]") {
  std::set<std::string_view> names;
  std::set<std::string_view> places;
  for (const Setting& setting : settings()) {
    INFO(setting.name);
    REQUIRE(names.insert(setting.name).second);
    REQUIRE(places.insert(setting.place).second);
    REQUIRE_FALSE(setting.help.empty());
    REQUIRE_FALSE(setting.help.ends_with('.'));
    REQUIRE_FALSE(expected(setting.type).empty());
  }
  REQUIRE(names.size() == 44);
}

TEST_CASE("Settings: the defaults are those of the documentation", "[config][settings]") {
  const std::vector<std::pair<std::string_view, std::string_view>> documented = {
      {"config", "backstep.yml"},  {"services_dir", "services"},   {"entrypoint_file", "entrypoint.sh"},
      {"backups_dir", "backups"},  {"health_interval", "5s"},      {"health_timeout", "30s"},
      {"health_retries", "3"},     {"health_start_period", "30s"}, {"health_min_healthy_time", "5s"},
      {"health_deadline", "5m"},   {"check_baseline", "true"},     {"lint", "true"},
      {"rollback", "true"},        {"rollback_target", "auto"},    {"keep_last", "10"},
      {"keep_good", "3"},          {"keep_within", "30d"},         {"keep_tags", ""},
      {"keep_failed", "10"},       {"generate_timeout", "10m"},    {"deploy_timeout", "30m"},
      {"rollback_timeout", "10m"}, {"stop_grace", "10s"},          {"lock_wait", "10m"},
      {"guard_timeout", "1h"}};
  for (const auto& [name, text] : documented) {
    INFO(name);
    REQUIRE(default_text(*find_setting(name)) == text);
  }
}

TEST_CASE("Settings: a setting has one name everywhere", "[config][settings]") {
  const Setting& setting = *find_setting("health_min_healthy_time");
  REQUIRE(flag_name(setting) == "--health-min-healthy-time");
  REQUIRE(upper_name(setting) == "HEALTH_MIN_HEALTHY_TIME");
}
