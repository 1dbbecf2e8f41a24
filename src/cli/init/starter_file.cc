// SPDX-License-Identifier: Apache-2.0
#include "cli/init/starter_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "backup/tracked/tracked_files.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/texts.h"
#include "config/settings.h"
#include "deploy/run/outcome.h"
#include "report/outcome/report_model.h"

namespace backstep {
namespace {

constexpr size_t kNamed = 8;  // services in a comment; more are counted

// The services of checks or of mounts, each once.
template <typename Each>
std::string services_of(const std::vector<Each>& each) {
  std::vector<std::string> services;
  for (const Each& one : each) services.push_back(printable(one.service));
  services.erase(std::unique(services.begin(), services.end()), services.end());
  return listed(services, kNamed);
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
void tell_checks(const std::vector<ComposeCheck>& checks, Json& facts) {
  const bool is_one = checks.size() == 1;
  facts.set("timing", timing_lines(is_one ? checks.front().timing : ComposeCheck().timing));
  facts.set("asked", services_of(checks));
  if (is_one) return facts.set("url", replaced(checks.front().url, "'", "''"));
  std::vector<std::string> probes;
  for (const ComposeCheck& check : checks) probes.push_back(Command{"", {"backstep", "probe", check.url}}.as_text());
  facts.set("probes", joined(probes, " &&\n    "));
}

// That needs no quotes in the file.
bool is_plain(const std::string& path) {
  return std::ranges::all_of(path, [](char c) {
    return is_ascii_alphanumeric(c) || std::string_view("-_./*").find(c) != std::string_view::npos;
  });
}

// By the services_dir that the survey has. Returns what lies elsewhere.
Untracked find_services(const Workspace& workspace, TreeSurvey& survey) {
  Config config;
  config.files = survey.compose.files;
  config.services_dir = {survey.services_dir};
  const Patterns patterns = patterns_of(workspace, config);
  const StorePlace store = store_place(workspace, config);
  const Tree tree{workspace, patterns, store};
  const auto is_script = [&](const std::string& path) { return !patterns.service_of(path).empty(); };
  const TrackedFiles found = find_tracked_files(tree, Oddities::kReport);
  for (const std::string& path : found.paths()) {
    if (is_script(path)) survey.services.push_back(patterns.service_of(path));
  }
  for (const std::string& path : found.paths(TrackedFile::Kind::kAbsent)) {
    if (is_script(path)) survey.yet_to_come.push_back(patterns.service_of(path));
  }
  Untracked untracked = look_for_untracked(tree);
  survey.scripts = untracked.scripts;
  std::erase_if(survey.scripts, [&](const std::string& path) { return !is_plain(path) || is_script(path); });
  survey.mounted = survey.compose.mounts;
  std::erase_if(survey.mounted, [&](const ComposeMount& mount) {
    return !is_script(mount.path) && std::ranges::find(survey.scripts, mount.path) == survey.scripts.end();
  });
  survey.warnings = find_tracked_files(tree).warnings;
  return untracked;
}

}  // namespace

TreeSurvey survey_tree(const Workspace& workspace) {
  TreeSurvey survey;
  survey.compose = read_compose(workspace.directory);
  try {
    const Untracked untracked = find_services(workspace, survey);
    // Nothing in services/, and several scripts beneath another directory: that is theirs. Of a single one
    // nobody can tell.
    const bool is_theirs = survey.scripts.size() > 1 && is_plain(untracked.services_dir);
    if (!survey.has_services() && is_theirs && !untracked.services_dir.empty()) {
      survey.services_dir = untracked.services_dir;
      find_services(workspace, survey);
    }
  } catch (const Error& error) {
    survey.warnings = {"a backup would be refused as it is: " + error.message()};
  }
  return survey;
}

std::vector<std::string> TreeSurvey::files() const {
  std::vector<std::string> files = compose.files;
  files.insert(files.end(), scripts.begin(),
               scripts.begin() + static_cast<ptrdiff_t>(std::min(scripts.size(), kNamed)));
  return files;
}

std::string starter_file(const TreeSurvey& survey) {
  const size_t count = survey.services.size();
  const ComposeFacts& compose = survey.compose;
  // What a tree has to say, by the names that starter.yml.in gives it.
  Json facts = Json::Object{
      {"files", joined(survey.files(), ", ")},    {"scripts", listed(survey.scripts, kNamed)},
      {"others", listed(compose.others, kNamed)}, {"services_are_here", survey.has_services()},
      {"services_dir", survey.services_dir},      {"yet_to_come", listed(survey.yet_to_come, kNamed)},
      {"compose", !compose.files.empty()},        {"unread", !compose.files.empty() && !compose.unread.empty()},
      {"mounting", services_of(survey.mounted)}};
  if (count > 0) facts.set("services", counted(count, "service") + ": " + listed(survey.services, kNamed));
  tell_checks(compose.checks, facts);
  const auto as_it_is = [](std::string_view text) { return std::string(text); };
  return rendered(trimmed(kStarterFile), facts, as_it_is) + "\n";
}

}  // namespace backstep
