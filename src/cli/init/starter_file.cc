// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "config/settings.h"

namespace backstep {
namespace {

constexpr size_t kNamed = 8;  // services in a comment; more are counted

// What YAML would not take for a plain text gets quotes.
std::string yaml_text(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";
  constexpr std::array kWords = {"null", "true", "false", "yes", "no", "on", "off"};
  const bool is_word = std::find(kWords.begin(), kWords.end(), lower_case(text)) != kWords.end();
  const bool starts_plain = !text.empty() && std::string_view("-./0123456789").find(text.front()) ==
                                                 std::string_view::npos;
  if (starts_plain && !is_word && text.find_first_not_of(kPlain) == std::string::npos) return text;
  return "'" + replaced(text, "'", "''") + "'";
}

std::string yaml_list(const std::vector<std::string>& texts) {
  std::vector<std::string> items;
  items.reserve(texts.size());
  for (const std::string& text : texts) items.push_back(yaml_text(text));
  return "[" + joined(items, ", ") + "]";
}

std::string named(const std::vector<std::string>& names) {
  if (names.size() <= kNamed) return joined(names, ", ");
  const std::vector<std::string> first(names.begin(), names.begin() + kNamed);
  return fmt::format("{} and {} more", joined(first, ", "), names.size() - kNamed);
}

std::string default_of(std::string_view setting) {
  return default_text(*find_setting(setting));
}

// Setting lines and the comments above them; one blank line between the groups.
class StarterText {
 public:
  void group() { text_ += '\n'; }
  void comment(const std::string& text) { text_ += "# " + text + "\n"; }
  void setting(const std::string& line) { text_ += line + "\n"; }
  void suggestion(const std::string& line) { text_ += "#" + line + "\n"; }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void write_services(const TreeSurvey& survey, StarterText& writer) {
  writer.group();
  if (survey.services_dir.empty()) {
    writer.comment(
        survey.loose_services.empty()
            ? "No directory here has services in it: sub-directories with an entrypoint.sh."
            : fmt::format("{} hold an entrypoint.sh, but in no directory of their own: "
                          "move them into one.",
                          named(survey.loose_services)));
    writer.suggestion("services_dir: services");
    writer.suggestion("entrypoint_file: entrypoint.sh");
    return;
  }
  if (!survey.services.empty()) {
    writer.comment(counted(survey.services.size(), "service") + ": " + named(survey.services));
  }
  if (!survey.yet_to_come.empty()) {
    writer.comment(
        fmt::format("Without {} so far: {}", survey.entrypoint_file, named(survey.yet_to_come)));
  }
  writer.setting("services_dir: " + yaml_text(survey.services_dir));
  writer.setting("entrypoint_file: " + yaml_text(survey.entrypoint_file));
}

void write_files(const TreeSurvey& survey, StarterText& writer) {
  writer.group();
  writer.comment("What else to back up and restore: paths, or globs such as \"nginx/*.conf\".");
  if (survey.compose.empty()) {
    writer.suggestion("files: [nginx.conf]");
  } else {
    writer.setting("files: " + yaml_list(survey.compose));
  }
  writer.comment("Where backups are kept; may be absolute: a place that checkouts do not clean.");
  writer.setting("backups_dir: " + default_of("backups_dir"));
}

// One that is surely meant is taken. Of several nobody knows which, and all are commented out.
const SuggestedCommand* certain(const std::vector<SuggestedCommand>& commands) {
  return commands.size() == 1 && commands.front().sure ? &commands.front() : nullptr;
}

void write_command(const std::string& key, const std::vector<SuggestedCommand>& commands,
                   const std::string& example, StarterText& writer) {
  if (const SuggestedCommand* command = certain(commands)) {
    return writer.setting(key + ": " + command->command);
  }
  if (commands.empty()) {
    writer.comment("Nothing here looks like it.");
    return writer.suggestion(key + ": " + example);
  }
  writer.comment(commands.size() == 1 ? "Found, and perhaps for something else:"
                                      : "Found; which of them it is nobody can tell from outside:");
  writer.suggestion(key + ": " + commands.front().command);
  for (size_t i = 1; i < commands.size(); ++i) writer.comment("or: " + commands[i].command);
}

void write_commands(const TreeSurvey& survey, StarterText& writer) {
  writer.group();
  writer.comment("The command that generates the files; text runs through `sh -ec`.");
  write_command("generate", survey.generate, "./generate_entrypoints.sh", writer);
  writer.group();
  writer.comment("The command that puts them live.");
  write_command("deploy", survey.deploy, "./deploy.sh", writer);
}

void write_check(const TreeSurvey& survey, StarterText& writer) {
  writer.group();
  writer.comment(
      "Asked after the deploy: exit code 0 is healthy. Without it nothing is ever known good, and");
  writer.comment(
      "only a deploy that fails by itself is rolled back. How to ask is not to be seen from "
      "outside.");
  writer.suggestion("health_check:");
  const std::string test = survey.check.empty() ? "curl -fsS http://localhost:8080/health"
                                                : survey.check.front().command;
  writer.suggestion("  test: " + test);
  for (const std::string key : {"interval", "timeout", "retries", "start_period"}) {
    const Setting& setting = *find_setting("health_" + key);
    writer.suggestion(
        fmt::format("  {:<20} # {}", key + ": " + default_text(setting), setting.help));
  }
}

void write_rollback(const TreeSurvey& survey, StarterText& writer) {
  const SuggestedCommand* deploy = certain(survey.deploy);
  const bool by_compose =
      deploy != nullptr && !survey.compose.empty() && deploy->command.starts_with("docker compose");
  writer.group();
  writer.comment("Puts the restored files live; default: the deploy command.");
  if (by_compose) {
    writer.setting("rollback: {command: docker compose up -d --build}");
  } else {
    const std::string example = survey.deploy.empty() ? "./deploy.sh" : survey.deploy[0].command;
    writer.suggestion(fmt::format("rollback: {{command: {}}}", example));
  }
  writer.group();
  writer.comment("What stays: a backup that any of these keeps.");
  writer.setting(fmt::format("retention: {{keep_last: {}, keep_good: {}, keep_within: {}}}",
                             default_of("keep_last"), default_of("keep_good"),
                             default_of("keep_within")));
  writer.comment("The longest that each command may take.");
  writer.setting(fmt::format("timeouts: {{generate: {}, deploy: {}, rollback: {}}}",
                             default_of("generate_timeout"), default_of("deploy_timeout"),
                             default_of("rollback_timeout")));
}

}  // namespace

std::string starter_file(const TreeSurvey& survey) {
  StarterText writer;
  writer.comment(
      "How this tree is deployed, and how a failed deploy is rolled back. Every key is optional;");
  writer.comment(
      "`backstep config` shows all there are. Take the `#` away where it stands before a key.");
  write_services(survey, writer);
  write_files(survey, writer);
  write_commands(survey, writer);
  write_check(survey, writer);
  write_rollback(survey, writer);
  return writer.take();
}

}  // namespace backstep
