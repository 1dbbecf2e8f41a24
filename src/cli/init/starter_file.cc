// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "config/settings.h"

namespace backstep {
namespace {

constexpr size_t kNamed = 8;  // services in a comment; more are counted

std::string quoted(const std::string& text) {
  return "'" + replaced(text, "'", "''") + "'";
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
  if (!survey.has_services()) {
    writer.comment("No services are here: sub-directories of services/ with an entrypoint.sh.");
    writer.suggestion("services_dir: services");
    writer.suggestion("entrypoint_file: entrypoint.sh");
    return;
  }
  if (!survey.services.empty()) {
    writer.comment(counted(survey.services.size(), "service") + ": " + named(survey.services));
  }
  if (!survey.yet_to_come.empty()) {
    writer.comment("Without entrypoint.sh so far: " + named(survey.yet_to_come));
  }
  writer.setting("services_dir: " + default_of("services_dir"));
  writer.setting("entrypoint_file: " + default_of("entrypoint_file"));
}

void write_files(const ComposeFacts& compose, StarterText& writer) {
  writer.group();
  writer.comment("What else to back up and restore: paths, or globs such as \"nginx/*.conf\".");
  if (compose.files.empty()) {
    writer.suggestion("files: [nginx.conf]");
  } else {
    writer.setting("files: [" + joined(compose.files, ", ") + "]");
  }
  writer.comment("Where backups are kept; may be absolute: a place that checkouts do not clean.");
  writer.setting("backups_dir: " + default_of("backups_dir"));
}

void write_recreation(const TreeSurvey& survey, StarterText& writer) {
  if (!survey.compose.unread.empty()) {
    writer.comment("Compose's file could not be read here. Where a container mounts a script as a");
    writer.comment("single file, add --force-recreate: else it keeps the file that it began with.");
  }
  if (survey.mounted.empty()) return;
  std::vector<std::string> services;
  for (const ComposeMount& mount : survey.mounted) services.push_back(printable(mount.service));
  services.erase(std::unique(services.begin(), services.end()), services.end());
  writer.comment(
      "--force-recreate, because a script is mounted as a single file: a container keeps");
  writer.comment(
      "the file that lay there when it was made, and a new script is a new file under the");
  writer.comment("old name, which Compose does not notice. So it is with: " + named(services));
}

void write_commands(const TreeSurvey& survey, StarterText& writer) {
  writer.group();
  writer.comment("The command that generates the files; text runs through `sh -ec`.");
  writer.suggestion("generate: ./generate_entrypoints.sh");
  writer.group();
  writer.comment("The command that puts them live.");
  if (survey.compose.files.empty()) return writer.suggestion("deploy: ./deploy.sh");
  write_recreation(survey, writer);
  writer.setting(fmt::format("deploy: docker compose up -d --build{} --remove-orphans",
                             survey.mounted.empty() ? "" : " --force-recreate"));
}

// One URL is asked by ourselves; several take a command.
void write_found_check(const std::vector<ComposeCheck>& checks, StarterText& writer) {
  std::vector<std::string> services;
  services.reserve(checks.size());
  for (const ComposeCheck& check : checks) services.push_back(printable(check.service));
  writer.comment("It asks what Compose's own check asks, at the published port: " +
                 named(services));
  writer.setting("health_check:");
  if (checks.size() == 1) return writer.setting("  http: " + quoted(checks.front().url));
  writer.setting("  test: >-");
  for (const ComposeCheck& check : checks) {
    const std::string probe = Command{"", {"backstep", "probe", check.url}}.as_text();
    writer.setting("    " + probe + (&check == &checks.back() ? "" : " &&"));
  }
}

void write_check(const std::vector<ComposeCheck>& checks, StarterText& writer) {
  writer.group();
  writer.comment(
      "Asked after the deploy. Without it nothing is ever known good, and only a deploy");
  writer.comment("that fails by itself is rolled back.");
  if (checks.empty()) {
    writer.comment("How to ask is not to be seen from outside.");
    writer.suggestion("health_check:");
    writer.suggestion("  test: curl -fsS http://localhost:8080/health");
  } else {
    write_found_check(checks, writer);
  }
  std::map<std::string, std::string> timing;
  if (checks.size() == 1) timing = checks.front().timing;
  for (const std::string key : {"interval", "timeout", "retries", "start_period"}) {
    const Setting& setting = *find_setting("health_" + key);
    const bool is_said = timing.contains(key);
    const std::string line = key + ": " + (is_said ? timing[key] : default_text(setting));
    const std::string whole = fmt::format("  {:<20} # {}", line, setting.help);
    is_said ? writer.setting(whole) : writer.suggestion(whole);
  }
}

void write_rest(StarterText& writer) {
  writer.group();
  writer.comment("Puts the restored files live; default: the deploy command.");
  writer.suggestion("rollback: {command: ./deploy.sh}");
  writer.group();
  writer.comment("What stays: a backup that any of these keeps.");
  writer.setting(fmt::format("retention: {{keep_last: {}, keep_good: {}, keep_within: {}}}",
                             default_of("keep_last"), default_of("keep_good"),
                             default_of("keep_within")));
}

}  // namespace

std::string starter_file(const TreeSurvey& survey) {
  StarterText writer;
  writer.comment(
      "How this tree is deployed, and how a failed deploy is rolled back. Every key is optional;");
  writer.comment(
      "`backstep config` shows all there are. Take the `#` away where it stands before a key.");
  write_services(survey, writer);
  write_files(survey.compose, writer);
  write_commands(survey, writer);
  write_check(survey.compose.checks, writer);
  write_rest(writer);
  return writer.take();
}

}  // namespace backstep
