// SPDX-License-Identifier: Apache-2.0
#include "backup/glob.h"

#include <fnmatch.h>

#include <set>
#include <span>
#include <utility>

#include "base/text.h"

namespace backstep {
namespace {

struct Walk {
  const std::function<bool(const std::string&)>& skipped;
  std::vector<std::string> found;
  // Where a `**` was entered already, with how much of the pattern still to come: several of them
  // lead to the same directory in so many ways that a walk would never end.
  std::set<std::pair<std::string, size_t>> entered;

  void enter(const Directory& directory, const std::string& path,
             std::span<const std::string> components);
  void match(const Directory& directory, const std::string& path,
             std::span<const std::string> components);
  void descend(const Directory& directory, const std::string& path, const std::string& name,
               std::span<const std::string> components);
};

bool matches(const std::string& pattern, const std::string& name) {
  return fnmatch(pattern.c_str(), name.c_str(), FNM_PERIOD | FNM_PATHNAME) == 0;
}

void Walk::descend(const Directory& directory, const std::string& path, const std::string& name,
                   std::span<const std::string> components) {
  const std::string below = path.empty() ? name : path + "/" + name;
  const auto status = directory.status(name);
  if (!status) return;
  if (components.empty()) {
    // A matching directory names nothing; everything else is reported, so that a symlink or a FIFO
    // is refused by name and not passed over.
    if (status->type != FileType::kDirectory) found.push_back(below);
  } else if (status->type == FileType::kDirectory && !skipped(below)) {
    enter(directory.open_directory(name), below, components);
  }
}

void Walk::match(const Directory& directory, const std::string& path,
                 std::span<const std::string> components) {
  const std::string& pattern = components.front();
  if (!has_wildcard(pattern)) return descend(directory, path, pattern, components.subspan(1));
  for (const std::string& name : directory.list()) {
    if (matches(pattern, name)) descend(directory, path, name, components.subspan(1));
  }
}

void Walk::enter(const Directory& directory, const std::string& path,
                 std::span<const std::string> components) {
  if (components.front() != "**") return match(directory, path, components);
  if (!entered.emplace(path, components.size()).second) return;
  if (components.size() > 1) enter(directory, path, components.subspan(1));
  for (const std::string& name : directory.list()) {
    if (name.front() == '.') continue;
    const auto status = directory.status(name);
    const std::string below = path.empty() ? name : path + "/" + name;
    if (status && status->type == FileType::kDirectory && !skipped(below)) {
      enter(directory.open_directory(name), below, components);
    } else if (status && status->type != FileType::kDirectory && components.size() == 1) {
      found.push_back(below);
    }
  }
}

}  // namespace

bool has_wildcard(std::string_view pattern) {
  return pattern.find_first_of("*?[") != std::string_view::npos;
}

std::vector<std::string> files_matching(const Directory& root, const std::string& pattern,
                                        const std::function<bool(const std::string&)>& skipped) {
  Walk walk{skipped, {}, {}};
  const std::vector<std::string> components = split(pattern, '/');
  walk.enter(root, "", components);
  return std::move(walk.found);
}

}  // namespace backstep
