// SPDX-License-Identifier: Apache-2.0
#include "config/load.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "config/file_values.h"
#include "config/service_values.h"
#include "config/settings.h"
#include "config/yaml_file.h"

namespace backstep {
namespace {

constexpr std::string_view kOwnPrefix = kVariablePrefixes.front();

// What a run hands to later jobs is around a backstep there, and no misspelt setting.
constexpr std::array<std::string_view, 2> kHandedOn = {"ROLLED_BACK", "JOB_STATUS"};

// Only what is near a setting's name is a mistake: a run hands variables of this prefix to its
// commands too, and a backstep among them must not stumble over those.
void refuse_misspelt_variables(const Environment& environment) {
  std::vector<std::string> names;
  for (const Setting& setting : settings()) names.push_back(upper_name(setting));
  for (const auto& [variable, value] : environment.all()) {
    if (!variable.starts_with(kOwnPrefix) || value.empty()) continue;
    const std::string name = variable.substr(kOwnPrefix.size());
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    if (std::find(kHandedOn.begin(), kHandedOn.end(), name) != kHandedOn.end()) continue;
    const std::string meant = closest_match(name, names);
    if (meant.empty()) continue;
    refuse_usage(fmt::format("unknown variable {} (did you mean '{}{}'?)", in_quotes(variable),
                             kOwnPrefix, meant));
  }
}

void add_given(std::vector<GivenValue>& given, const Setting& setting, const std::string& text,
               const std::string& origin) {
  RawValue value = {.text = text, .list = {}, .is_list = false};
  if (is_unset(value)) return;
  given.push_back({&setting, std::move(value), origin, origin});
}

// What variables and flags say, from the weakest to the strongest.
std::vector<GivenValue> given_outside(const std::map<std::string, std::string>& flags,
                                      const Environment& environment) {
  std::vector<GivenValue> given;
  // A later one replaces an earlier one.
  for (const std::string_view prefix : kVariablePrefixes) {
    for (const Setting& setting : settings()) {
      const std::string variable = std::string(prefix) + upper_name(setting);
      add_given(given, setting, environment.get(variable), variable);
    }
  }
  for (const auto& [name, text] : flags) {
    const Setting* setting = find_setting(name);
    if (setting == nullptr) throw Error(ExitCode::kInternal, "no setting " + in_quotes(name));
    add_given(given, *setting, text, "flag " + flag_name(*setting));
  }
  return given;
}

void assign(Config& config, const GivenValue& given) {
  try {
    given.setting->assign(config, given.value);
  } catch (const Error& error) {
    throw error.within(given.context, ExitCode::kUsage);
  }
}

void adopt(Config& config, GivenChecks& services) {
  config.service_checks.each = std::move(services.each);
  config.service_checks.own = std::move(services.own);
}

// The place that names the file, when one does.
const GivenValue* strongest_config(const std::vector<GivenValue>& given) {
  const GivenValue* result = nullptr;
  for (const GivenValue& candidate : given) {
    if (candidate.setting->name == "config") result = &candidate;
  }
  return result;
}

std::optional<std::string> bytes_of(const Directory& directory, const std::string& path) {
  if (path.starts_with('/')) {
    const PathParts parts = parts_of(std::string_view(path).substr(1));
    const std::string parent = "/" + std::string(parts.parent);
    return bytes_of(Directory::open_root(parent, parent), std::string(parts.name));
  }
  const std::optional<FileStatus> status = directory.status(path);
  if (status && status->type == FileType::kDirectory) {
    refuse_usage(in_quotes(directory.shown(path)) +
                 " is a directory where a file of settings is expected");
  }
  return directory.read_small_file(path, kLargestYaml);
}

std::optional<std::string> read_file(const Directory& directory, const std::string& path,
                                     const GivenValue* named) {
  try {
    std::optional<std::string> bytes = bytes_of(directory, path);
    if (!bytes && named != nullptr) refuse_usage(in_quotes(path) + " does not exist");
    return bytes;
  } catch (const Error& error) {
    throw error.within(named == nullptr ? "cannot read the settings" : named->context,
                       ExitCode::kUsage);
  }
}

// A path in front of another, or the same.
bool contains(const std::string& outer, const std::string& inner) {
  return inner == outer || inner.starts_with(outer + "/");
}

using Origins = std::map<const Setting*, std::string>;

std::string origin_of(const Origins& origins, const Setting* setting) {
  const auto origin = origins.find(setting);
  return origin == origins.end() ? "default" : origin->second;
}

// "services_dir 'x' (backstep.yml:1:15)", so that both places of a contradiction are found.
std::string placed(const Origins& origins, std::string_view name, const std::string& value) {
  return fmt::format("{} {} ({})", name, in_quotes(value), origin_of(origins, find_setting(name)));
}

// Which of two checks was meant is not for us to guess.
void refuse_two_checks(const Config& config, const Origins& origins) {
  if (config.health.test.empty() || config.health.http.empty()) return;
  refuse_usage(fmt::format("health_check ({}) and health_http ({}) are both set: set one of them",
                           origin_of(origins, find_setting("health_check")),
                           origin_of(origins, find_setting("health_http"))));
}

void refuse_endless_check(const HealthCheck& health, const Origins& origins) {
  if (health.min_healthy_time <= health.deadline) return;
  refuse_usage(fmt::format(
      "{} is longer than {}: the check could never pass",
      placed(origins, "health_min_healthy_time", format_duration(health.min_healthy_time)),
      placed(origins, "health_deadline", format_duration(health.deadline))));
}

void refuse_report_over_others(const Config& config, std::string_view name,
                               const std::string& report, const Origins& origins) {
  for (const std::string& taken : {config.backups_dir, config.services_dir, std::string(".git")}) {
    if (report.empty() || !contains(taken, report)) continue;
    refuse_usage(
        fmt::format("the report {} would lie in {}: it is written without asking, so give it a "
                    "place of its own",
                    placed(origins, name, report), in_quotes(taken)));
  }
}

// Each value is right by itself and together they cannot work.
void check_together(const Config& config, const Origins& origins) {
  refuse_two_checks(config, origins);
  refuse_endless_check(config.health, origins);
  refuse_report_over_others(config, "dotenv_report", config.dotenv_report, origins);
  refuse_report_over_others(config, "junit_report", config.junit_report, origins);
  if (contains(config.backups_dir, config.services_dir)) {
    refuse_usage(fmt::format("{} lies in {}, where nothing is ever backed up",
                             placed(origins, "services_dir", config.services_dir),
                             placed(origins, "backups_dir", config.backups_dir)));
  }
}

std::vector<ShownSetting> shown_settings(const Config& config, const Origins& origins) {
  std::vector<ShownSetting> shown;
  for (const Setting& setting : settings()) {
    shown.push_back(
        {std::string(setting.name), setting.show(config), origin_of(origins, &setting)});
  }
  return shown;
}

}  // namespace

std::string config_file_name(const Environment& environment) {
  const std::vector<GivenValue> outside = given_outside({}, environment);
  Config config;
  if (const GivenValue* named = strongest_config(outside)) assign(config, *named);
  return config.config_file;
}

LoadedConfig load_config(const Directory& directory,
                         const std::map<std::string, std::string>& flags,
                         const Environment& environment) {
  refuse_misspelt_variables(environment);
  const std::vector<GivenValue> outside = given_outside(flags, environment);
  LoadedConfig loaded;
  const GivenValue* named = strongest_config(outside);
  if (named != nullptr) assign(loaded.config, *named);

  const std::string file = loaded.config.config_file;
  std::vector<GivenValue> given;
  GivenChecks services;
  if (const std::optional<std::string> bytes = read_file(directory, file, named)) {
    const YamlNode root = parse_yaml(file, *bytes);
    given = values_in_file(file, root);
    services = service_checks_in_file(file, root);
    if (given.empty() && services.shown.empty())
      loaded.warnings.push_back(printable(file) + " is empty: the defaults hold");
  }
  given.insert(given.end(), outside.begin(), outside.end());

  Origins origins;
  for (const GivenValue& value : given) {
    assign(loaded.config, value);
    origins[value.setting] = value.origin;
  }
  adopt(loaded.config, services);
  check_together(loaded.config, origins);
  loaded.shown = shown_settings(loaded.config, origins);
  loaded.shown_services = std::move(services.shown);
  return loaded;
}

}  // namespace backstep
