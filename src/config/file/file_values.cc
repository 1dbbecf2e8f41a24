// SPDX-License-Identifier: Apache-2.0
#include "config/file/file_values.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "config/setting_types.h"

namespace backstep {
namespace {

using Kind = YamlNode::Kind;
using Member = YamlNode::Member;

constexpr const char* kServices = "services";
constexpr const char* kEachService = "each_service";
constexpr const char* kCheck = "health_check";
constexpr const char* kOnFailure = "on_failure";

// "health_check.retries" -> "health_check"; "" for a setting that stands alone.
std::string_view group_of(const Setting& setting) {
  const size_t dot = setting.place.find('.');
  return dot == std::string_view::npos ? std::string_view() : setting.place.substr(0, dot);
}

template <typename Holds>
std::vector<std::string> keys_where(Holds holds) {
  std::vector<std::string> keys;
  for (const Setting& setting : settings_in_file()) {
    if (holds(setting)) keys.emplace_back(key_in_group(setting));
  }
  return keys;
}

bool is_of_url(const Setting& setting) { return setting.type == SettingType::kUrl || setting.name == setting.place; }

std::string what_it_is(const YamlNode& node) {
  return node.kind == Kind::kMap ? "a map" : node.kind == Kind::kList ? "a list" : "an empty item";
}

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  FileValues read(const YamlNode& root) {
    for (const Member& member : root.map) {
      if (member.key != kServices && member.key != kEachService) read_setting(member);
    }
    const Member* each = root.find(kEachService);
    if (each != nullptr) read_entry(given_.checks.each, kEachService, *each);
    const bool is_idle = given_.checks.each.health.empty() && !switched_off_;
    if (const Member* services = root.find(kServices)) read_services(*services);
    // It may give no more than what the entries of `services` leave out.
    const bool says_something = each != nullptr && each->value.kind != Kind::kNull;
    if (says_something && is_idle && given_.checks.own.empty()) refuse_idle(*each, kEachService);
    return std::move(given_);
  }

 private:
  void read_setting(const Member& member) {
    const Setting* setting = find_setting(member.key);
    const bool is_single = setting != nullptr && member.value.kind != Kind::kMap;
    const bool is_group = std::ranges::find(settings(), member.key, group_of) != settings().end();
    if (is_group && !is_single) return read_group(member);
    if (setting == nullptr || member.key.find('.') != std::string::npos) refuse_unknown(member);
    if (setting->name == "config") {
      refuse(member, "'config' says which file to read and cannot stand in it");
    }
    keep(*setting, member, member.key);
  }

  void read_group(const Member& group) {
    require_map(group, group.key, "with its settings");
    for (const Member& member : group.value.map) {
      const std::string place = group.key + "." + member.key;
      const auto found = std::ranges::find(settings_in_file(), place, &Setting::place);
      if (found == settings_in_file().end()) {
        const auto is_of_it = [&](const Setting& each) { return group_of(each) == group.key; };
        refuse_unknown(member, group.key, keys_where(is_of_it));
      }
      keep(*found, member, place);
    }
  }

  void keep(const Setting& setting, const Member& member, const std::string& name) {
    const auto [first, is_first] = seen_.try_emplace(&setting, name, member);
    if (!is_first) {
      const auto& [earlier, place] = first->second;
      refuse(member, "{} is the same setting as {} at line {}, column {}: keep one of them", in_quotes(name),
             in_quotes(earlier), place.line, place.column);
    }
    RawValue value = raw_value(setting.name, setting.type, member.value);
    if (is_unset(value)) return;
    const std::string origin = place_in_file(file_, member.value);
    given_.settings.push_back({&setting, std::move(value), origin, {std::string(file_), member.value.line}});
  }

  void read_services(const Member& services) {
    require_map(services, kServices, "of services and their checks");
    for (const Member& member : services.value.map) {
      const std::string place = fmt::format("{}.{}", kServices, printable(member.key));
      ServiceCheck check = given_.checks.each;
      switched_off_ = false;
      read_entry(check, place, member);
      if (check.health.empty() && !switched_off_) {
        refuse_idle(member, place, fmt::format(", or give {} one", kEachService));
      }
      given_.checks.own[member.key] = std::move(check);
    }
  }

  void read_entry(ServiceCheck& check, const std::string& place, const Member& entry) {
    require_map(entry, place, "of health_check and on_failure");
    for (const Member& member : entry.value.map) {
      const std::string at = place + "." + printable(member.key);
      if (member.key == kCheck) {
        read_check(check.health, at, member);
      } else if (member.key == kOnFailure) {
        read_on_failure(check, at, member);
      } else {
        refuse_unknown(member, place, {kCheck, kOnFailure});
      }
    }
    if (check.health.ask.url.empty() && check.health.ask != ProbeRequest()) {
      refuse(entry, "{} says how a URL is asked, and has none", place);
    }
    if (check.health.min_healthy_time < check.health.deadline) return;
    refuse(entry,
           "{}: min_healthy_time '{}' leaves no time before deadline '{}': the "
           "check could never pass",
           place, format_duration(check.health.min_healthy_time), format_duration(check.health.deadline));
  }

  void read_check(HealthCheck& health, const std::string& place, const Member& check) {
    if (check.value.kind != Kind::kMap) {
      return assign(health, *find_setting_of_check("test"), place, check.value);
    }
    const bool is_command = check.value.find("test") != nullptr;
    for (const Member& member : check.value.map) {
      const Setting* setting = find_setting_of_check(member.key);
      if (setting == nullptr) refuse_unknown(member, place, keys_where(is_of_any_check));
      if (is_command && is_of_url(*setting)) {
        refuse(member, "{}: test and {} are both set: set one of them", place, member.key);
      }
      assign(health, *setting, place + "." + member.key, member.value);
    }
  }

  void assign(HealthCheck& health, const Setting& setting, const std::string& place, const YamlNode& node) {
    take(place, setting.type, node, [&](const RawValue& value) {
      const std::string shown = assign_to_check(health, setting, value);
      if (setting.type == SettingType::kUrl) {
        health.test = {};
      } else if (setting.type == SettingType::kCommand) {
        health.ask = {};
        switched_off_ = health.test.empty();
      }
      return shown.empty() ? "NONE" : shown;
    });
  }

  void read_on_failure(ServiceCheck& check, const std::string& place, const Member& member) {
    take(place, SettingType::kChoice, member.value, [&](const RawValue& value) {
      check.on_failure = OnFailureValue::read(value);
      return OnFailureValue::show(check.on_failure);
    });
  }

  // `assign` takes the value over and says how it is shown.
  template <typename Assign>
  void take(const std::string& place, SettingType type, const YamlNode& node, Assign assign) {
    const RawValue value = raw_value(place, type, node);
    if (is_unset(value)) return;
    const std::string origin = place_in_file(file_, node);
    try {
      given_.shown_checks.push_back({place, assign(value), origin});
    } catch (const Error& error) {
      throw error.within(origin + ": " + place, ExitCode::kUsage, {std::string(file_), node.line});
    }
  }

  // What stands there for a setting that is called `name`.
  RawValue raw_value(std::string_view name, SettingType type, const YamlNode& node) const {
    if (node.kind == Kind::kNull) return {};
    if (node.kind == Kind::kScalar) return {.text = node.scalar};
    if (node.kind == Kind::kMap && type == SettingType::kRemote) return as_json(node);
    if (node.kind == Kind::kMap) {
      refuse(node, "{}: {} is expected, not a map", name, expected(type));
    }
    RawValue value = raw_list({});
    for (const YamlNode& item : node.list) {
      if (item.kind != Kind::kScalar) {
        refuse(item, "{}: a text is expected in the list, not {}", name, what_it_is(item));
      }
      value.list.push_back(item.scalar);
    }
    return value;
  }

  RawValue as_json(const YamlNode& node) const {
    Json json = Json::Object{};
    for (const Member& member : node.map) {
      const RawValue value = raw_value(member.key, SettingType::kCommand, member.value);
      json.set(member.key, value.is_list ? json_texts(value.list) : Json(value.text));
    }
    return node.map.empty() ? RawValue() : RawValue{.text = json.dump()};
  }

  template <typename... Args>
  [[noreturn]] void refuse(const YamlPlace& place, fmt::format_string<Args...> why, Args&&... args) const {
    refuse_yaml(file_, place, fmt::format(why, std::forward<Args>(args)...));
  }

  void require_map(const Member& member, std::string_view place, std::string_view of_what) const {
    if (member.value.kind == Kind::kMap || member.value.kind == Kind::kNull) return;
    refuse(member.value, "{}: a map is expected, {}", place, of_what);
  }

  [[noreturn]] void refuse_idle(const Member& entry, std::string_view place, std::string_view or_else = {}) const {
    refuse(entry, "{} has no check: give its {} a test or a url{}", place, kCheck, or_else);
  }

  [[noreturn]] void refuse_unknown(const Member& member) const {
    std::vector<std::string> names = {kServices, kEachService};
    for (const Setting& setting : settings()) {
      names.emplace_back(setting.name);
      names.emplace_back(group_of(setting));
    }
    refuse(member, "unknown key {}{}", in_quotes(member.key), suggestion(member.key, names));
  }

  // In a map of these keys a setting's whole name may stand for its key.
  [[noreturn]] void refuse_unknown(const Member& member, const std::string& place,
                                   const std::vector<std::string>& keys) const {
    const Setting* named = find_setting(member.key);
    const std::string key(named == nullptr ? member.key : key_in_group(*named));
    const bool is_key = std::ranges::find(keys, key) != keys.end();
    refuse(member, "unknown key {} in {}{}; allowed: {}", in_quotes(member.key), in_quotes(place),
           suggestion(is_key ? key : member.key, keys), joined(keys, ", "));
  }

  std::string_view file_;
  // By which name and where each setting was given.
  std::map<const Setting*, std::pair<std::string, YamlPlace>> seen_;
  bool switched_off_ = false;  // by the entry that was read last: ["NONE"]
  FileValues given_;
};

}  // namespace

FileValues values_in_file(std::string_view file, const YamlNode& root) { return Reader(file).read(root); }

}  // namespace backstep
