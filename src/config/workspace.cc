// SPDX-License-Identifier: Apache-2.0
#include "config/workspace.h"

#include <array>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "system/real_path.h"

namespace backstep {
namespace {

constexpr std::array<std::string_view, 4> kCheckouts = {"GITHUB_WORKSPACE", "CI_PROJECT_DIR",
                                                        "CI_WORKSPACE", "BITBUCKET_CLONE_DIR"};

// The part of `path` beneath `root`, "" for the root itself; both are absolute and real.
std::optional<std::string> beneath(const std::string& root, const std::string& path) {
  if (path == root) return "";
  const std::string start = root == "/" ? root : root + "/";
  if (!path.starts_with(start)) return std::nullopt;
  return path.substr(start.size());
}

// The store need not exist yet: its nearest ancestor that does is made real, and the rest follows.
std::string real_future_path(const std::string& path) {
  std::string existing = path;
  while (true) {
    const std::string real = real_path(existing);
    if (!real.empty()) return (real == "/" ? "" : real) + path.substr(existing.size());
    const size_t slash = existing.find_last_of('/');
    if (slash == 0 || slash == std::string::npos) return path;
    existing.resize(slash);
  }
}

}  // namespace

std::string Workspace::resolve(const std::string& path) const {
  return prefix.empty() ? path : prefix + "/" + path;
}

Workspace find_workspace(const std::string& current_directory, const Environment& environment) {
  std::string here = real_path(current_directory);
  if (here.empty()) here = current_directory;
  for (const std::string_view variable : kCheckouts) {
    // A variable that came along from another machine or container names nothing here.
    const std::string checkout = environment.get(variable);
    const std::string root = checkout.starts_with('/') ? real_path(checkout) : "";
    if (root.empty()) continue;
    if (const std::optional<std::string> prefix = beneath(root, here)) {
      return {root, *prefix, Directory::open_root(root, "")};
    }
  }
  Directory directory = Directory::open_root(here, "");
  return {std::move(here), "", std::move(directory)};
}

Patterns patterns_of(const Workspace& workspace, const Config& config) {
  Patterns patterns = {.services_dir = workspace.resolve(config.services_dir),
                       .entrypoint_file = config.entrypoint_file,
                       .files = {}};
  for (const std::string& path : config.files) patterns.files.push_back(workspace.resolve(path));
  return patterns;
}

StorePlace store_place(const Workspace& workspace, const Config& config) {
  const std::string& wanted = config.backups_dir;
  if (!wanted.starts_with('/')) {
    return {.path = workspace.resolve(wanted), .absolute = false, .display = wanted};
  }
  const std::string real = real_future_path(wanted);
  if (beneath(real, workspace.root)) {
    throw Error(ExitCode::kUsage,
                "backups_dir " + in_quotes(wanted) + " holds the workspace itself");
  }
  if (std::optional<std::string> path = beneath(workspace.root, real)) {
    return {.path = std::move(*path), .absolute = false, .display = wanted};
  }
  return {.path = wanted, .absolute = true, .display = wanted};
}

}  // namespace backstep
