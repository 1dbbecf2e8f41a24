// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "config/file/file_values.h"
#include "config/setting_types.h"

namespace backstep {
namespace {

using Kind = YamlNode::Kind;
using Member = YamlNode::Member;

constexpr std::string_view kCheck = "health_check";
constexpr std::string_view kOnFailure = "on_failure";

std::vector<std::string> keys_of_check() {
  std::vector<std::string> keys;
  for (const Setting& setting : settings()) {
    if (is_of_any_check(setting)) keys.emplace_back(key_in_group(setting));
  }
  return keys;
}

class SectionReader {
 public:
  explicit SectionReader(std::string_view file) : file_(file) {}

  GivenChecks read(const YamlNode& root) {
    if (const Member* each = root.find(kEachSection)) {
      read_entry(given_.checks.each, kEachSection, *each);
    }
    if (const Member* services = root.find(kServicesSection)) read_services(*services);
    if (const Member* each = root.find(kEachSection)) refuse_if_idle(*each);
    return std::move(given_);
  }

 private:
  void require_map(const Member& member, std::string_view place, std::string_view of_what) const {
    if (member.value.kind == Kind::kMap || member.value.kind == Kind::kNull) return;
    refuse_yaml(file_, member.value, fmt::format("{}: a map is expected, of {}", place, of_what));
  }

  void read_services(const Member& services) {
    require_map(services, services.key, "services and their checks");
    for (const Member& member : services.value.map) {
      const std::string place = services.key + "." + printable(member.key);
      ServiceCheck check = given_.checks.each;
      switched_off_ = false;
      read_entry(check, place, member);
      if (check.health.empty() && !switched_off_) {
        refuse_yaml(file_, member,
                    fmt::format("{} has no check: give its {} a test or a URL (http), or give "
                                "{} one",
                                place, kCheck, kEachSection));
      }
      given_.checks.own[member.key] = std::move(check);
    }
  }

  // It may give no more than what the entries of `services` leave out.
  void refuse_if_idle(const Member& each) const {
    if (each.value.kind == Kind::kNull || !given_.checks.each.health.empty() ||
        !given_.checks.own.empty() || switched_off_) {
      return;
    }
    refuse_yaml(
        file_, each,
        fmt::format("{} has no check: give its {} a test or a URL (http)", kEachSection, kCheck));
  }

  void read_entry(ServiceCheck& check, const std::string& place, const Member& entry) {
    require_map(entry, place, "health_check and on_failure");
    for (const Member& member : entry.value.map) {
      const std::string at = place + "." + printable(member.key);
      if (member.key == kCheck) {
        read_check(check.health, at, member);
      } else if (member.key == kOnFailure) {
        read_on_failure(check, at, member);
      } else {
        refuse_unknown(member, place, {std::string(kCheck), std::string(kOnFailure)});
      }
    }
    if (check.health.min_healthy_time < check.health.deadline) return;
    refuse_yaml(file_, entry,
                fmt::format("{}: min_healthy_time '{}' leaves no time before deadline '{}': the "
                            "check could never pass",
                            place, format_duration(check.health.min_healthy_time),
                            format_duration(check.health.deadline)));
  }

  [[noreturn]] void refuse_unknown(const Member& member, const std::string& place,
                                   const std::vector<std::string>& known) const {
    refuse_yaml(file_, member,
                fmt::format("unknown key {} in {}{}; allowed: {}", in_quotes(member.key),
                            in_quotes(place), suggestion(member.key, known), joined(known, ", ")));
  }

  void read_check(HealthCheck& health, const std::string& place, const Member& check) {
    if (check.value.kind != Kind::kMap) {
      return assign(health, *find_setting_of_check("test"), place, check.value);
    }
    if (const Member* http = check.value.find("http")) {
      if (check.value.find("test") != nullptr) {
        refuse_yaml(file_, *http, place + ": test and http are both set: set one of them");
      }
    }
    for (const Member& member : check.value.map) {
      const Setting* setting = find_setting_of_check(member.key);
      if (setting == nullptr) refuse_unknown(member, place, keys_of_check());
      assign(health, *setting, place + "." + member.key, member.value);
    }
  }

  // `keep` takes the value over and says how it is shown.
  template <typename Keep>
  void take(const std::string& place, SettingType type, const YamlNode& node, Keep keep) {
    const RawValue value = raw_value(file_, place, type, node);
    if (is_unset(value)) return;
    const std::string origin = place_in_file(file_, node);
    try {
      given_.shown.push_back({place, keep(value), origin});
    } catch (const Error& error) {
      throw error.within(origin + ": " + place, ExitCode::kUsage);
    }
  }

  void assign(HealthCheck& health, const Setting& setting, const std::string& place,
              const YamlNode& node) {
    take(place, setting.type, node, [&](const RawValue& value) {
      const std::string shown = assign_to_check(health, setting, value);
      if (setting.type == SettingType::kUrl) {
        health.test = {};
      } else if (setting.type == SettingType::kCommand) {
        health.http.clear();
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

  std::string_view file_;
  bool switched_off_ = false;  // by the entry that is being read: ["NONE"]
  GivenChecks given_;
};

}  // namespace

bool is_service_section(std::string_view key) {
  return key == kServicesSection || key == kEachSection;
}

GivenChecks service_checks_in_file(std::string_view file, const YamlNode& root) {
  return SectionReader(file).read(root);
}

}  // namespace backstep
