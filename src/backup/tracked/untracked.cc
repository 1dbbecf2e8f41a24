// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "backup/tracked/tracked_files.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kNamed = 3;

struct Remedy {
  std::string setting;  // that would track them all, as it is said
  std::string services_dir = {};
};

// services/web/docker/entrypoint.sh has one place in every service; apps/a/x/entrypoint.sh is the script of a
// service x, two levels down.
Remedy what_tracks(const std::vector<std::string>& found, const Patterns& patterns) {
  std::set<std::string_view> places;
  std::string above(parts_of(parts_of(found.front()).parent).parent);
  const std::string first = above;
  bool is_one_name = true;
  bool is_flat = true;
  for (const std::string& path : found) {
    const std::string_view directory = parts_of(parts_of(path).parent).parent;
    while (!beneath(above, directory)) above = parts_of(above).parent;
    is_flat = is_flat && directory == first;
    is_one_name = is_one_name && parts_of(path).name == patterns.entrypoint_file;
    const std::string services = fixed_part(patterns.services_dirs.front());
    const std::string_view rest = beneath(services, path).value_or("");
    places.insert(rest.substr(std::min(rest.find('/'), rest.size() - 1) + 1));
  }
  const std::string_view place = *places.begin();
  if (places.size() == 1 && !place.empty()) return {fmt::format("entrypoint_file: {}", place)};
  if (!is_one_name || above.empty()) return {"'files', with their paths or a glob,"};
  const std::string directory = above + (is_flat ? "" : "/**");
  return {fmt::format("services_dir: '{}'", directory), directory};
}

std::string told_of(const std::vector<std::string>& found, const Remedy& remedy) {
  std::vector<std::string> named(found.begin(), found.begin() + std::min(found.size(), kNamed));
  if (found.size() > kNamed) named.emplace_back("…");
  return printable(fmt::format("{} elsewhere: {}: {} would track {}",
                               found.size() == 1 ? "1 lies" : fmt::format("{} lie", found.size()), joined(named, ", "),
                               remedy.setting, found.size() == 1 ? "it" : "them"));
}

}  // namespace

Untracked look_for_untracked(const Tree& tree) {
  const Directory& workspace = tree.workspace.directory;
  const Patterns& patterns = tree.patterns;
  const auto skipped = [&](const std::string& path) { return passes_over(tree, path); };
  const GlobWatch watch{skipped, [](const std::string&, const Error&) {}};
  std::vector<std::string> told;
  for (const std::string& pattern : patterns.services_dirs) {
    const bool is_there = workspace.find_directory_or_root(fixed_part(pattern)).has_value();
    const size_t count = paths_matching(workspace, pattern + "/*", Wanted::kDirectories, watch).size();
    told.push_back(in_quotes(pattern) + " does not exist");
    if (!is_there) continue;
    told.back() = fmt::format("0 of {} {} in {} hold {}", count, count == 1 ? "directory" : "directories",
                              in_quotes(pattern), printable(patterns.entrypoint_file));
  }
  const std::string name(parts_of(patterns.entrypoint_file).name);
  Untracked untracked{.scripts = paths_matching(workspace, "**/*" + name, Wanted::kFiles, watch)};
  std::erase_if(untracked.scripts, skipped);
  if (!untracked.scripts.empty()) {
    const Remedy remedy = what_tracks(untracked.scripts, patterns);
    untracked.services_dir = remedy.services_dir;
    told.push_back(told_of(untracked.scripts, remedy));
  }
  untracked.words = joined(told, "; ");
  return untracked;
}

}  // namespace backstep
