// SPDX-License-Identifier: Apache-2.0
#include "config/patterns.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <span>

#include "base/text.h"
#include "system/files/beneath.h"

namespace backstep {
namespace {

constexpr size_t kLongestServiceName = 64;
constexpr std::string_view kWildcards = "*?[";

bool is_service_name_part(std::string_view part) {
  if (part.empty() || part.size() > kLongestServiceName) return false;
  if (!is_ascii_alphanumeric(part.front())) return false;
  return std::ranges::all_of(part, [](char c) { return is_ascii_alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

using Parts = std::span<const std::string>;

// `**` stands for any number of directories, none of them hidden; at the end it needs a file.
bool matches_parts(Parts pattern, Parts path) {
  if (pattern.empty()) return path.empty();
  if (path.empty()) return false;
  if (pattern.front() != "**") {
    const int flags = FNM_PERIOD | FNM_PATHNAME;
    return fnmatch(pattern.front().c_str(), path.front().c_str(), flags) == 0 &&
           matches_parts(pattern.subspan(1), path.subspan(1));
  }
  if (pattern.size() == 1 && path.size() == 1) return path.front().front() != '.';
  if (pattern.size() > 1 && matches_parts(pattern.subspan(1), path)) return true;
  return path.front().front() != '.' && matches_parts(pattern, path.subspan(1));
}

// A directory matches `services/**` also where it is `services` itself.
bool matches_directory(std::string_view pattern, std::string_view path) {
  constexpr std::string_view kBelow = "/**";
  if (path.empty()) return pattern.empty() || pattern == "**";
  return matches_pattern(pattern, path) ||
         (pattern.ends_with(kBelow) && matches_pattern(pattern.substr(0, pattern.size() - kBelow.size()), path));
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view path) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return matches_pattern(pattern, path); });
}

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 3> kClosedDirectories = {".git", ".backstep", kReserveDirectory};
constexpr std::array<std::string_view, 12> kPipelineFiles = {
    ".gitlab-ci.yml",          ".drone.yml",          ".woodpecker.yml", ".woodpecker.yaml", ".travis.yml",
    "bitbucket-pipelines.yml", "azure-pipelines.yml", "Jenkinsfile",     "appveyor.yml",     ".appveyor.yml",
    "codefresh.yml",           ".cirrus.yml"};
constexpr std::array<std::string_view, 9> kPipelineDirectories = {
    ".github", ".gitea", ".forgejo", ".gitlab", ".woodpecker", ".circleci", ".buildkite", ".semaphore", ".teamcity"};

}  // namespace

std::optional<std::string_view> beneath(std::string_view directory, std::string_view path) {
  if (path == directory) return "";
  std::string start(directory);
  if (!start.empty() && start != "/") start += '/';
  if (!path.starts_with(start)) return std::nullopt;
  return path.substr(start.size());
}

bool has_wildcard(std::string_view pattern) {
  return std::ranges::any_of(kWildcards, [&](char c) { return pattern.find(c) != std::string_view::npos; });
}

bool matches_pattern(std::string_view pattern, std::string_view path) {
  if (!has_wildcard(pattern)) return pattern == path;
  return matches_parts(split(pattern, '/'), split(path, '/'));
}

std::string fixed_part(std::string_view pattern) {
  if (!has_wildcard(pattern)) return std::string(pattern);
  return std::string(parts_of(pattern.substr(0, pattern.find_first_of(kWildcards))).parent);
}

bool is_storable_service(std::string_view name, std::string_view entrypoint_file) {
  const auto is_storable = [](const auto& part) { return is_service_name_part({part.begin(), part.end()}); };
  if (name.empty() || !std::ranges::all_of(std::views::split(name, '/'), is_storable)) return false;
  return name.find('/') != std::string_view::npos ||
         name.find("_" + std::string(entrypoint_file)) == std::string_view::npos;
}

bool is_never_tracked(std::string_view path) {
  const auto [parent, name] = parts_of(path);
  // backstep.yml, and what overlays it for one environment.
  if (name.starts_with("backstep.") && (name.ends_with(".yml") || name.ends_with(".yaml"))) return true;
  if (is_one_of(kPipelineFiles, name) || is_one_of(kClosedDirectories, name)) return true;
  for (std::string_view at = parent; !at.empty(); at = parts_of(at).parent) {
    const std::string_view part = parts_of(at).name;
    if (is_one_of(kClosedDirectories, part) || is_one_of(kPipelineDirectories, part)) return true;
  }
  return false;
}

bool may_be_one_place(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }

std::string Patterns::service_of(std::string_view path) const {
  const std::string end = "/" + entrypoint_file;
  if (entrypoint_file.empty() || !path.ends_with(end) || path.size() == end.size()) return {};
  const std::string_view directory = path.substr(0, path.size() - end.size());
  for (const std::string& pattern : services_dirs) {
    if (!matches_directory(pattern, parts_of(directory).parent)) continue;
    const std::string_view name = beneath(fixed_part(pattern), directory).value_or("");
    if (!is_storable_service(name, entrypoint_file) || is_excluded(path)) return {};
    return std::string(name);
  }
  return {};
}

std::vector<std::string> Patterns::scripts_of(std::string_view service) const {
  std::vector<std::string> scripts;
  for (const std::string& pattern : services_dirs) {
    const std::string fixed = fixed_part(pattern);
    std::string path = (fixed.empty() ? "" : fixed + "/") + std::string(service);
    path += "/" + entrypoint_file;
    const bool known = std::ranges::find(scripts, path) != scripts.end();
    if (!known && service_of(path) == service) scripts.push_back(std::move(path));
  }
  return scripts;
}

bool Patterns::is_excluded(std::string_view path) const {
  if (exclude.empty()) return false;
  for (std::string_view at = path; !at.empty(); at = parts_of(at).parent) {
    if (matches_any(exclude, at)) return true;
  }
  return false;
}

bool Patterns::looks_for(std::string_view path) const {
  if (is_never_tracked(path) || is_excluded(path)) return false;
  if (!service_of(path).empty()) return true;
  return matches_any(files, path);
}

}  // namespace backstep
