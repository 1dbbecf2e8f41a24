// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/verbs.h"
#include "config/lint_rules.h"
#include "config/settings.h"
#include "report/outcome/outcome_report.h"
#include "system/output.h"

namespace backstep {
namespace {

std::string usage_line(const Verb& verb) {
  std::string line = fmt::format("backstep {}", verb.name);
  if (!verb.words.empty()) line += fmt::format(" {}", verb.words);
  line += " [flags]";
  if (verb.takes_settings) line += " [settings]";
  return line;
}

std::string settings_text() {
  std::string text =
      "Every setting is a flag, an environment variable (INPUT_, PLUGIN_ or BACKSTEP_\n"
      "and the upper-case name) and a key of backstep.yml, in this order of precedence.\n\n";
  for (const Setting& setting : settings()) {
    const std::string value = default_text(setting);
    text += fmt::format("  {:<26} {}{}\n", flag_name(setting), setting.help,
                        value.empty() ? "" : fmt::format(" [{}]", value));
  }
  text += "\nOf the file alone, how a URL is asked:\n";
  for (const Setting& setting : settings_of_url()) {
    text += fmt::format("  {:<26} {}\n", setting.name, setting.help);
  }
  return text + "\nDurations: 500ms 30s 1m30s 2h 30d; a bare number is seconds.\n";
}

// All that is known of them, for who makes a page, a manual or a schema of it.
Json settings_json() {
  const auto one = [](const Setting& setting) {
    const bool only_in_file = setting.name.find('.') != std::string_view::npos;
    const std::span prefixes(kVariablePrefixes);
    const auto variable = [&](auto prefix) { return std::string(prefix) + upper_name(setting); };
    return Json::Object{{"name", setting.name},
                        {"flag", only_in_file ? "" : flag_name(setting)},
                        {"variables", json_array(prefixes.first(only_in_file ? 0 : prefixes.size()), variable)},
                        {"key", setting.name == "config" ? "" : setting.place},
                        {"of_any_check", is_of_any_check(setting)},
                        {"type", expected(setting.type)},
                        {"default", default_text(setting)},
                        {"choices", json_texts(choices_of(setting))},
                        {"help", setting.help}};
  };
  return json_answer("settings", {{"settings", json_array(settings_in_file(), one)}});
}

std::string outputs_text() {
  std::string text =
      "What a run tells later steps: as outputs on GitHub, and in the dotenv report as\n"
      "BACKSTEP_ and the upper-case name.\n\n";
  for (const ReportValue& row : report_values()) {
    text += fmt::format("  {:<18}{}\n", row.name, row.help);
  }
  return text;
}

std::string rules_text() {
  std::string text =
      "What lint looks for. An error stops a run before its deploy, a warning is shown;\n"
      "lint_off switches a rule off by its name.\n\n";
  for (const LintRuleRow& row : kLintRules) {
    text += fmt::format("  {:<22}{:<9}{}\n", row.name, severity_of(row.stops), row.wrong);
    text += fmt::format("  {:<22}{:<9}prevents {}\n", "", "", row.prevents);
  }
  return text;
}

std::string text_about(const std::string& word) {
  if (word == "settings") return settings_text();
  if (word == "outputs") return outputs_text();
  if (word == "rules") return rules_text();
  const Verb* verb = find_verb(word);
  if (verb != nullptr) return help_text(*verb);
  refuse_usage("there is no verb " + in_quotes(word) + "; 'backstep help' lists them");
}

}  // namespace

std::string overview_text() {
  std::string text = "backstep: a pipeline step that can step back; usage: backstep VERB [flags]\n\n";
  for (const Verb& verb : verbs()) {
    if (!verb.begins_part.empty()) text += fmt::format("{}:\n", verb.begins_part);
    text += fmt::format("  {:<11}{}\n", verb.name, verb.summary);
  }
  return text +
         "\n'backstep help VERB' shows one verb, 'backstep help settings' every setting,\n"
         "'backstep help outputs' what later steps of a pipeline are told, and\n"
         "'backstep help rules' what lint looks for.\n";
}

std::string help_text(const Verb& verb) {
  std::string text = fmt::format("{}: {}\n\nusage: {}\n\nflags:\n", verb.name, verb.summary, usage_line(verb));
  for (const VerbOption& option : verb.options) {
    const std::string flag = fmt::format("--{} {}", option.name, option.value_name);
    text += fmt::format("  {:<18}{}\n", flag, option.help);
  }
  text += fmt::format("  --color WHEN      {}\n", kColor.help);
  if (verb.takes_settings) {
    text += "\nsettings:\n  --health-retries 5 and so on: 'backstep help settings' lists them\n";
  }
  return text + fmt::format("\nexample:\n  {}\n", verb.example);
}

int cmd_help(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  const std::string about = words.empty() ? "" : words.front();
  if (invocation.flags.has("json") && about != "settings") {
    refuse_usage("of help only 'backstep help settings' answers in JSON");
  }
  print_answer(invocation, settings_json(), about.empty() ? overview_text() : text_about(about));
  return 0;
}

int cmd_version(const Invocation& invocation) {
  print_answer(invocation, json_answer("version", {{"release", BACKSTEP_VERSION}}), "backstep " BACKSTEP_VERSION "\n");
  return 0;
}

}  // namespace backstep
