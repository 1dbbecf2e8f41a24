// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>

#include "backup/tracked/tracked_files.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/texts.h"
#include "config/settings.h"
#include "deploy/run/outcome.h"

namespace backstep {
namespace {

constexpr size_t kNamed = 8;  // services in a comment; more are counted

// What a tree has to say, by the names that starter.yml.in gives it.
using Facts = std::map<std::string, std::string>;

// The line with its facts, which stand in `<>`; nullopt where one of them is not so in this tree.
std::optional<std::string> filled_in(std::string line, const Facts& facts) {
  for (size_t at = line.find('<'); at != std::string::npos; at = line.find('<', at)) {
    const size_t end = line.find('>', at);
    const auto fact = facts.find(line.substr(at + 1, end - at - 1));
    if (fact == facts.end()) return std::nullopt;
    line.replace(at, end + 1 - at, fact->second);
    at += fact->second.size();
  }
  return line;
}

// The services of checks or of mounts, each once.
template <typename Each>
std::string services_of(const std::vector<Each>& each) {
  std::vector<std::string> services;
  for (const Each& one : each) services.push_back(printable(one.service));
  services.erase(std::unique(services.begin(), services.end()), services.end());
  return listed(services, kNamed);
}

void tell_services(const TreeSurvey& survey, Facts& facts) {
  const size_t count = survey.services.size();
  const bool any = survey.has_services();
  facts["# without services"] = any ? "" : "#";
  if (!any) facts["no services"] = "";
  if (count > 0)
    facts["services"] = counted(count, "service") + ": " + listed(survey.services, kNamed);
  if (!survey.yet_to_come.empty()) facts["yet to come"] = listed(survey.yet_to_come, kNamed);
}

void tell_deploy(const TreeSurvey& survey, Facts& facts) {
  if (survey.compose.files.empty()) {
    facts["no files"] = "";
    return;
  }
  facts["compose"] = "";
  facts["files"] = joined(survey.compose.files, ", ");
  facts[" --force-recreate"] = survey.mounted.empty() ? "" : " --force-recreate";
  if (!survey.compose.unread.empty()) facts["unread"] = "";
  if (survey.mounted.empty()) return;
  facts["mounted"] = "";
  facts["mounting"] = services_of(survey.mounted);
}

std::string timing_lines(std::map<std::string, std::string> said) {
  std::vector<std::string> lines;
  for (const std::string key : {"interval", "timeout", "retries", "start_period"}) {
    const Setting& setting = *find_setting("health_" + key);
    const bool is_said = said.contains(key);
    const std::string line = key + ": " + (is_said ? said[key] : default_text(setting));
    lines.push_back(fmt::format("{}  {:<20} # {}", is_said ? "" : "#", line, setting.help));
  }
  return joined(lines, "\n");
}

// One URL is asked by ourselves; several take a command.
void tell_checks(const std::vector<ComposeCheck>& checks, Facts& facts) {
  const bool is_one = checks.size() == 1;
  facts["timing"] = timing_lines(is_one ? checks.front().timing : ComposeCheck().timing);
  if (checks.empty()) {
    facts["no check"] = "";
    return;
  }
  facts["check"] = "";
  facts["asked"] = services_of(checks);
  if (is_one) {
    facts["url"] = replaced(checks.front().url, "'", "''");
    return;
  }
  std::vector<std::string> probes;
  for (const ComposeCheck& check : checks) {
    probes.push_back(Command{"", {"backstep", "probe", check.url}}.as_text());
  }
  facts["probed"] = "";
  facts["probes"] = joined(probes, " &&\n    ");
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
    for (const std::string& path : found.paths()) {
      survey.services.push_back(patterns.service_of(path));
    }
    for (const std::string& path : found.paths(TrackedFile::Kind::kAbsent)) {
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
  Facts facts;
  tell_services(survey, facts);
  tell_deploy(survey, facts);
  tell_checks(survey.compose.checks, facts);
  std::string text;
  for (const std::string& line : split(trimmed(kStarterFile), '\n')) {
    if (const auto filled = filled_in(line, facts)) text += *filled + "\n";
  }
  return text;
}

}  // namespace backstep
