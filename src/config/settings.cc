// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include <algorithm>

#include "base/text.h"
#include "config/lint_rules.h"
#include "config/setting_types.h"

namespace backstep {
namespace {

// Value reads and shows it; `members` lead from Config to where it lives.
template <typename Value, auto... members>
constexpr Setting row(std::string_view name, std::string_view place, std::string_view help) {
  return {name,
          place,
          Value::kType,
          help,
          [](Config& config, const RawValue& value) { (config.*....*members) = Value::read(value); },
          [](const Config& config) { return Value::show((config.*....*members)); },
          [](const Config& config) { return Value::raw((config.*....*members)); },
          Value::kChoices};
}

// Of one that stands alone in the file.
template <typename Value, auto... members>
constexpr Setting row(std::string_view name, std::string_view help) {
  return row<Value, members...>(name, name, help);
}

using C = Config;
using H = HealthCheck;
using L = LintSettings;
using P = ProbeRequest;
using B = RollbackPolicy;
using R = Retention;
using T = Timeouts;

constexpr std::array kSettings = {
    row<AnyPathValue, &C::config_file>("config", "the file that settings are read from; may be absolute"),
    row<TextValue, &C::environment>("environment", "what the files are live in: staging, production, a host"),
    row<TextValue, &C::project>("project", "whose backups these are, for a store outside the workspace"),
    row<PathsValue, &C::services_dir>("services_dir",
                                      "directories whose sub-directories are the services: paths or globs"),
    row<EntrypointValue, &C::entrypoint_file>("entrypoint_file", "the generated script in each service"),
    row<PathsValue, &C::files>("files", "more files to back up and restore: paths or globs"),
    row<PathsValue, &C::exclude>("exclude", "what to leave out of that: paths or globs"),
    row<AnyPathValue, &C::backups_dir>("backups_dir", "where backups are kept; may be absolute"),
    row<RemoteValue, &C::remote>("remote", "where the store is kept beside this machine: git, or a map"),
    row<ShellValue, &C::shell>("shell", "what runs the text of a command: sh, or bash with pipefail"),
    row<CommandValue, &C::generate>("generate", "command that generates the files"),
    row<CommandValue, &C::deploy>("deploy", "command that puts the files live"),
    row<CheckValue, &C::health, &H::test>("health_check", "health_check.test",
                                          "command that tells by its exit code whether it works"),
    row<UrlValue, &C::health, &H::ask, &P::url>("health_url", "health_check.url",
                                                "URL that is asked instead of a command: http, https or tcp"),
    row<PositiveDurationValue, &C::health, &H::interval>("health_interval", "health_check.interval",
                                                         "pause between two attempts of the check"),
    row<PositiveDurationValue, &C::health, &H::timeout>("health_timeout", "health_check.timeout",
                                                        "longest time that one attempt may take"),
    row<PositiveCountValue, &C::health, &H::retries>("health_retries", "health_check.retries",
                                                     "this many failures in a row are unhealthy"),
    row<DurationValue, &C::health, &H::start_period>("health_start_period", "health_check.start_period",
                                                     "failures in it do not count"),
    row<DurationValue, &C::health, &H::min_healthy_time>("health_min_healthy_time", "health_check.min_healthy_time",
                                                         "the check must keep passing for this long"),
    row<PositiveDurationValue, &C::health, &H::deadline>("health_deadline", "health_check.deadline",
                                                         "longest time for the check as a whole"),
    row<SwitchValue, &C::health, &H::baseline>("check_baseline", "health_check.baseline",
                                               "run the check once before anything changes"),
    row<CommandValue, &C::diagnose>("diagnose", "command that tells why a version failed, before a rollback"),
    row<SwitchValue, &C::lint, &L::enabled>("lint", "lint.enabled",
                                            "look at the scripts that changed before the deploy"),
    row<LintRulesValue, &C::lint, &L::off>("lint_off", "lint.off", "rules of lint that are switched off, by name"),
    row<SwitchValue, &C::rollback, &B::enabled>("rollback", "rollback.enabled",
                                                "roll back by itself when the deploy fails"),
    row<CommandValue, &C::rollback, &B::command>(
        "rollback_command", "rollback.command",
        "command that puts the restored files live; default: the deploy command"),
    row<TargetValue, &C::rollback, &B::target>("rollback_target", "rollback.target",
                                               "what to go back to: auto, previous or last-good"),
    row<ExitCodesValue, &C::rollback, &B::no_rollback_exit_codes>(
        "no_rollback_exit_codes", "rollback.not_on_exit_codes", "exit codes of the deploy that mean: do not roll back"),
    row<ScopeValue, &C::rollback, &B::scope>("rollback_scope", "rollback.scope",
                                             "all, or failed: only services whose own check failed go back"),
    row<CountValue, &C::retention, &R::keep_last>("keep_last", "retention.keep_last",
                                                  "keep this many of the newest backups, identical ones counted once"),
    row<CountValue, &C::retention, &R::keep_good>("keep_good", "retention.keep_good",
                                                  "keep this many of the newest known good sets"),
    row<DurationValue, &C::retention, &R::keep_within>("keep_within", "retention.keep_within",
                                                       "keep all backups that are younger than this"),
    row<TextsValue, &C::retention, &R::keep_tags>("keep_tags", "retention.keep_tags",
                                                  "keep all backups that have one of these tags, or * for any tag"),
    row<CountValue, &C::retention, &R::keep_failed>("keep_failed", "retention.keep_failed",
                                                    "keep the files of this many failed versions"),
    row<PositiveDurationValue, &C::timeouts, &T::generate>("generate_timeout", "timeouts.generate",
                                                           "longest time for the generator"),
    row<PositiveDurationValue, &C::timeouts, &T::deploy>("deploy_timeout", "timeouts.deploy",
                                                         "longest time for the deploy command"),
    row<PositiveDurationValue, &C::timeouts, &T::rollback>("rollback_timeout", "timeouts.rollback",
                                                           "longest time for the rollback command"),
    row<DurationValue, &C::timeouts, &T::stop_grace>("stop_grace", "timeouts.stop_grace",
                                                     "time between asking a command to stop and killing it"),
    row<DurationValue, &C::lock_wait>("lock_wait", "how long to wait for another run"),
    row<PositiveDurationValue, &C::guard_timeout>(
        "guard_timeout", "how long a begin holds the store without its finish, at most 31 days"),
    row<TextValue, &C::owner>("owner", "whose run this is; default: the pipeline's run, else the user id"),
    row<SwitchValue, &C::allow_workflow_commands>("allow_workflow_commands",
                                                  "let what your commands print steer GitHub and GitLab"),
    row<TextsValue, &C::secrets>("secrets", "variables whose values are hidden: names, or patterns like *_DSN"),
    row<ReportsValue, &C::reports>("report", "files that tell of the run: .html .json .xml (JUnit) .env"),
    // Of the file alone; those of settings_of_url() are the last ones.
    row<DurationValue, &C::health, &H::start_interval>("health_check.start_interval",
                                                       "pause between two attempts in start_period; 0: interval"),
    row<StatusValue, &C::health, &H::ask, &P::status>("health_check.status",
                                                      "statuses that are healthy: 204, 200-299; default: 200-399"),
    row<TextValue, &C::health, &H::ask, &P::body>("health_check.body", "a text that the answer's body must hold"),
    row<HeadersValue, &C::health, &H::ask, &P::headers>("health_check.headers", "what else is sent: 'Name: value'"),
    row<AnyPathValue, &C::health, &H::ask, &P::cacert>(
        "health_check.cacert", "file of the certificates that are trusted; default: the system's"),
    row<SwitchValue, &C::health, &H::ask, &P::insecure>("health_check.insecure", "take any certificate"),
};
constexpr size_t kOfUrl = 5;
constexpr size_t kOfFile = kOfUrl + 1;

}  // namespace

std::span<const Setting> settings() { return std::span(kSettings).first<kSettings.size() - kOfFile>(); }

std::span<const Setting> settings_in_file() { return kSettings; }

std::span<const Setting> settings_of_url() { return std::span(kSettings).last<kOfUrl>(); }

const Setting* find_setting(std::string_view name) {
  const auto* found = std::ranges::find(kSettings, name, &Setting::name);
  return found == kSettings.end() ? nullptr : found;
}

std::string_view key_in_group(const Setting& setting) { return setting.place.substr(setting.place.find('.') + 1); }

bool is_of_any_check(const Setting& setting) {
  return setting.place.starts_with("health_check.") && key_in_group(setting) != "baseline";
}

const Setting* find_setting_of_check(std::string_view key) {
  const auto* found = std::ranges::find_if(
      kSettings, [&](const Setting& setting) { return is_of_any_check(setting) && key_in_group(setting) == key; });
  return found == kSettings.end() ? nullptr : found;
}

std::string assign_to_check(HealthCheck& check, const Setting& setting, RawValue value) {
  const bool is_url = setting.type == SettingType::kUrl;
  const std::string url(trimmed(value.text));
  if (is_url) value.text = with_variable(url, "BACKSTEP_SERVICE", "service");
  Config config;
  config.health = check;
  setting.assign(config, value);
  check = config.health;
  if (is_url) check.ask.url = url;
  return is_url ? url : setting.show(config);
}

std::string default_text(const Setting& setting) { return setting.show(Config{}); }

std::string flag_name(const Setting& setting) {
  std::string result = "--" + std::string(setting.name);
  std::ranges::replace(result, '_', '-');
  return result;
}

std::string upper_name(const Setting& setting) { return upper_case(setting.name); }

bool is_unset(const RawValue& value) { return value.is_list ? value.list.empty() : trimmed(value.text).empty(); }

std::string_view expected(SettingType type) {
  // In the order of SettingType.
  constexpr std::array<std::string_view, 13> kExpected = {
      "a text",   "a path",          "a list of paths", "a list of texts",      "a text or a list",
      "a URL",    "a duration",      "a whole number",  "a list of exit codes", "true or false",
      "a choice", "a list of rules", "git or a map"};
  return kExpected.at(static_cast<size_t>(type));
}

std::vector<std::string> choices_of(const Setting& setting) {
  if (setting.type != SettingType::kRules) return words_in(setting.choices, " ");
  std::vector<std::string> rules;
  for (const LintRuleRow& row : kLintRules) rules.emplace_back(row.name);
  return rules;
}

}  // namespace backstep
