// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/tracked/tracked_files.h"
#include "base/error.h"
#include "base/text.h"
#include "config/settings.h"
#include "deploy/run/outcome.h"

namespace backstep {
namespace {

constexpr size_t kNamed = 8;  // services in a comment; more are counted

constexpr const char* kTop =
    "# How this tree is deployed, and how a failed deploy is rolled back. Every key is optional;\n"
    "# `backstep config` shows all there are. Take the `#` away where it stands before a key.\n";

// The services of checks or of mounts, each once.
template <typename Facts>
std::string services_of(const Facts& facts) {
  std::vector<std::string> services;
  for (const auto& fact : facts) services.push_back(printable(fact.service));
  services.erase(std::unique(services.begin(), services.end()), services.end());
  return listed(services, kNamed);
}

std::string services_part(const TreeSurvey& survey) {
  if (!survey.has_services()) {
    return "# No services are here: sub-directories of services/ with an entrypoint.sh.\n"
           "#services_dir: services\n"
           "#entrypoint_file: entrypoint.sh\n";
  }
  std::string text;
  if (!survey.services.empty()) {
    text = fmt::format("# {}: {}\n", counted(survey.services.size(), "service"),
                       listed(survey.services, kNamed));
  }
  if (!survey.yet_to_come.empty()) {
    text += "# Without entrypoint.sh so far: " + listed(survey.yet_to_come, kNamed) + "\n";
  }
  return text + "services_dir: services\nentrypoint_file: entrypoint.sh\n";
}

std::string files_part(const std::vector<std::string>& files) {
  return fmt::format(
      "# What else to back up and restore: paths, or globs such as \"nginx/*.conf\".\n"
      "{}files: [{}]\n"
      "# Where backups are kept; may be absolute: a place that checkouts do not clean.\n"
      "backups_dir: backups\n",
      files.empty() ? "#" : "", files.empty() ? "nginx.conf" : joined(files, ", "));
}

std::string deploy_part(const TreeSurvey& survey) {
  std::string text = "# The command that puts them live.\n";
  if (survey.compose.files.empty()) return text + "#deploy: ./deploy.sh\n";
  if (!survey.compose.unread.empty()) {
    text +=
        "# Compose's file could not be read here. Where a container mounts a script as a\n"
        "# single file, add --force-recreate: else it keeps the file that it began with.\n";
  }
  if (!survey.mounted.empty()) {
    text +=
        "# --force-recreate, because a script is mounted as a single file: a container keeps\n"
        "# the file that lay there when it was made, and a new script is a new file under the\n"
        "# old name, which Compose does not notice. So it is with: " +
        services_of(survey.mounted) + "\n";
  }
  return text + fmt::format("deploy: docker compose up -d --build{} --remove-orphans\n",
                            survey.mounted.empty() ? "" : " --force-recreate");
}

// One URL is asked by ourselves; several take a command.
std::string found_check(const std::vector<ComposeCheck>& checks) {
  std::string text =
      "# It asks what Compose's own check asks, at the published port: " + services_of(checks) +
      "\nhealth_check:\n";
  if (checks.size() == 1) {
    return text + fmt::format("  http: '{}'\n", replaced(checks.front().url, "'", "''"));
  }
  text += "  test: >-\n";
  for (const ComposeCheck& check : checks) {
    const bool is_last = &check == &checks.back();
    text += "    " + Command{"", {"backstep", "probe", check.url}}.as_text();
    text += is_last ? "\n" : " &&\n";
  }
  return text;
}

std::string check_part(const std::vector<ComposeCheck>& checks) {
  std::string text =
      "# Asked after the deploy. Without it nothing is ever known good, and only a deploy\n"
      "# that fails by itself is rolled back.\n";
  text += !checks.empty() ? found_check(checks)
                          : "# How to ask is not to be seen from outside.\n"
                            "#health_check:\n"
                            "#  test: curl -fsS http://localhost:8080/health\n";
  std::map<std::string, std::string> timing;
  if (checks.size() == 1) timing = checks.front().timing;
  for (const std::string key : {"interval", "timeout", "retries", "start_period"}) {
    const Setting& setting = *find_setting("health_" + key);
    const bool is_said = timing.contains(key);
    const std::string line = key + ": " + (is_said ? timing[key] : default_text(setting));
    text += fmt::format("{}  {:<20} # {}\n", is_said ? "" : "#", line, setting.help);
  }
  return text;
}

}  // namespace

TreeSurvey survey_tree(const Workspace& workspace) {
  TreeSurvey survey;
  survey.compose = read_compose(workspace.directory);
  Config config;
  config.files = survey.compose.files;
  const Patterns patterns = patterns_of(workspace, config);
  for (const ComposeMount& mount : survey.compose.mounts) {
    if (!patterns.service_of(mount.path).empty()) survey.mounted.push_back(mount);
  }
  try {
    const StorePlace store = store_place(workspace, config);
    const TrackedFiles found =
        find_tracked_files(workspace.directory, patterns, store, Oddities::kReport);
    for (const std::string& path : found.present_paths()) {
      survey.services.push_back(patterns.service_of(path));
    }
    for (const std::string& path : found.absent) {
      survey.yet_to_come.push_back(patterns.service_of(path));
    }
    std::erase(survey.services, "");  // another file
    std::erase(survey.yet_to_come, "");
    survey.warnings = find_tracked_files(workspace.directory, patterns, store).warnings;
  } catch (const Error& error) {
    survey.warnings = {"a backup would be refused as it is: " + error.message()};
  }
  return survey;
}

std::string starter_file(const TreeSurvey& survey) {
  const std::vector<std::string> parts = {
      kTop,
      services_part(survey),
      files_part(survey.compose.files),
      "# The command that generates the files; text runs through `sh -ec`, or see `shell`.\n"
      "#generate: ./generate_entrypoints.sh\n",
      deploy_part(survey),
      check_part(survey.compose.checks),
      "# Puts the restored files live; default: the deploy command.\n"
      "#rollback: {command: ./deploy.sh}\n",
      "# What stays: a backup that any of these keeps.\n"
      "retention: {keep_last: 10, keep_good: 3, keep_within: 30d}\n"};
  return joined(parts, "\n");
}

}  // namespace backstep
