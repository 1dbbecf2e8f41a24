// SPDX-License-Identifier: Apache-2.0
#include "cli/init/tree_survey.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "cli/init/make_targets.h"
#include "config/config.h"
#include "config/patterns.h"
#include "config/setting_types.h"
#include "store/sets/file_entry.h"

namespace backstep {
namespace {

using Names = std::vector<std::string>;

constexpr std::array kHeaps = {"backups", "build",       "dist",   "node_modules",
                               "target",  "__pycache__", "vendor", "venv"};
// In Compose's own order: the first is the one that it takes.
constexpr std::array kComposeFiles = {"compose.yaml", "compose.yml", "docker-compose.yaml",
                                      "docker-compose.yml"};
constexpr std::array kScriptPlaces = {"", "scripts/", "bin/", "tools/"};
constexpr std::array kGenerators = {"generate_entrypoints", "generate-entrypoints",
                                    "generate_entrypoint", "generate-entrypoint", "generate"};
constexpr std::array kDeploys = {"deploy"};
constexpr std::array kChecks = {"check_health", "health_check", "healthcheck", "smoke_test",
                                "smoke-test"};
constexpr std::string_view kComposeUp = "docker compose up -d --build --remove-orphans";

// A name that a setting takes as it is and that any file can hold.
bool is_plain(const std::string& path) {
  try {
    return is_utf8(path) && printable(path) == path && !has_wildcard(path) &&
           PathValue::read({.text = path, .list = {}, .is_list = false}) == path;
  } catch (const Error&) {
    return false;
  }
}

bool speaks_of_entrypoints(std::string_view name) {
  return name.find("entrypoint") != std::string_view::npos;
}

bool could_be_an_entrypoint(const std::string& name) {
  return is_plain(name) && (name.ends_with(".sh") || speaks_of_entrypoints(name));
}

class Surveyor {
 public:
  explicit Surveyor(const Directory& tree) : tree_(tree) {}

  TreeSurvey survey() {
    find_services();
    find_compose();
    find_scripts(kGenerators, found_.generate);
    find_scripts(kDeploys, found_.deploy);
    find_scripts(kChecks, found_.check);
    find_make_targets();
    if (!found_.compose.empty()) found_.deploy.push_back({std::string(kComposeUp), true});
    return std::move(found_);
  }

 private:
  // nullopt also behind a symlink, and where it may not be asked.
  std::optional<FileStatus> status_of(const std::string& path) const {
    try {
      return tree_.status(path);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  bool is_regular(const std::string& path) const {
    const auto status = status_of(path);
    return status && status->type == FileType::kRegular;
  }

  // Of a directory that may have gone, or that may not be read.
  Names list(const std::string& path) {
    try {
      if (path.empty()) return tree_.list();
      const auto directory = tree_.find_directory(path);
      return directory ? directory->list() : Names();
    } catch (const Error&) {
      found_.unreadable.push_back(path.empty() ? "." : path);
      return {};
    }
  }

  Names directories_in(const std::string& path) {
    Names directories;
    const std::string prefix = path.empty() ? "" : path + "/";
    for (const std::string& name : list(path)) {
      if (name.starts_with('.') || !is_plain(name)) continue;
      const auto status = status_of(prefix + name);
      if (status && status->type == FileType::kDirectory) directories.push_back(name);
    }
    return directories;
  }

  static bool is_heap(const std::string& name) {
    return std::find(kHeaps.begin(), kHeaps.end(), name) != kHeaps.end();
  }

  static std::string usual_services() { return Config().services_dir.front(); }

  // Where services may lie: the default first, then everything else, two directories deep.
  Names candidates() {
    Names found = {usual_services()};
    for (const std::string& name : directories_in("")) {
      if (is_heap(name)) continue;
      found.push_back(name);
      for (const std::string& below : directories_in(name)) {
        if (!is_heap(below)) found.push_back(name + "/" + below);
      }
    }
    return found;
  }

  Names with_script(const std::string& directory, const Names& services,
                    const std::string& script) const {
    Names found;
    for (const std::string& service : services) {
      if (!is_storable_service(service, script)) continue;
      const std::string prefix = directory.empty() ? "" : directory + "/";
      if (is_regular(prefix + service + "/" + script)) found.push_back(service);
    }
    return found;
  }

  void find_services() {
    const Names where = candidates();
    const std::string script = Config().entrypoint_file;
    for (const std::string& directory : where) consider(directory, script);
    if (found_.services.empty()) find_other_scripts(where);
    if (found_.services.empty()) expect_services(where.front(), script);
    if (found_.services.empty()) {
      found_.loose_services = with_script("", directories_in(""), script);
    }
  }

  // The default wins, then whoever has more, then whoever came first.
  void consider(const std::string& directory, const std::string& script) {
    if (!found_.services.empty() && found_.services_dir == usual_services()) return;
    const Names all = directories_in(directory);
    Names with = with_script(directory, all, script);
    if (with.size() <= found_.services.size()) return;
    found_.services_dir = directory;
    found_.entrypoint_file = script;
    found_.yet_to_come.clear();
    std::set_difference(all.begin(), all.end(), with.begin(), with.end(),
                        std::back_inserter(found_.yet_to_come));
    found_.services = std::move(with);
  }

  void find_other_scripts(const Names& where) {
    for (const std::string& directory : where) {
      const Names all = directories_in(directory);
      const std::string script = shared_script(directory, all);
      const bool likely =
          directory == usual_services() || (speaks_of_entrypoints(script) && all.size() > 1);
      if (!script.empty() && likely) consider(directory, script);
    }
  }

  // The name that a file has in each of them, best one that says what it is; "" when there is none.
  std::string shared_script(const std::string& directory, const Names& services) {
    if (services.empty()) return {};
    Names shared;
    for (const std::string& name : list(directory + "/" + services.front())) {
      if (could_be_an_entrypoint(name) &&
          with_script(directory, services, name).size() == services.size()) {
        shared.push_back(name);
      }
    }
    const auto best = std::find_if(shared.begin(), shared.end(), speaks_of_entrypoints);
    if (best != shared.end()) return *best;
    return shared.empty() ? std::string() : shared.front();
  }

  // A first run: the generator will make the scripts.
  void expect_services(const std::string& directory, const std::string& script) {
    found_.yet_to_come = directories_in(directory);
    if (found_.yet_to_come.empty()) return;
    found_.services_dir = directory;
    found_.entrypoint_file = script;
  }

  void find_compose() {
    for (const std::string name : kComposeFiles) {
      if (!found_.compose.empty() || !is_regular(name)) continue;
      found_.compose.push_back(name);
      const std::string stem = name.substr(0, name.rfind('.'));
      for (const char* ending : {".override.yaml", ".override.yml"}) {
        if (is_regular(stem + ending)) found_.compose.push_back(stem + ending);
      }
    }
  }

  template <typename Stems>
  void find_scripts(const Stems& stems, std::vector<SuggestedCommand>& found) const {
    for (const char* place : kScriptPlaces) {
      for (const std::string stem : stems) {
        for (const char* ending : {".py", ".sh"}) add_script(place + stem + ending, found);
      }
    }
  }

  void add_script(const std::string& path, std::vector<SuggestedCommand>& found) const {
    const auto status = status_of(path);
    if (!status || status->type != FileType::kRegular) return;
    const bool executable = (status->mode & 0111) != 0;
    const std::string start = executable ? "./" : path.ends_with(".py") ? "python3 " : "sh ";
    const bool sure = speaks_of_entrypoints(path) || path.find("deploy") != std::string::npos;
    found.push_back({start + path, sure});
  }

  void find_make_targets() {
    for (const std::string& target : make_targets(tree_)) {
      const SuggestedCommand command{"make " + target,
                                     speaks_of_entrypoints(target) || target == "deploy"};
      const bool generates = target.starts_with("generate") || speaks_of_entrypoints(target);
      if (generates) found_.generate.push_back(command);
      if (target == "deploy") found_.deploy.push_back(command);
    }
  }

  const Directory& tree_;
  TreeSurvey found_;
};

}  // namespace

TreeSurvey survey_tree(const Directory& tree) {
  TreeSurvey survey = Surveyor(tree).survey();
  std::sort(survey.unreadable.begin(), survey.unreadable.end());
  survey.unreadable.erase(std::unique(survey.unreadable.begin(), survey.unreadable.end()),
                          survey.unreadable.end());
  return survey;
}

}  // namespace backstep
