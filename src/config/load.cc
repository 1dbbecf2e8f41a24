// SPDX-License-Identifier: Apache-2.0
#include "config/load.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "config/file_values.h"
#include "config/settings.h"
#include "config/yaml_file.h"

namespace backstep {
namespace {

constexpr std::string_view kOwnPrefix = kVariablePrefixes.front();

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ExitCode::kUsage, why);
}

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
    refuse(fmt::format("unknown variable {} (did you mean '{}{}'?)", in_quotes(variable),
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
    refuse(in_quotes(directory.shown(path)) +
           " is a directory where a file of settings is expected");
  }
  return directory.read_small_file(path, kLargestYaml);
}

std::optional<std::string> read_file(const Directory& directory, const std::string& path,
                                     const GivenValue* named) {
  try {
    std::optional<std::string> bytes = bytes_of(directory, path);
    if (!bytes && named != nullptr) refuse(in_quotes(path) + " does not exist");
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

// Which of two checks was meant is not for us to guess.
void refuse_two_checks(const Config& config, const Origins& origins) {
  if (config.health.test.empty() || config.health.http.empty()) return;
  refuse(fmt::format("health_check ({}) and health_http ({}) are both set: set one of them",
                     origins.at(find_setting("health_check")),
                     origins.at(find_setting("health_http"))));
}

// Each value is right by itself and together they cannot work.
void check_together(const Config& config, const Origins& origins) {
  const HealthCheck& health = config.health;
  refuse_two_checks(config, origins);
  if (health.min_healthy_time > health.deadline) {
    refuse(
        fmt::format("health_min_healthy_time ({}) is longer than health_deadline ({}): the check "
                    "could never pass",
                    format_duration(health.min_healthy_time), format_duration(health.deadline)));
  }
  for (const std::string& report : {config.dotenv_report, config.junit_report}) {
    for (const std::string& taken :
         {config.backups_dir, config.services_dir, std::string(".git")}) {
      if (report.empty() || !contains(taken, report)) continue;
      refuse(
          fmt::format("the report {} would lie in {}: it is written without asking, so give it a "
                      "place of its own",
                      in_quotes(report), in_quotes(taken)));
    }
  }
  if (contains(config.backups_dir, config.services_dir)) {
    refuse(fmt::format("services_dir {} lies in backups_dir {}, where nothing is ever backed up",
                       in_quotes(config.services_dir), in_quotes(config.backups_dir)));
  }
}

std::vector<ShownSetting> shown_settings(const Config& config, const Origins& origins) {
  std::vector<ShownSetting> shown;
  for (const Setting& setting : settings()) {
    const auto origin = origins.find(&setting);
    shown.push_back({std::string(setting.name), setting.show(config),
                     origin == origins.end() ? "default" : origin->second});
  }
  return shown;
}

}  // namespace

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
  if (const std::optional<std::string> bytes = read_file(directory, file, named)) {
    given = values_in_file(file, *bytes);
    if (given.empty()) loaded.warnings.push_back(printable(file) + " is empty: the defaults hold");
  }
  given.insert(given.end(), outside.begin(), outside.end());

  Origins origins;
  for (const GivenValue& value : given) {
    assign(loaded.config, value);
    origins[value.setting] = value.origin;
  }
  check_together(loaded.config, origins);
  loaded.shown = shown_settings(loaded.config, origins);
  return loaded;
}

}  // namespace backstep
