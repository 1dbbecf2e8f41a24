// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/tracked_files.h"

#include <fnmatch.h>

#include <set>
#include <span>
#include <utility>

#include "base/text.h"

namespace backstep {
namespace {

using Components = std::span<const std::string>;

bool matches(const std::string& pattern, const std::string& name) {
  return fnmatch(pattern.c_str(), name.c_str(), FNM_PERIOD | FNM_PATHNAME) == 0;
}

// One that was made for other settings, or unpacked from an archive: its copies are no work.
bool is_store(const Directory& directory) {
  return directory.status(".backstep") || directory.status("_manifest.jsonl");
}

std::string below(const std::string& path, const std::string& name) { return path.empty() ? name : path + "/" + name; }

class Walk {
 public:
  Walk(const Directory& root, const GlobWatch& watch, Wanted wanted) : root_(root), watch_(watch), wanted_(wanted) {}

  void enter(const Directory& directory, const std::string& path, Components components) {
    if (components.front() != "**") return match(directory, path, components);
    if (!entered_.emplace(path, components.size()).second) return;
    if (components.size() > 1) enter(directory, path, components.subspan(1));
    if (components.size() == 1 && wanted_ == Wanted::kDirectories) found_.push_back(path);
    match_all(directory, path, components);
  }

  std::vector<std::string> take() { return std::move(found_); }

 private:
  void match(const Directory& directory, const std::string& path, Components components) {
    const std::string& pattern = components.front();
    const Components rest = components.subspan(1);
    if (!has_wildcard(pattern)) {
      const auto status = directory.status(pattern);
      if (status) descend(directory, path, {pattern, status->type}, rest);
      return;
    }
    for (const NamedType& entry : directory.list_types()) {
      if (matches(pattern, entry.name)) descend(directory, path, entry, rest);
    }
  }

  // What is no directory ends the pattern, where nothing is to come behind the `**`.
  void match_all(const Directory& directory, const std::string& path, Components components) {
    for (const NamedType& entry : directory.list_types()) {
      if (entry.name.front() == '.') continue;
      const bool is_end = components.size() == 1 && entry.type != FileType::kDirectory;
      descend(directory, path, entry, is_end ? Components() : components);
    }
  }

  // A matching directory names no file; everything else is reported, so that a symlink or a FIFO is
  // named and not passed over.
  void descend(const Directory& directory, const std::string& path, const NamedType& entry, Components components) {
    const std::string at = below(path, entry.name);
    const bool is_directory = entry.type == FileType::kDirectory;
    if (is_directory && (root_.leads_back(at) || watch_.skipped(at))) return;
    if (components.empty()) {
      if (is_directory == (wanted_ == Wanted::kDirectories)) found_.push_back(at);
    } else if (is_directory) {
      open_and_enter(directory, at, entry.name, components);
    }
  }

  // It may be closed to us altogether, or tell its names and nothing else.
  void open_and_enter(const Directory& directory, const std::string& path, const std::string& name,
                      Components components) {
    try {
      const std::optional<Directory> opened = directory.find_directory(name);
      if (opened && !is_store(*opened)) enter(*opened, path, components);
    } catch (const Error& error) {
      watch_.left_out(path, error);
    }
  }

  const Directory& root_;
  const GlobWatch& watch_;
  Wanted wanted_;
  std::vector<std::string> found_;
  // Where a `**` was entered already, with how much of the pattern still to come: several of them
  // lead to the same directory in so many ways that a walk would never end.
  std::set<std::pair<std::string, size_t>> entered_;
};

}  // namespace

// What leads up is no part of the walk: the root knows how to open it.
std::vector<std::string> paths_matching(const Directory& root, const std::string& pattern, Wanted wanted,
                                        const GlobWatch& watch) {
  std::string start;
  std::string_view rest = pattern;
  while (rest.starts_with("../")) rest.remove_prefix(3);
  if (rest.size() < pattern.size()) start = pattern.substr(0, pattern.size() - rest.size() - 1);
  const std::vector<std::string> components = split(rest, '/');
  Walk walk(root, watch, wanted);
  walk.enter(start.empty() ? root.duplicate() : root.open_directory(start), start, components);
  return walk.take();
}

}  // namespace backstep
