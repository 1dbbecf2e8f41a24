// SPDX-License-Identifier: Apache-2.0
#include "config/file/load.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "config/file/file_values.h"
#include "config/file/service_values.h"
#include "config/settings.h"

namespace backstep {
namespace {

constexpr size_t kLongestName = 255;
constexpr std::string_view kOwnPrefix = kVariablePrefixes.front();

// What a run hands to later jobs is around a backstep there, and no misspelt setting.
constexpr std::array<std::string_view, 5> kHandedOn = {"ROLLED_BACK", "JOB_STATUS", "BEGUN",
                                                       "BEGUN_IN", "BEGUN_SETTINGS"};

// Only what is near a setting's name is a mistake: a run hands variables of this prefix to its
// commands too, and a backstep among them must not stumble over those.
void refuse_misspelt_variables(const Environment& environment) {
  std::vector<std::string> names;
  for (const Setting& setting : settings()) names.push_back(upper_name(setting));
  for (const auto& [variable, value] : environment.all()) {
    if (!variable.starts_with(kOwnPrefix) || value.empty()) continue;
    const std::string name = variable.substr(kOwnPrefix.size());
    if (std::ranges::find(names, name) != names.end()) continue;
    if (std::ranges::find(kHandedOn, name) != kHandedOn.end()) continue;
    const std::string meant = suggestion(name, names, kOwnPrefix);
    if (!meant.empty()) refuse_usage("unknown variable " + in_quotes(variable) + meant);
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

// The last one of this setting, before anything is assigned; null: none.
const GivenValue* strongest(const std::vector<GivenValue>& given, std::string_view name) {
  const GivenValue* result = nullptr;
  for (const GivenValue& candidate : given) {
    if (candidate.setting->name == name) result = &candidate;
  }
  return result;
}

std::string text_given(const std::vector<GivenValue>& given, std::string_view name) {
  const GivenValue* value = strongest(given, name);
  return value == nullptr ? "" : std::string(trimmed(value->value.text));
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

std::optional<std::string> read_file(const Directory& directory, const SettingsFile& file,
                                     const GivenValue* named) {
  try {
    std::optional<std::string> bytes = bytes_of(directory, file.name);
    if (!bytes && named != nullptr) refuse_usage(in_quotes(file.shown) + " does not exist");
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

using Origins = std::map<std::string_view, std::string>;  // by the setting's name

std::string origin_of(const Origins& origins, std::string_view name) {
  const auto origin = origins.find(name);
  return origin == origins.end() ? "default" : origin->second;
}

// "services_dir 'x' (backstep.yml:1:15)", so that both places of a contradiction are found.
std::string placed(const Origins& origins, std::string_view name, const std::string& value) {
  return fmt::format("{} {} ({})", name, in_quotes(value), origin_of(origins, name));
}

// Which of two checks was meant is not for us to guess.
void refuse_two_checks(const Config& config, const Origins& origins) {
  if (config.health.test.empty() || config.health.http.empty()) return;
  refuse_usage(fmt::format("health_check ({}) and health_http ({}) are both set: set one of them",
                           origin_of(origins, "health_check"), origin_of(origins, "health_http")));
}

void refuse_endless_check(const HealthCheck& health, const Origins& origins) {
  if (health.min_healthy_time < health.deadline) return;
  refuse_usage(fmt::format(
      "{} leaves no time before {}: the check could never pass",
      placed(origins, "health_min_healthy_time", format_duration(health.min_healthy_time)),
      placed(origins, "health_deadline", format_duration(health.deadline))));
}

void refuse_report_over_others(const Config& config, std::string_view name,
                               const std::string& report, const Origins& origins) {
  std::vector<std::string> taken = config.services_dir;
  taken.insert(taken.end(), {config.backups_dir, ".git"});
  for (const std::string& place : taken) {
    if (report.empty() || !contains(place, report)) continue;
    refuse_usage(
        fmt::format("the report {} would lie in {}: it is written without asking, so give it a "
                    "place of its own",
                    placed(origins, name, report), in_quotes(place)));
  }
}

void refuse_services_in_store(const Config& config, const Origins& origins) {
  for (const std::string& directory : config.services_dir) {
    if (!contains(config.backups_dir, directory)) continue;
    refuse_usage(fmt::format("{} lies in {}, where nothing is ever backed up",
                             placed(origins, "services_dir", directory),
                             placed(origins, "backups_dir", config.backups_dir)));
  }
}

// What somebody names and leaves out in one breath would be missed on the worst day.
void refuse_excluded_files(const Config& config, const Origins& origins) {
  Patterns only_exclude;
  only_exclude.exclude = config.exclude;
  for (const std::string& path : config.files) {
    if (has_wildcard(path) || !only_exclude.is_excluded(path)) continue;
    refuse_usage(fmt::format("{} is excluded ({}): take it out of one of them",
                             placed(origins, "files", path), origin_of(origins, "exclude")));
  }
}

// Each value is right by itself and together they cannot work.
void check_together(const Config& config, const Origins& origins) {
  refuse_two_checks(config, origins);
  refuse_endless_check(config.health, origins);
  refuse_report_over_others(config, "dotenv_report", config.dotenv_report, origins);
  refuse_report_over_others(config, "junit_report", config.junit_report, origins);
  refuse_services_in_store(config, origins);
  refuse_excluded_files(config, origins);
}

std::vector<ShownSetting> shown_settings(const Config& config, const Origins& origins) {
  std::vector<ShownSetting> shown;
  for (const Setting& setting : settings()) {
    shown.push_back(
        {std::string(setting.name), setting.show(config), origin_of(origins, setting.name)});
  }
  return shown;
}

// The environment that a settings file is for by its name: production.yml, backstep.production.yml.
std::string environment_by_name(const std::string& file) {
  std::string name(parts_of(file).name);
  for (const std::string_view end : {".yml", ".yaml"}) {
    if (name.ends_with(end)) name.resize(name.size() - end.size());
  }
  if (name.starts_with('.')) name.erase(0, 1);
  if (name == "backstep") return "";
  return name.starts_with("backstep.") ? name.substr(std::string("backstep.").size()) : name;
}

std::string overlay_name(const std::string& environment) {
  return "backstep." + environment + ".yml";
}

// What the files say, the overlay last.
class FileSettings {
 public:
  FileSettings(const Directory& directory, LoadedConfig& loaded)
      : directory_(directory), loaded_(loaded) {}

  void read(const SettingsFile& file, const GivenValue* named) {
    const std::optional<std::string> bytes = read_file(directory_, file, named);
    if (!bytes) return;
    const YamlNode root = parse_yaml(file.shown, *bytes);
    const std::vector<GivenValue> values = values_in_file(file.shown, root);
    GivenChecks checks = service_checks_in_file(file.shown, root);
    if (values.empty() && checks.shown.empty()) {
      loaded_.warnings.push_back(printable(file.shown) + " is empty: the defaults hold");
    }
    given.insert(given.end(), values.begin(), values.end());
    if (!checks.shown.empty()) services = std::move(checks);
  }

  // Beside a file that is called backstep: one that is named otherwise is of one environment.
  void read_overlay(const SettingsFile& file, const std::string& environment) {
    const std::string name = overlay_name(environment);
    if (environment.empty() || name == file.name || !is_storable_file_name(name)) return;
    if (!environment_by_name(file.name).empty()) return;
    const std::string start = file.shown.substr(0, file.shown.rfind('/') + 1);
    read({name, start + name}, nullptr);
  }

  std::vector<GivenValue> given;
  GivenChecks services;

 private:
  static bool is_storable_file_name(const std::string& name) {
    return name.find('/') == std::string::npos && printable(name) == name &&
           name.size() <= kLongestName;
  }

  const Directory& directory_;
  LoadedConfig& loaded_;
};

// A settings file that is named would be part of the version which it rules.
void leave_out_never_tracked(LoadedConfig& loaded) {
  std::erase_if(loaded.config.files, [&](const std::string& path) {
    if (has_wildcard(path) || !is_never_tracked(path)) return false;
    const bool in_git = ("/" + path + "/").find("/.git/") != std::string::npos;
    if (in_git || ("/" + path + "/").find("/.backstep/") != std::string::npos) return false;
    loaded.warnings.push_back(
        fmt::format("{} (from 'files') is left out: settings and definitions of pipelines are "
                    "never backed up, for a rollback must not change the rules it runs by",
                    printable(path)));
    return true;
  });
}

SettingsPlace place_of_settings(const std::string& current_directory,
                                const Environment& environment, const GivenValue* named,
                                const std::string& file, const std::vector<std::string>& usual) {
  try {
    return find_settings(current_directory, environment, named == nullptr ? "" : file, usual);
  } catch (const SystemError& error) {
    if (named == nullptr) throw;
    if (error.error_number() != ENOENT && error.error_number() != ENOTDIR) {
      throw error.within(named->context, ExitCode::kUsage);
    }
    refuse_usage(named->context + ": " + in_quotes(file) + " does not exist");
  }
}

}  // namespace

std::string named_config_file(const Environment& environment) {
  const std::vector<GivenValue> outside = given_outside({}, environment);
  const GivenValue* named = strongest(outside, "config");
  if (named == nullptr) return "";
  Config config;
  assign(config, *named);
  return config.config_file;
}

Settings load_settings(const std::string& current_directory,
                       const std::map<std::string, std::string>& flags,
                       const Environment& environment) {
  const std::vector<GivenValue> outside = given_outside(flags, environment);
  Config config;
  const GivenValue* named = strongest(outside, "config");
  if (named != nullptr) assign(config, *named);
  std::vector<std::string> usual = {config.config_file};
  if (const std::string said = text_given(outside, "environment"); !said.empty()) {
    usual.push_back(overlay_name(said));
  }
  SettingsPlace place =
      place_of_settings(current_directory, environment, named, config.config_file, usual);
  const SettingsFile file{place.file == usual.back() ? usual.front() : place.file, place.shown};
  LoadedConfig loaded = load_config(place.workspace.directory, file, flags, environment);
  return {std::move(place.workspace), std::move(loaded)};
}

LoadedConfig load_config(const Directory& directory, const SettingsFile& file,
                         const std::map<std::string, std::string>& flags,
                         const Environment& environment) {
  refuse_misspelt_variables(environment);
  const std::vector<GivenValue> outside = given_outside(flags, environment);
  LoadedConfig loaded;
  FileSettings in_files(directory, loaded);
  in_files.read(file, strongest(outside, "config"));
  std::string said = text_given(outside, "environment");
  if (said.empty()) said = text_given(in_files.given, "environment");
  in_files.read_overlay(file, said);

  std::vector<GivenValue> given = std::move(in_files.given);
  given.insert(given.end(), outside.begin(), outside.end());
  Origins origins;
  for (const GivenValue& value : given) {
    assign(loaded.config, value);
    origins[value.setting->name] = value.origin;
  }
  loaded.config.config_file = file.name;
  if (const std::string by_name = environment_by_name(file.name);
      loaded.config.environment.empty() && !by_name.empty()) {
    loaded.config.environment = by_name;
    origins["environment"] = "the name of " + file.shown;
  }
  leave_out_never_tracked(loaded);
  loaded.config.service_checks = std::move(in_files.services.checks);
  check_together(loaded.config, origins);
  loaded.shown = shown_settings(loaded.config, origins);
  loaded.shown_services = std::move(in_files.services.shown);
  return loaded;
}

}  // namespace backstep
