// SPDX-License-Identifier: Apache-2.0
#include "store/sets/set_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

// "action_service_entrypoint.sh" -> "action_service"; "" for a name that the original never wrote.
std::string service_of_stored(std::string_view stored, const std::string& entrypoint_file) {
  const std::string suffix = '_' + entrypoint_file;
  if (!stored.ends_with(suffix)) return {};
  stored.remove_suffix(suffix.size());
  return is_storable_service(stored, entrypoint_file) ? std::string(stored) : std::string();
}

FileEntry entry_of_stored(const Directory& set, const std::string& stored, const std::string& path,
                          const FileStatus& status) {
  FileEntry entry = entry_of(path, status);
  entry.stored = stored;
  entry.sha256 = sha256_of_file(set.open_file(stored).get(), set.shown(stored), status.size);
  return entry;
}

// A manifest for a directory of the original. It claims no pattern beyond the entrypoints, so that
// nothing can be taken for a file that the set lacks.
Manifest made_up_manifest(const Directory& set, const std::string& id, const Patterns& patterns) {
  Manifest manifest;
  manifest.id = id;
  manifest.time = seconds_of_id(id).value_or(0);
  if (patterns.services_dirs.empty()) return manifest;
  manifest.patterns.entrypoint_file = patterns.entrypoint_file;
  const std::string fixed = fixed_part(patterns.services_dirs.front());
  const std::string prefix = fixed.empty() ? "" : fixed + '/';
  for (const std::string& name : set.list()) {
    const std::string service = service_of_stored(name, patterns.entrypoint_file);
    if (service.empty()) continue;
    const auto status = set.status(name);
    if (!status || status->type != FileType::kRegular) continue;
    const std::string path = prefix + service + '/' + patterns.entrypoint_file;
    manifest.files.push_back(entry_of_stored(set, name, path, *status));
  }
  std::ranges::sort(manifest.files, {}, &FileEntry::path);
  manifest.digest = set_digest(manifest.files);
  return manifest;
}

Directory open_set(const Store& store, const SetRef& ref) {
  std::optional<Directory> directory;
  if (is_set_id(ref.id)) directory = store.find_set(ref);
  if (!directory) {
    refuse_usage(fmt::format("no backup {} in {} (see 'list')", in_quotes(ref.label()), in_quotes(store.display())));
  }
  return std::move(*directory);
}

std::optional<std::string> read_manifest(const Directory& set) {
  try {
    return set.read_small_file(Manifest::kFileName, Manifest::kLargest);
  } catch (const Error& error) {
    if (lacks_permission(error)) throw;
    refuse_damaged(error.message());
  }
}

// What is wrong with one stored file, "" when nothing is.
std::string problem_of(const StoredSet& set, const FileEntry& entry) {
  const auto status = set.place_of(entry).directory.status(entry.stored);
  if (!status) return "missing";
  if (status->type != FileType::kRegular) return "not a regular file";
  if (status->size != entry.size) return fmt::format("size {}, not {}", status->size, entry.size);
  if (sha256_of_file(set.open(entry).fd.get(), set.shown(entry), entry.size) != entry.sha256) {
    return "content differs from the manifest";
  }
  return {};
}

std::string readable_problem_of(const StoredSet& set, const FileEntry& entry) {
  try {
    return problem_of(set, entry);
  } catch (const Error& error) {
    if (lacks_permission(error)) throw;
    return error.message();
  }
}

// What lies in the base is no file of this set's directory.
std::string name_of(const StoredSet& set, const FileEntry& entry) {
  return entry.in_base && set.base ? set.shown(entry) : entry.stored;
}

// Files that the manifest does not know. What stands at the top under `_` is ours, but for
// `_files`.
std::vector<FileBelow> unknown_files(const StoredSet& set) {
  std::set<std::string_view> known;
  for (const FileEntry& entry : set.manifest.files) {
    if (!entry.in_base) known.insert(entry.stored);
  }
  return files_below(set.directory, [&](std::string_view path) {
    return known.contains(path) || (path.starts_with('_') && !path.starts_with("_files"));
  });
}

std::optional<SetPlace> find_base(const Store& store, const Manifest& evidence) {
  if (evidence.base.empty()) return std::nullopt;
  const Catalog catalog = read_catalog(store);
  const CatalogEntry* base = catalog.find_base(evidence);
  if (base == nullptr) return std::nullopt;
  auto directory = store.find_set(base->ref);
  if (!directory) return std::nullopt;
  return SetPlace{base->ref, std::move(*directory)};
}

}  // namespace

FoundFile StoredSet::open(const FileEntry& entry) const {
  return place_of(entry).directory.open_regular_file(entry.stored);
}

std::string StoredSet::shown(const FileEntry& entry) const { return place_of(entry).directory.shown(entry.stored); }

const SetPlace& StoredSet::place_of(const FileEntry& entry) const {
  if (!entry.in_base) return *this;
  if (base) return *base;
  refuse_damaged(in_quotes(entry.path) + " lies in " + manifest.base + ", which is gone");
}

StoredSet read_set(const Store& store, const SetRef& ref, const Patterns& patterns) {
  Directory directory = open_set(store, ref);
  const std::string shown = store.shown(ref) + Manifest::kFileName;
  const std::optional<std::string> text = read_manifest(directory);
  if (!text) require_set(store, ref);
  if (!text && ref.shelf == Shelf::kBackups) {
    Manifest manifest = made_up_manifest(directory, ref.id, patterns);
    return {{ref, std::move(directory)}, std::move(manifest), true, std::nullopt};
  }
  if (!text) refuse_damaged(in_quotes(shown) + ": missing");
  Manifest manifest = decode_manifest(shown, *text);
  require_fit_base(manifest, ref, shown);
  manifest.id = ref.id;
  std::optional<SetPlace> base = find_base(store, manifest);
  return {{ref, std::move(directory)}, std::move(manifest), false, std::move(base)};
}

void require_set(const Store& store, const SetRef& ref) {
  if (store.has_set(ref)) return;
  refuse_usage(in_quotes(ref.label()) + " was removed while it was read, as a run's retention does: see 'list'");
}

std::vector<FileBelow> files_below(const Directory& top, const std::function<bool(std::string_view path)>& skip) {
  std::vector<FileBelow> files;
  std::vector<std::string> pending = {""};
  while (!pending.empty()) {
    const std::string above = std::move(pending.back());
    pending.pop_back();
    const std::optional<Directory> directory = top.find_directory_or_root(above);
    if (!directory) continue;
    for (const std::string& name : directory->list()) {
      std::string path = above.empty() ? name : above + '/' + name;
      if (skip && skip(path)) continue;
      const std::optional<FileStatus> status = directory->status(name);
      if (!status) continue;
      if (status->type == FileType::kDirectory) {
        pending.push_back(std::move(path));
      } else {
        files.push_back({std::move(path), *status});
      }
    }
  }
  std::ranges::sort(files, {}, &FileBelow::path);
  return files;
}

std::vector<std::string> verify_set(const StoredSet& set, Work* work, VerifiedFiles which) {
  std::vector<std::string> problems;
  if (set.unverified) return problems;
  for (const FileEntry& entry : set.manifest.files) {
    if (work != nullptr) work->add(entry.size);
    if (entry.absent || (entry.in_base && which == VerifiedFiles::kOwn)) continue;
    const std::string problem = readable_problem_of(set, entry);
    if (!problem.empty()) problems.push_back(printable(name_of(set, entry)) + ": " + problem);
  }
  for (const FileBelow& file : unknown_files(set)) {
    problems.push_back(printable(file.path) + ": not in the manifest");
  }
  return problems;
}

std::optional<StoredSet> find_readable_set(const Store& store, const SetRef& ref, const Patterns& patterns) {
  try {
    return read_set(store, ref, patterns);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string why_not_whole(const Store& store, const SetRef& ref, const Patterns& patterns) {
  try {
    const std::vector<std::string> problems = verify_set(read_set(store, ref, patterns));
    return problems.empty() ? "" : problems.front();
  } catch (const Error& error) {
    return error.message();
  }
}

}  // namespace backstep
