// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "backup/glob.h"
#include "base/error.h"
#include "base/text.h"
#include "store/file_entry.h"

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

void require_storable(const std::string& path, const FileStatus& status) {
  if (status.type != FileType::kRegular) {
    refuse(path, fmt::format("it is {}, not a regular file", name_of(status.type)));
  }
  if ((status.mode & kSetIds) != 0) {
    refuse(path, "it is setuid or setgid; take the bit away or leave the file out");
  }
  if (!is_utf8(path)) refuse(path, "its name is not UTF-8");
}

// A mistyped services_dir that names a file must not pass for a first run.
void require_nothing_else(const Directory& workspace, const Patterns& patterns) {
  const std::string& path = patterns.services_dir;
  const auto status = workspace.status(path);
  if (status) refuse(path, fmt::format("it is {}, not a directory", name_of(status->type)));
}

class Finder {
 public:
  Finder(const Directory& workspace, const Patterns& patterns, const StorePlace& store,
         Oddities oddities)
      : workspace_(workspace), patterns_(patterns), store_(store), oddities_(oddities) {}

  TrackedFiles find() {
    find_services();
    for (const std::string& pattern : patterns_.files) find_files(pattern);
    tidy(result_.present);
    tidy(result_.absent);
    tidy(result_.odd);
    return std::move(result_);
  }

 private:
  static const std::string& path_of(const TrackedFile& file) { return file.path; }
  static const std::string& path_of(const std::string& path) { return path; }

  template <typename Found>
  static void tidy(std::vector<Found>& found) {
    const auto before = [](const Found& a, const Found& b) { return path_of(a) < path_of(b); };
    const auto same = [](const Found& a, const Found& b) { return path_of(a) == path_of(b); };
    // The names of a directory come in order already.
    if (!std::is_sorted(found.begin(), found.end(), before)) {
      std::sort(found.begin(), found.end(), before);
    }
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
  }

  bool is_excluded(const std::string& path) const { return never_tracked(path, store_); }

  void add(const std::string& path, const FileStatus& status) {
    if (oddities_ == Oddities::kReport && status.type != FileType::kRegular) {
      result_.odd.push_back(path);
      return;
    }
    require_storable(path, status);
    result_.present.push_back({path, status});
  }

  void find_services() {
    const std::optional<Directory> services = workspace_.find_directory(patterns_.services_dir);
    result_.services_dir_missing = !services;
    if (!services && oddities_ == Oddities::kRefuse) require_nothing_else(workspace_, patterns_);
    if (!services) return;
    for (const auto& [name, type] : services->list_types()) {
      if (type != FileType::kSymlink && type != FileType::kDirectory) continue;
      if (is_excluded(patterns_.services_dir + "/" + name)) continue;
      if (type == FileType::kSymlink) refuse_linked_service(*services, name);
      if (type == FileType::kDirectory) find_entrypoint(*services, name);
    }
  }

  // A symlink to a plain file beside the services disturbs nobody.
  void refuse_linked_service(const Directory& services, const std::string& name) const {
    if (oddities_ == Oddities::kReport || !services.leads_to_directory(name)) return;
    refuse(patterns_.services_dir + "/" + name,
           "the service is a symlink; put its directory there, or the link outside");
  }

  void find_entrypoint(const Directory& services, const std::string& name) {
    const std::string script = name + '/' + patterns_.entrypoint_file;
    const std::string path = patterns_.services_dir + '/' + script;
    const auto status = services.glance(script);
    const bool nameable = is_storable_service(name, patterns_.entrypoint_file);
    if (!status) {
      if (nameable) result_.absent.push_back(path);
      return;
    }
    if (!nameable && oddities_ == Oddities::kReport) return;
    if (!nameable) {
      refuse(path, fmt::format("service names are up to 64 of A-Z a-z 0-9 . _ - and start with a "
                               "letter or digit, without '_{}'",
                               patterns_.entrypoint_file));
    }
    add(path, *status);
  }

  void find_files(const std::string& pattern) {
    if (!has_wildcard(pattern)) return find_literal(pattern);
    const auto skipped = [this](const std::string& path) { return is_excluded(path); };
    for (const std::string& path : files_matching(workspace_, pattern, skipped)) {
      if (is_excluded(path)) continue;
      if (const auto status = workspace_.status(path)) add(path, *status);
    }
  }

  void find_literal(const std::string& path) {
    if (is_excluded(path)) refuse(path, "it lies in the store or in .git");
    const auto status = workspace_.status(path);
    if (!status) {
      result_.absent.push_back(path);
      result_.warnings.push_back(fmt::format("{} (from 'files') does not exist", printable(path)));
      return;
    }
    add(path, *status);
  }

  const Directory& workspace_;
  const Patterns& patterns_;
  const StorePlace& store_;
  Oddities oddities_;
  TrackedFiles result_;
};

}  // namespace

std::vector<std::string> TrackedFiles::present_paths() const {
  std::vector<std::string> paths;
  paths.reserve(present.size());
  for (const TrackedFile& file : present) paths.push_back(file.path);
  return paths;
}

bool has_services_dir(const Directory& workspace, const Patterns& patterns) {
  if (workspace.find_directory(patterns.services_dir)) return true;
  require_nothing_else(workspace, patterns);
  return false;
}

bool never_tracked(const std::string& path, const StorePlace& store) {
  const std::string framed = "/" + path + "/";
  if (framed.find("/.git/") != std::string::npos) return true;
  return !store.absolute && framed.starts_with("/" + store.path + "/");
}

TrackedFiles find_tracked_files(const Directory& workspace, const Patterns& patterns,
                                const StorePlace& store, Oddities oddities) {
  return Finder(workspace, patterns, store, oddities).find();
}

}  // namespace backstep
