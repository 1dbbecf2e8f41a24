// SPDX-License-Identifier: Apache-2.0
#include "config/workspace.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "system/files/beneath.h"

namespace backstep {
namespace {

constexpr std::array<std::string_view, 5> kCheckouts = {"GITHUB_WORKSPACE", "CI_PROJECT_DIR", "CI_WORKSPACE",
                                                        "BITBUCKET_CLONE_DIR", "DRONE_WORKSPACE"};

std::string joined_path(const std::string& root, const std::string& path) {
  if (path.empty()) return root;
  return (root == "/" ? "" : root) + "/" + path;
}

// The store need not exist yet: its nearest ancestor that does is made real, and the rest follows.
std::string real_future_path(const std::string& path) {
  std::error_code unknown;
  const std::string real = std::filesystem::weakly_canonical(path, unknown);
  return real.empty() ? path : real;
}

bool holds(const std::string& directory, const std::string& name) {
  return access(joined_path(directory, name).c_str(), F_OK) == 0;
}

// The nearest of `start` and the directories above it, not above `top`, that holds one of these.
std::optional<std::string> nearest_with(const std::string& start, const std::string& top,
                                        const std::vector<std::string>& names) {
  for (std::string at = start;; at = parent_of(at)) {
    for (const std::string& name : names) {
      if (holds(at, name)) return at;
    }
    if (at == top || at == "/") return std::nullopt;
  }
}

// A variable that came along from another machine or container names nothing here.
std::optional<std::string> platforms_checkout(const std::string& here, const Environment& environment) {
  for (const std::string_view variable : kCheckouts) {
    const std::string checkout = environment.get(variable);
    const std::string root = checkout.starts_with('/') ? real_path(checkout) : "";
    if (!root.empty() && beneath(root, here)) return root;
  }
  return std::nullopt;
}

// An absolute path as seen from the root, by whichever name of that; nullopt: it lies elsewhere.
std::optional<std::string> from_root(const std::string& root, const std::string& path) {
  for (std::string at = path; at != "/"; at = parent_of(at)) {
    if (real_path(at) == root) return path.substr(std::min(at.size() + 1, path.size()));
  }
  return std::nullopt;
}

std::string place_in_checkout(const std::string& directory) {
  const auto top = nearest_with(directory, "/", {".git"});
  if (!top) return "";
  const std::string place(beneath(*top, directory).value_or(""));
  return place.empty() ? "." : place;
}

struct Found {
  std::string directory;  // absolute
  std::string file;       // as seen from it, or absolute
  std::string shown;
};

// As seen from where the user stands; an absolute one may lead through symlinks.
Found named_file(const std::string& here, const std::string& top, const std::string& named) {
  const bool is_absolute = named.starts_with('/');
  const std::string whole = is_absolute ? named : "/" + path_from(here.substr(1), named).value_or("");
  const std::string parent = is_absolute ? real_path(parent_of(whole)) : parent_of(whole);
  if (!beneath(top, parent)) return {here, whole, named};
  return {parent, std::string(parts_of(whole).name), named};
}

Found usual_file(const std::string& here, const std::string& top, const std::vector<std::string>& usual) {
  const std::string directory = nearest_with(here, top, usual).value_or(here);
  const auto found = std::ranges::find_if(usual, [&](const std::string& name) { return holds(directory, name); });
  const std::string& file = found == usual.end() ? usual.front() : *found;
  const std::string up = path_towards(here.substr(1), directory.substr(1));
  return {directory, file, up.empty() ? file : up + "/" + file};
}

}  // namespace

std::string Workspace::path() const { return joined_path(root, prefix); }

std::string Workspace::resolve(const std::string& path) const {
  const bool is_absolute = path.starts_with('/');
  const std::optional<std::string> whole = is_absolute ? from_root(root, path) : path_from(prefix, path);
  if (!whole) {
    refuse_usage(fmt::format("{} leaves the workspace {}{}", in_quotes(path), in_quotes(root),
                             is_absolute ? ": paths are relative to the settings' directory" : ""));
  }
  if (is_absolute && whole->empty()) {
    refuse_usage(in_quotes(path) + " is the workspace itself: name what lies in it");
  }
  return path_towards(prefix, *whole);
}

SettingsPlace find_settings(const std::string& current_directory, const Environment& environment,
                            const std::string& named, const std::vector<std::string>& usual) {
  std::string here = real_path(current_directory);
  if (here.empty()) here = current_directory;
  std::optional<std::string> top = platforms_checkout(here, environment);
  if (!top) top = nearest_with(here, "/", {".git"});
  const Found found =
      named.empty() ? usual_file(here, top.value_or("/"), usual) : named_file(here, top.value_or("/"), named);
  const std::string root = top.value_or(found.directory);
  const std::string prefix(beneath(root, found.directory).value_or(""));
  return {.workspace = {.root = root,
                        .prefix = prefix,
                        .place = place_in_checkout(found.directory),
                        .called_in = here,
                        .directory = Directory::open_within(root, prefix)},
          .file = found.file,
          .shown = found.shown};
}

Patterns patterns_of(const Workspace& workspace, const Config& config) {
  const auto resolved = [&](const std::vector<std::string>& paths) {
    std::vector<std::string> result;
    for (const std::string& path : paths) result.push_back(workspace.resolve(path));
    return result;
  };
  Patterns patterns{.prefix = workspace.place,
                    .services_dirs = resolved(config.services_dir),
                    .entrypoint_file = config.entrypoint_file,
                    .files = resolved(config.files),
                    .exclude = resolved(config.exclude)};
  // What we write ourselves would differ from run to run.
  std::vector<std::string> own = config.reports;
  if (!config.config_file.starts_with('/')) own.push_back(config.config_file);
  for (const std::string& path : own) {
    if (!path.empty()) patterns.exclude.push_back(workspace.resolve(path));
  }
  return patterns;
}

StorePlace store_place(const Workspace& workspace, const Config& config) {
  const std::string& wanted = config.backups_dir;
  const std::string real =
      wanted.starts_with('/')
          ? real_future_path(wanted)
          : joined_path(workspace.root, path_from(workspace.prefix, workspace.resolve(wanted)).value_or(""));
  if (beneath(without_trailing_slashes(real), workspace.path())) {
    refuse_usage("backups_dir " + in_quotes(wanted) + " holds the workspace itself");
  }
  const auto within = beneath(workspace.root, real);
  return {.path = within ? path_towards(workspace.prefix, *within) : wanted,
          .absolute = !within,
          .display = wanted,
          .environment = config.environment,
          .flags = config.place_flags};
}

std::string StorePlace::command(std::string_view words) const {
  const std::string more = Command{.text = "", .list = flags}.as_text();
  return fmt::format("backstep {}{}{}", words, more.empty() ? "" : " ", more);
}

std::string why_not_run(const std::string& shown, uid_t author, const Workspace& workspace,
                        const Environment& environment) {
  const std::string trusted = environment.get("BACKSTEP_TRUST_OWNER");
  if (trusted == "checkout" && platforms_checkout(workspace.path(), environment)) {
    const uid_t runner = Directory::open_root(workspace.root, "").own_status().uid;
    if (author == runner || author == kAnybody) return "";
  }
  const std::string number = std::to_string(author);
  const bool is_callers = number == trusted || number == environment.get("SUDO_UID");
  const bool is_open = author == kAnybody;
  if (!is_open && (effective_user() != 0 || author == 0 || is_callers)) return "";
  return fmt::format("no command of {} is run, for {}: look at it, then {}", in_quotes(shown),
                     is_open ? "everybody may write to it, or it does not say whose it is"
                             : "you are root and it is of user " + number,
                     is_open ? "'chmod o-w' it, or in a CI system's checkout set BACKSTEP_TRUST_OWNER=checkout"
                             : "set BACKSTEP_TRUST_OWNER=" + number);
}

}  // namespace backstep
