// SPDX-License-Identifier: Apache-2.0
#include "journal/journal.h"

#include "base/error.h"
#include "base/text.h"
#include "config/setting_types.h"
#include "config/settings.h"

namespace backstep {
namespace {

constexpr std::string_view kServiceChecks = "service_checks";
constexpr std::string_view kOnFailure = "on_failure";

Json json_of(const RawValue& value) {
  if (value.is_list) return json_texts(value.list);
  return value.text;
}

RawValue raw_from(const Json& json) {
  if (const std::string* text = json.string()) return {.text = *text};
  if (json.array() == nullptr) refuse_damaged("it is neither a text nor a list of texts");
  std::vector<std::string> items;
  for (const Json& item : *json.array()) {
    if (item.string() == nullptr) refuse_damaged("an item of its list is no text");
    items.push_back(*item.string());
  }
  return raw_list(std::move(items));
}

// What `take` throws names no setting, and blames who typed it.
template <typename Take>
void take_members(const Json& json, const char* what, Take take) {
  if (json.object() == nullptr) refuse_damaged(what + std::string(" no object"));
  for (const auto& [name, value] : *json.object()) {
    try {
      take(name, value);
    } catch (const Error& error) {
      throw error.within(in_quotes(name), ExitCode::kDamaged);
    }
  }
}

const Setting& known(const Setting* setting) {
  if (setting == nullptr) refuse_damaged("no setting of this version");
  return *setting;
}

void write(const Setting& setting, std::string_view key, const Config& config, Json& json) {
  const RawValue value = setting.raw(config);
  if (!is_unset(value)) json.set(key, json_of(value));
}

// Rows of a check by their keys in the file: "retries".
Json json_of(const ServiceCheck& check) {
  Config config;
  config.health = check.health;
  Json json(Json::Object{{std::string(kOnFailure), OnFailureValue::show(check.on_failure)}});
  for (const Setting& setting : settings_in_file()) {
    if (is_of_any_check(setting)) write(setting, key_in_group(setting), config, json);
  }
  return json;
}

Json json_of(const ServiceChecks& checks) {
  Json::Object own;
  for (const auto& [service, check] : checks.own) own.emplace_back(service, json_of(check));
  return Json::Object{{"each", json_of(checks.each)}, {"own", std::move(own)}};
}

ServiceCheck service_check_from(const Json& json) {
  ServiceCheck check;
  take_members(json, "a check of services is", [&](const std::string& key, const Json& value) {
    if (key == kOnFailure) {
      check.on_failure = OnFailureValue::read(raw_from(value));
    } else {
      assign_to_check(check.health, known(find_setting_of_check(key)), raw_from(value));
    }
  });
  return check;
}

ServiceChecks service_checks_from(const Json& json) {
  ServiceChecks checks;
  const Json* each = json.find("each");
  const Json* own = json.find("own");
  if (each == nullptr) refuse_damaged("'each' is missing");
  if (own == nullptr) refuse_damaged("'own' is missing");
  checks.each = service_check_from(*each);
  take_members(*own, "'own' is",
               [&](const std::string& service, const Json& check) { checks.own[service] = service_check_from(check); });
  return checks;
}

}  // namespace

Json encode_settings(const Config& config) {
  Json json(Json::Object{});
  for (const Setting& setting : settings_in_file()) write(setting, setting.name, config, json);
  if (!config.service_checks.empty()) json.set(kServiceChecks, json_of(config.service_checks));
  return json;
}

Config decode_settings(const Json& json) {
  Config config;
  take_members(json, "the settings are", [&](const std::string& name, const Json& value) {
    if (name == kServiceChecks) {
      config.service_checks = service_checks_from(value);
    } else {
      known(find_setting(name)).assign(config, raw_from(value));
    }
  });
  return config;
}

}  // namespace backstep
