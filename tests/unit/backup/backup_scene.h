// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "backup/restore/restore_plan.h"
#include "backup/take.h"
#include "store/sets/set_reader.h"
#include "unit/store/stored_sets.h"

namespace backstep::test {

// A workspace with services, and a store that sets are really taken into.
struct BackupScene : StoreScene {
  Patterns patterns = original_patterns();
  Progress* progress = nullptr;

  Tree tree() const { return {workspace, patterns, place, progress}; }

  void script(const std::string& service, const std::string& text, unsigned mode = 0755) const {
    temp.write(service_path(service), text, mode);
  }
  std::string script_of(const std::string& service) const { return temp.read(service_path(service)); }

  TakenSet take(const std::string& id, Shelf shelf = Shelf::kBackups) const {
    return take_set(tree(), store, shelf, manifest_for(id));
  }
  StoredSet read(const std::string& id, Shelf shelf = Shelf::kBackups) const {
    return read_set(store, {shelf, id}, patterns);
  }
  LiveSet live(Oddities oddities = Oddities::kReport) const { return read_live_set(tree(), nullptr, oddities); }

  struct stat status(const std::string& name) const {
    struct stat result {};
    lstat((temp / name).c_str(), &result);
    return result;
  }
  // Everything beneath the workspace but the store: path -> mode and content.
  std::map<std::string, std::string> everything() const {
    std::map<std::string, std::string> found;
    const size_t skip = temp.path().size() + 1;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(temp.path())) {
      const std::string path = entry.path().string().substr(skip);
      if (path.starts_with("backups")) continue;
      const std::string mode = std::to_string(status(path).st_mode & 07777);
      found[path] = mode + (entry.is_regular_file() ? " " + temp.read(path) : "");
    }
    return found;
  }
};

// A plan in short: "+created ~replaced -removed".
inline std::string in_short(const RestorePlan& plan) {
  std::string text;
  for (const RestoreStep& step : plan.steps) {
    const bool creates = step.kind == RestoreStep::Kind::kCreate;
    const char* sign = creates ? "+" : step.kind == RestoreStep::Kind::kReplace ? "~" : "-";
    text += (text.empty() ? "" : " ") + (sign + step.path());
  }
  return text;
}

inline constexpr const char* kFirst = "2024-03-10_14-23-00";
inline constexpr const char* kSecond = "2024-03-10_14-23-01";

}  // namespace backstep::test
