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

namespace backstep {
namespace {

constexpr size_t kLongestName = 255;
constexpr const char* kOtherEnding = ".yaml";
constexpr std::string_view kOwnPrefix = kVariablePrefixes.front();

// No misspelt settings: what a run hands to later jobs, and what no file may say.
constexpr std::array<std::string_view, 6> kHandedOn = {"ROLLED_BACK", "JOB_STATUS",     "BEGUN",
                                                       "BEGUN_IN",    "BEGUN_SETTINGS", "TRUST_OWNER"};

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
  RawValue value = {.text = text};
  if (is_unset(value)) return;
  given.push_back({&setting, std::move(value), origin});
}

// What variables and flags say, from the weakest to the strongest.
std::vector<GivenValue> given_outside(const std::map<std::string, std::string>& flags, const Environment& environment) {
  std::vector<GivenValue> given;
  // A later one replaces an earlier one.
  for (const std::string_view prefix : kVariablePrefixes) {
    for (const Setting& setting : settings()) {
      const std::string variable = std::string(prefix) + upper_name(setting);
      add_given(given, setting, environment.get(variable), variable);
    }
  }
  for (const auto& [name, text] : flags) {
    const Setting& setting = *find_setting(name);
    add_given(given, setting, text, "flag " + flag_name(setting));
  }
  return given;
}

// Settings as far as they are read, and where each of them came from.
struct Held {
  LoadedConfig loaded;
  std::map<std::string_view, std::string> origins;  // by the setting's name
  FileStatus read;                                  // the file that was read last

  void take(const std::vector<GivenValue>& given) {
    for (const GivenValue& each : given) {
      try {
        each.setting->assign(loaded.config, each.value);
      } catch (const Error& error) {
        const std::string name = each.place.file.empty() ? "" : fmt::format(": {}", each.setting->name);
        throw error.within(each.origin + name, ExitCode::kUsage, each.place);
      }
      origins[each.setting->name] = each.origin;
    }
  }

  std::string origin_of(std::string_view name) const {
    const auto origin = origins.find(name);
    return origin == origins.end() ? "default" : origin->second;
  }

  // "services_dir 'x' (backstep.yml:1:15)", so that both places of a contradiction are found.
  std::string store;  // where backups_dir is, as seen from the settings' directory
  std::string placed(std::string_view name, const std::string& value) const {
    return fmt::format("{} {} ({})", name, in_quotes(value), origin_of(name));
  }
};

// `${{ github.workspace }}/services` comes as an absolute path.
void make_relative(const Workspace& workspace, Held& held) {
  Config& config = held.loaded.config;
  const std::map<std::string_view, std::vector<std::string>*> all = {{"services_dir", &config.services_dir},
                                                                     {"files", &config.files},
                                                                     {"exclude", &config.exclude},
                                                                     {"report", &config.reports}};
  for (const auto& [name, paths] : all) {
    try {
      for (std::string& path : *paths) {
        if (path.starts_with('/')) path = workspace.resolve(path);
      }
    } catch (const Error& error) {
      throw error.within(held.origin_of(name), ExitCode::kUsage);
    }
  }
}

// Which file is read, as seen from the settings' directory or absolute.
struct SettingsFile {
  std::string name;
  std::string shown;     // how messages call it
  std::string named_by;  // "flag --config"; "" where nobody asked for it
};

std::optional<std::string> bytes_of(const Directory& place, const std::string& path, Held& held) {
  if (path.starts_with('/')) {
    const PathParts parts = parts_of(std::string_view(path).substr(1));
    const std::string parent = "/" + std::string(parts.parent);
    return bytes_of(Directory::open_root(parent, parent), std::string(parts.name), held);
  }
  const std::optional<FileStatus> status = place.status(path);
  if (status && status->type == FileType::kDirectory) {
    refuse_usage(in_quotes(place.shown(path)) + " is a directory where a file of settings is expected");
  }
  return place.read_small_file(path, kLargestYaml, &held.read);
}

std::optional<std::string> read_file(const Directory& place, const SettingsFile& file, Held& held) {
  const bool is_named = !file.named_by.empty();
  try {
    std::optional<std::string> bytes = bytes_of(place, file.name, held);
    if (!bytes && is_named) refuse_usage(in_quotes(file.shown) + " does not exist");
    return bytes;
  } catch (const Error& error) {
    throw error.within(is_named ? file.named_by : "cannot read the settings", ExitCode::kUsage, {file.shown});
  }
}

// Which of two checks was meant is not for us to guess.
void refuse_two_checks(const Held& held) {
  const HealthCheck& health = held.loaded.config.health;
  for (const Setting& setting : settings_of_url()) {
    if (!health.ask.url.empty() || health.ask == ProbeRequest() || !held.origins.contains(setting.name)) continue;
    refuse_usage(fmt::format("{}: {} says how a URL is asked, and health_url is not set", held.origin_of(setting.name),
                             setting.name));
  }
  if (health.test.empty() || health.ask.url.empty()) return;
  refuse_usage(fmt::format("health_check ({}) and health_url ({}) are both set: set one of them",
                           held.origin_of("health_check"), held.origin_of("health_url")));
}

void refuse_endless_check(const Held& held) {
  const HealthCheck& health = held.loaded.config.health;
  if (health.min_healthy_time < health.deadline) return;
  refuse_usage(fmt::format("{} leaves no time before {}: the check could never pass",
                           held.placed("health_min_healthy_time", format_duration(health.min_healthy_time)),
                           held.placed("health_deadline", format_duration(health.deadline))));
}

void refuse_report_over_others(const Held& held, const std::string& report) {
  const Config& config = held.loaded.config;
  std::vector<std::string> taken = config.services_dir;
  taken.insert(taken.end(), config.files.begin(), config.files.end());
  taken.insert(taken.end(), {config.backups_dir, held.store, config.config_file});
  const auto place = std::ranges::find_if(taken, [&](const auto& path) { return beneath(path, report).has_value(); });
  Patterns services;
  services.services_dirs = config.services_dir;
  services.entrypoint_file = config.entrypoint_file;
  // `site.git` is how a repository without a tree is called.
  const bool in_git = (report + "/").find(".git/") != std::string::npos;
  if (place == taken.end() && !in_git && !is_never_tracked(report) && services.service_of(report).empty()) {
    return;
  }
  refuse_usage(
      fmt::format("{} would lie in {}: it is written without asking, so give it a "
                  "place of its own",
                  held.placed("report", report),
                  place == taken.end() ? "what git, pipelines or services go by" : in_quotes(*place)));
}

void refuse_services_in_store(const Held& held) {
  const Config& config = held.loaded.config;
  for (const std::string& directory : config.services_dir) {
    if (!beneath(config.backups_dir, directory)) continue;
    refuse_usage(fmt::format("{} lies in {}, where nothing is ever backed up", held.placed("services_dir", directory),
                             held.placed("backups_dir", config.backups_dir)));
  }
}

// What somebody names and leaves out in one breath would be missed on the worst day.
void refuse_excluded_files(const Held& held) {
  const Config& config = held.loaded.config;
  Patterns only_exclude;
  only_exclude.exclude = config.exclude;
  for (const std::string& path : config.files) {
    if (has_wildcard(path) || !only_exclude.is_excluded(path)) continue;
    refuse_usage(fmt::format("{} is excluded ({}): take it out of one of them", held.placed("files", path),
                             held.origin_of("exclude")));
  }
}

// Each value is right by itself and together they cannot work.
void check_together(const Held& held) {
  const Config& config = held.loaded.config;
  refuse_two_checks(held);
  refuse_endless_check(held);
  for (const std::string& path : config.reports) refuse_report_over_others(held, path);
  refuse_services_in_store(held);
  refuse_excluded_files(held);
}

// The environment that a settings file is for by its name: production.yml, backstep.production.yml.
std::string environment_by_name(const std::string& file) {
  std::string name(parts_of(file).name);
  for (const std::string_view end : {".yml", ".yaml"}) {
    if (name.ends_with(end)) name.erase(name.size() - end.size());
  }
  if (name.starts_with('.')) name.erase(0, 1);
  if (name == "backstep") return "";
  return name.starts_with("backstep.") ? name.substr(std::string("backstep.").size()) : name;
}

std::string overlay_name(const std::string& environment) { return "backstep." + environment + ".yml"; }

// There is one ending, so that nobody has to know which of two files counts.
void refuse_other_ending(const Directory& place, const std::string& name) {
  const std::string other = replaced(name, ".yml", kOtherEnding);
  if (place.status(name) || !place.status(other)) return;
  refuse_usage(fmt::format("{} is not read: call it {}, or name it by --config", in_quotes(other), in_quotes(name)));
}

void read_settings(const Workspace& workspace, const Environment& outside, const SettingsFile& file, Held& held) {
  const std::optional<std::string> bytes = read_file(workspace.directory, file, held);
  if (!bytes) return;
  const std::string why = why_not_run(file.shown, held.read.author(), workspace, outside);
  if (!why.empty()) held.loaded.config.distrust = why;
  if ((held.read.mode & S_IWGRP) != 0) held.loaded.shared = "its group may write to " + file.shown;
  FileValues given = values_in_file(file.shown, parse_yaml(file.shown, *bytes));
  if (given.settings.empty() && given.shown_checks.empty()) {
    held.loaded.warnings.push_back(printable(file.shown) + " is empty: the defaults hold");
  }
  held.take(given.settings);
  if (given.shown_checks.empty()) return;
  held.loaded.config.service_checks = std::move(given.checks);
  held.loaded.shown_services = std::move(given.shown_checks);
}

// Beside a file that is called backstep: one that is named otherwise is of one environment.
void read_overlay(const Workspace& workspace, const Environment& outside, const SettingsFile& file,
                  const std::string& environment, Held& held) {
  const std::string name = overlay_name(environment);
  const bool is_file_name =
      name.find('/') == std::string::npos && printable(name) == name && name.size() <= kLongestName;
  if (environment.empty() || name == file.name || !is_file_name) return;
  if (!environment_by_name(file.name).empty()) return;
  refuse_other_ending(workspace.directory, name);
  const std::string start = file.shown.substr(0, file.shown.rfind('/') + 1);
  read_settings(workspace, outside, {name, start + name, ""}, held);
}

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

SettingsPlace place_of_settings(const std::string& current_directory, const Environment& environment, const Held& said,
                                const std::vector<std::string>& usual) {
  const bool is_named = said.origins.contains("config");
  const std::string& file = said.loaded.config.config_file;
  try {
    return find_settings(current_directory, environment, is_named ? file : "", usual);
  } catch (const SystemError& error) {
    if (!is_named) throw;
    if (error.error_number() != ENOENT && error.error_number() != ENOTDIR) {
      throw error.within(said.origin_of("config"), ExitCode::kUsage);
    }
    throw Error(ExitCode::kUsage, said.origin_of("config") + ": " + in_quotes(file) + " does not exist", {file});
  }
}

// What all sources gave together, judged as a whole. `typed`: what flags and variables gave of it.
LoadedConfig completed(Held held, const Held& typed, const SettingsFile& file) {
  LoadedConfig& loaded = held.loaded;
  loaded.config.config_file = file.name;
  if (loaded.config.environment.empty()) {
    loaded.config.environment = environment_by_name(file.name);
    if (!loaded.config.environment.empty()) {
      held.origins["environment"] = "the name of " + file.shown;
    }
  }
  leave_out_never_tracked(loaded);
  check_together(held);
  for (const Setting& setting : settings_in_file()) {
    loaded.shown.push_back({std::string(setting.name), setting.show(loaded.config), held.origin_of(setting.name)});
    // In the table what chooses settings, files and store stands first.
    const bool is_place = &setting <= find_setting("remote");
    if (!is_place || !typed.origins.contains(setting.name)) continue;
    auto& flags = loaded.config.place_flags;
    const bool is_file = setting.name == "config";
    flags.insert(flags.end(), {flag_name(setting), is_file ? file.shown : loaded.shown.back().value});
  }
  return std::move(loaded);
}

}  // namespace

std::string named_config_file(const Environment& environment) {
  std::vector<GivenValue> outside = given_outside({}, environment);
  std::erase_if(outside, [](const GivenValue& given) { return given.setting->name != "config"; });
  Held said;
  said.take(outside);
  return outside.empty() ? "" : said.loaded.config.config_file;
}

Settings load_settings(const std::string& current_directory, const std::map<std::string, std::string>& flags,
                       const Environment& environment) {
  refuse_misspelt_variables(environment);
  const std::vector<GivenValue> outside = given_outside(flags, environment);
  Held said;
  said.take(outside);
  const std::string own = Config().config_file;
  std::vector<std::string> usual = {said.loaded.config.config_file, replaced(own, ".yml", kOtherEnding)};
  std::string overlaid = said.loaded.config.environment;
  if (!overlaid.empty()) usual.push_back(overlay_name(overlaid));
  SettingsPlace place = place_of_settings(current_directory, environment, said, usual);
  const std::string named_by = said.origins.contains("config") ? said.origin_of("config") : "";
  const SettingsFile file{place.file == usual.back() ? usual.front() : place.file, place.shown, named_by};

  if (file.named_by.empty()) refuse_other_ending(place.workspace.directory, own);

  Held held;
  read_settings(place.workspace, environment, file, held);
  if (overlaid.empty()) overlaid = held.loaded.config.environment;
  read_overlay(place.workspace, environment, file, overlaid, held);
  held.take(outside);
  make_relative(place.workspace, held);
  held.store = store_place(place.workspace, held.loaded.config).path;
  return {std::move(place.workspace), completed(std::move(held), said, file)};
}

}  // namespace backstep
