// SPDX-License-Identifier: Apache-2.0
#include "store/project.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "config/pipeline.h"
#include "system/files/beneath.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr const char* kFileName = "project.json";
constexpr size_t kLargestFile = size_t{1} << 20;
constexpr int kFormat = 1;

constexpr std::string_view kSetting = "project";
constexpr std::string_view kUrl = "url";
constexpr std::string_view kRepository = "repository";
constexpr std::string_view kPath = "path";
// Ids before names: those stay when a project is renamed.
constexpr std::array<std::string_view, 6> kPlatformIds = {"GITHUB_REPOSITORY_ID", "GITHUB_REPOSITORY", "CI_PROJECT_ID",
                                                          "BITBUCKET_REPO_UUID",  "CI_REPO",           "DRONE_REPO"};

using Hints = std::vector<std::pair<std::string, std::string>>;

std::string value_of(const Hints& hints, std::string_view name) {
  const auto found = std::ranges::find_if(hints, [&](const auto& hint) { return hint.first == name; });
  return found == hints.end() ? "" : found->second;
}

bool is_place(std::string_view name) { return name == kRepository || name == kPath; }

// Whether anybody could be told apart by more than where the files lie.
bool knows_a_name(const Hints& hints) {
  return std::ranges::any_of(hints, [](const auto& hint) { return !is_place(hint.first); });
}

Hints hints_in(const std::string& text) {
  Hints hints;
  try {
    const Json json = Json::parse(text);
    const Json* members = json.find("hints");
    if (members == nullptr || members->object() == nullptr) return {};
    for (const auto& [name, value] : *members->object()) {
      if (value.string() != nullptr) hints.emplace_back(name, *value.string());
    }
  } catch (const Error&) {
    return {};  // hints that nobody can read are none
  }
  return hints;
}

Hints known_to(const Store& store) {
  if (store.common() == nullptr) return {};
  return hints_in(store.common()->read_small_file(kFileName, kLargestFile).value_or(""));
}

std::string_view words_of(std::string_view name) {
  if (name == kSetting) return "the project";
  if (name == kUrl) return "the repository";
  return is_place(name) ? "the checkout in" : name;
}

// The strongest hint decides that both know and whose place has not gone.
void refuse_stranger(const StorePlace& place, const Hints& ours, const Hints& theirs) {
  // A caller who knows no name may well be the project's own cron job, or a copy of it.
  if (knows_a_name(theirs) && !knows_a_name(ours)) return;
  for (const auto& [name, value] : ours) {
    const std::string other = value_of(theirs, name);
    if (other == value) return;
    if (other.empty() || (is_place(name) && real_path(other).empty())) continue;
    throw Error(ExitCode::kBackupFailed,
                fmt::format("{} holds the backups of {} {}, and this is {}: give each a backups_dir "
                            "of its own, or both the same project: if they are one",
                            in_quotes(place.display), words_of(name), in_quotes(other), in_quotes(value)));
  }
}

void add(Hints& hints, std::string_view name, const std::string& value) {
  if (!value.empty() && is_utf8(value)) hints.emplace_back(name, value);
}

// The caller knows better, but for the place of a checkout that is still there: others may use it.
Hints united(const Hints& ours, const Hints& theirs) {
  Hints hints;
  const auto take = [&](std::string_view name) {
    const std::string mine = value_of(ours, name);
    const std::string other = value_of(theirs, name);
    const bool stays = mine.empty() || (is_place(name) && !real_path(other).empty());
    add(hints, name, stays && !other.empty() ? other : mine);
  };
  take(kSetting);
  for (const std::string_view name : kPlatformIds) take(name);
  for (const std::string_view name : {kUrl, kRepository, kPath}) take(name);
  return hints;
}

constexpr size_t kLargestOfGit = size_t{64} << 20;  // where refs are packed, a line each

// What cannot be read tells nothing.
std::string text_of(const std::string& directory, const std::string& name) {
  try {
    return Directory::open_root(directory, directory).read_small_file(name, kLargestOfGit).value_or("");
  } catch (const Error&) {
    return "";
  }
}

// A path that a file of git's names, as seen from where the file lies.
std::string named_path(const std::filesystem::path& directory, std::string_view text) {
  return directory / trimmed(text);
}

// The directory that holds `.git`, by the place of the settings in it.
std::string top_of(const Workspace& workspace) {
  const std::string path = workspace.path();
  if (workspace.place.empty() || workspace.place == ".") return workspace.place.empty() ? "" : path;
  return path.substr(0, path.size() - workspace.place.size() - 1);
}

// In a worktree or a submodule `.git` is a file that says where the directory is.
std::string directory_of(const std::string& top) {
  const std::string link = text_of(top, ".git");
  constexpr std::string_view kStart = "gitdir:";
  return link.starts_with(kStart) ? named_path(top, link.substr(kStart.size())) : top + "/.git";
}

// Of a worktree the one that it shares.
std::string repository_of(const std::string& directory) {
  const std::string common = text_of(directory, "commondir");
  return real_path(common.empty() ? directory : named_path(directory, common));
}

// A line "HASH NAME" each.
std::string hash_of_packed(const std::string& refs, const std::string& name) {
  const size_t end = refs.find(" " + name + "\n");
  if (end == std::string::npos) return "";
  const size_t start = refs.rfind('\n', end) + 1;
  return refs.substr(start, end - start);
}

std::string url_in(const std::string& config) {
  bool in_origin = false;
  for (const std::string& each : split(config, '\n')) {
    const std::string_view line = trimmed(each);
    if (line.starts_with('[')) in_origin = line.starts_with("[remote \"origin\"]");
    const size_t equals = line.find('=');
    if (!in_origin || equals == std::string_view::npos) continue;
    if (trimmed(line.substr(0, equals)) == "url") return std::string(trimmed(line.substr(equals + 1)));
  }
  return "";
}

}  // namespace

Project Project::of_caller(const Workspace& workspace, const std::string& setting, const Environment& environment) {
  Project project;
  add(project.hints, kSetting, setting);
  for (const std::string_view name : kPlatformIds) add(project.hints, name, environment.get(name));
  const GitOrigin origin = git_origin(workspace);
  add(project.hints, kUrl, origin.url);
  add(project.hints, kRepository, origin.repository);
  add(project.hints, kPath, real_path(workspace.path()));
  return project;
}

void require_own_project(const Workspace& workspace, const StorePlace& place, const Project& caller) {
  if (!place.absolute) return;
  StorePlace whole = place;
  whole.environment = kNameless;
  const auto store = Store::open_existing(workspace, whole);
  if (store) refuse_stranger(place, caller.hints, known_to(*store));
}

void learn_project(const StorePlace& place, const Store& store, const Project& caller) {
  if (!place.absolute || store.common() == nullptr) return;
  const Hints known = known_to(store);
  refuse_stranger(place, caller.hints, known);
  const Hints hints = united(caller.hints, known);
  if (hints == known) return;
  Json members = Json::Object{};
  for (const auto& [name, value] : hints) members.set(name, value);
  const Json json = Json::Object{{"backstep", "project"}, {"format", kFormat}, {"hints", std::move(members)}};
  write_file_durably(*store.common(), kFileName, json.pretty() + "\n", store.owner());
}

std::string name_of_url(std::string_view url) {
  const size_t scheme = url.find("://");
  const bool has_scheme = scheme != std::string_view::npos;
  if (has_scheme) url.remove_prefix(scheme + 3);
  const size_t end = has_scheme ? url.find('/') : url.find(':');
  const bool is_local = !has_scheme && (end == std::string_view::npos || url.find('/') < end);
  std::string name(url);
  if (!is_local) {
    std::string host(url.substr(0, end));
    if (const size_t user = host.rfind('@'); user != std::string::npos) host.erase(0, user + 1);
    if (const size_t port = host.find(':'); port != std::string::npos) host.resize(port);
    std::string_view path = end == std::string_view::npos ? "" : url.substr(end + 1);
    while (path.starts_with('/')) path.remove_prefix(1);
    name = lower_case(host) + "/" + std::string(path);
  }
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  if (name.ends_with(".git")) name.resize(name.size() - 4);
  return name;
}

GitOrigin git_origin(const Workspace& workspace) {
  const std::string top = top_of(workspace);
  if (top.empty()) return {};
  const std::string repository = repository_of(directory_of(top));
  if (repository.empty()) return {};
  return {.repository = repository, .url = name_of_url(url_in(text_of(repository, "config")))};
}

std::string git_commit(const Workspace& workspace) {
  const std::string top = top_of(workspace);
  if (top.empty()) return "";
  const std::string directory = directory_of(top);
  constexpr std::string_view kStart = "ref: ";
  std::string hash = text_of(directory, "HEAD");
  if (hash.starts_with(kStart)) {
    const std::string name(trimmed(std::string_view(hash).substr(kStart.size())));
    const std::string repository = repository_of(directory);
    hash = text_of(repository, name);
    if (hash.empty()) hash = hash_of_packed(text_of(repository, "packed-refs"), name);
  }
  hash = trimmed(hash);
  return is_commit(hash) ? hash : "";
}

}  // namespace backstep
