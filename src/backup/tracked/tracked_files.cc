// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/tracked_files.h"

#include <fmt/core.h>

#include <optional>
#include <set>
#include <tuple>

#include "base/text.h"
#include "store/sets/file_entry.h"

namespace backstep {
namespace {

constexpr mode_t kSetIds = 06000;

[[noreturn]] void refuse(const std::string& path, std::string_view why) {
  throw Error(ExitCode::kBackupFailed, fmt::format("cannot back up {}: {}", in_quotes(path), why));
}

std::string_view name_of(FileType type) {
  if (type == FileType::kSymlink) return "a symlink";
  return type == FileType::kDirectory ? "a directory" : "a FIFO, socket or device";
}

// Why a file cannot be stored; "" where it can.
std::string why_not_storable(const std::string& path, const FileStatus& status) {
  if (status.type != FileType::kRegular) {
    return fmt::format("it is {}, not a regular file", name_of(status.type));
  }
  if ((status.mode & kSetIds) != 0) {
    return "it is setuid or setgid; take the bit away";
  }
  return is_utf8(path) ? "" : "its name is not UTF-8";
}

// A mistyped services_dir that names a file must not pass for a first run.
void require_nothing_else(const Directory& workspace, const std::string& path) {
  const auto status = workspace.status(path);
  if (status && status->type != FileType::kDirectory) {
    refuse(path, fmt::format("it is {}, not a directory", name_of(status->type)));
  }
}

class Finder {
 public:
  Finder(const Tree& tree, Oddities oddities) : tree_(tree), oddities_(oddities) {
    watch_.skipped = [this](const std::string& path) { return passes_over(tree_, path); };
    watch_.left_out = [this](const std::string& path, const Error& error) { leave_out(path, error, false); };
  }

  TrackedFiles find() {
    for (const std::string& pattern : patterns_.services_dirs) {
      look(pattern, Found::kByName, [&] { find_services(pattern); });
    }
    for (const std::string& pattern : patterns_.files) {
      look(pattern, Found::kByName, [&] { find_files(pattern); });
    }
    result_.services_dir_missing = missing_.size() == patterns_.services_dirs.size();
    if (!result_.services_dir_missing) {
      for (const std::string& pattern : missing_) say_missing(fixed_part(pattern), "services_dir");
    }
    tidy();
    if (oddities_ == Oddities::kRefuse) refuse_same_names();
    return std::move(result_);
  }

 private:
  using Kind = TrackedFile::Kind;

  void tidy() {
    std::vector<TrackedFile>& files = result_.files;
    const auto key = [](const TrackedFile& file) { return std::tie(file.path, file.kind); };
    // The names of a directory come in order already.
    if (!std::ranges::is_sorted(files, {}, key)) std::ranges::sort(files, {}, key);
    const auto again = std::ranges::unique(files, {}, &TrackedFile::path);
    files.erase(again.begin(), again.end());
  }

  // Several patterns may meet it.
  void leave_out(const std::string& path, const std::string& words, Kind kind = Kind::kUnstored) {
    if (is_utf8(path)) result_.files.push_back({path, kind});
    if (left_out_.insert(path).second) result_.warnings.push_back(words);
  }

  void leave_out(const std::string& path, const Error& error, bool named) {
    leave_out(path, left_out_words(workspace_, path, error, oddities_, named), Kind::kClosed);
  }

  enum class Found { kByName, kByWildcard };
  // False: it is left out.
  template <typename Look>
  bool look(const std::string& path, Found found, const Look& look) {
    try {
      look();
      return true;
    } catch (const Error& error) {
      leave_out(path, error, found == Found::kByName);
      return false;
    }
  }

  // What the user named.
  void add(const std::string& path, const FileStatus& status) {
    const std::string why = why_not_storable(path, status);
    if (why.empty()) return result_.files.push_back({path, Kind::kPresent, status});
    if (oddities_ == Oddities::kRefuse) refuse(path, why + " ('exclude' leaves it out)");
    result_.files.push_back({path, Kind::kOdd});
    result_.warnings.push_back(left_out_words(path, why));
  }

  // What a wildcard found beside it.
  void add_match(const std::string& path, const FileStatus& status) {
    const std::string why = why_not_storable(path, status);
    if (!why.empty()) return leave_out(path, left_out_words(path, why));
    result_.files.push_back({path, Kind::kPresent, status});
  }

  void find_services(const std::string& pattern) {
    const bool by_wildcard = has_wildcard(pattern);
    if (!workspace_.find_directory_or_root(fixed_part(pattern))) {
      if (!by_wildcard && oddities_ == Oddities::kRefuse) require_nothing_else(workspace_, pattern);
      return missing_.push_back(pattern);
    }
    if (!by_wildcard) return find_services_in(pattern, pattern);
    const std::vector<std::string> found = paths_matching(workspace_, pattern, Wanted::kDirectories, watch_);
    if (found.empty()) {
      result_.warnings.push_back(printable(pattern) + " (from 'services_dir') matches no directory");
    }
    for (const std::string& path : found) find_services_in(path, pattern);
  }

  void find_services_in(const std::string& directory, const std::string& pattern) {
    std::optional<Directory> services;
    std::vector<NamedType> names;
    look(directory, has_wildcard(pattern) ? Found::kByWildcard : Found::kByName, [&] {
      services = workspace_.find_directory_or_root(directory);
      if (services) names = services->list_types();
    });
    for (const auto& [name, type] : names) {
      const std::string path = directory.empty() ? name : directory + "/" + name;
      if (type != FileType::kSymlink && type != FileType::kDirectory) continue;
      if (passes_over(tree_, path) || workspace_.leads_back(path)) continue;
      if (type == FileType::kSymlink) leave_out_linked_service(*services, name, path);
      if (type == FileType::kDirectory) find_entrypoint(*services, name, path, pattern);
    }
  }

  // A symlink to a plain file beside the services disturbs nobody.
  void leave_out_linked_service(const Directory& services, const std::string& name, const std::string& path) {
    if (!services.leads_to_directory(name)) return;
    leave_out(path, left_out_words(path, "the service is a symlink; put its directory there, or the link outside"));
  }

  void find_entrypoint(const Directory& services, const std::string& name, const std::string& directory,
                       const std::string& pattern) {
    const std::string script = name + '/' + patterns_.entrypoint_file;
    const std::string path = directory + '/' + patterns_.entrypoint_file;
    std::optional<FileStatus> status;
    // A directory that may not be entered is no service that we could bring back.
    if (!look(directory, Found::kByWildcard, [&] { status = services.glance(script); })) return;
    const bool nameable = !patterns_.service_of(path).empty();
    if (!status) {
      // Beneath a wildcard most directories are no services.
      if (nameable && !has_wildcard(pattern)) result_.files.push_back({path, Kind::kAbsent});
      return;
    }
    if (nameable) return add(path, *status);
    if (patterns_.is_excluded(path)) return;
    const std::string why =
        fmt::format("service names are up to 64 of A-Z a-z 0-9 . _ - and start with a letter or digit, without '_{}'",
                    patterns_.entrypoint_file);
    leave_out(directory, left_out_words(directory, why));
  }

  void find_files(const std::string& pattern) {
    if (!has_wildcard(pattern)) return find_literal(pattern);
    const std::vector<std::string> found = paths_matching(workspace_, pattern, Wanted::kFiles, watch_);
    if (found.empty()) {
      result_.warnings.push_back(printable(pattern) + " (from 'files') matches no file");
    }
    for (const std::string& path : found) {
      if (passes_over(tree_, path)) continue;
      look(path, Found::kByWildcard, [&] {
        if (const auto status = workspace_.status(path)) add_match(path, *status);
      });
    }
  }

  void say_missing(const std::string& path, std::string_view setting) {
    const auto [parent, name] = parts_of(path);
    const auto above = workspace_.find_directory_or_root(parent);
    result_.warnings.push_back(fmt::format("{} (from '{}') does not exist{}", printable(path), setting,
                                           above ? suggestion(name, above->list()) : ""));
  }

  void find_literal(const std::string& path) {
    if (passes_over(tree_, path)) refuse(path, "it lies in the store or in .git");
    const auto status = workspace_.status(path);
    if (!status) {
      result_.files.push_back({path, Kind::kAbsent});
      return say_missing(path, "files");
    }
    add(path, *status);
  }

  // A service's name is what is checked, listed and restored by.
  void refuse_same_names() const {
    std::map<std::string, std::string> scripts;
    for (const auto& [path, kind, status] : result_.files) {
      const std::string service = kind == Kind::kPresent ? patterns_.service_of(path) : "";
      if (service.empty()) continue;
      const auto [known, is_new] = scripts.emplace(service, path);
      if (is_new) continue;
      refuse_usage(fmt::format("two services are called {}: {} and {}; rename one, or leave one out by 'exclude'",
                               in_quotes(service), in_quotes(known->second), in_quotes(path)));
    }
  }

  const Tree& tree_;
  const Directory& workspace_ = tree_.workspace.directory;
  const Patterns& patterns_ = tree_.patterns;
  Oddities oddities_;
  GlobWatch watch_;
  std::set<std::string> left_out_;
  std::vector<std::string> missing_;  // of services_dir
  TrackedFiles result_;
};

}  // namespace

bool is_held(const FileStatus& status) { return status.mount_point || status.immutable || status.append_only; }

std::vector<std::string> TrackedFiles::paths(TrackedFile::Kind kind) const {
  std::vector<std::string> paths;
  for (const TrackedFile& file : files) {
    if (file.kind == kind) paths.push_back(file.path);
  }
  return paths;
}

bool never_tracked(const std::string& path, const StorePlace& store) {
  if (is_never_tracked(path)) return true;
  return !store.absolute && (path + "/").starts_with(store.path + "/");
}

bool passes_over(const Tree& tree, const std::string& path) {
  return never_tracked(path, tree.store) || tree.patterns.is_excluded(path);
}

TrackedFiles find_tracked_files(const Tree& tree, Oddities oddities) { return Finder(tree, oddities).find(); }

}  // namespace backstep
