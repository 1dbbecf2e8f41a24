// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "report/diff/file_diff.h"
#include "unit/store/stored_sets.h"

namespace backstep::test {

// Two sides with one script, whose bytes lie in files of their own; nullopt: it is not there.
struct DiffScene {
  TempDir temp;
  Directory directory = Directory::open_root(temp.path(), "");
  ComparedSide from;
  ComparedSide to;
  std::vector<FileDifference> found;

  DiffScene(const std::optional<std::string>& before, const std::optional<std::string>& after,
            const std::string& path = service_path("a"), mode_t mode_after = 0755) {
    from.label = "2024-03-10_14-23-00";
    fill(from, "before", path, before, 0755);
    fill(to, "after", path, after, mode_after);
    found = differences(from, to);
  }

  FileDiff diff(const Secrets& secrets = Secrets()) const { return FileDiff(found.at(0), from, to, secrets); }

 private:
  void fill(ComparedSide& side, const std::string& name, const std::string& path,
            const std::optional<std::string>& text, mode_t mode) {
    if (text) temp.write(name, *text);
    side.files = {text ? entry_for(path, *text, mode) : absent_entry(path)};
    side.open = [this, name](const FileEntry&) { return directory.open_file(name); };
  }
};

}  // namespace backstep::test
