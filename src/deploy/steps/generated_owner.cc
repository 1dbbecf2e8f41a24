// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/generated_owner.h"

#include "base/error.h"
#include "system/files/directory.h"

namespace backstep {
namespace {

// Up to the first that is not root's: that one's owner can remove what is beneath it. Not above
// services_dir, where the generator has no business.
std::vector<std::string> roots_directories_above(const std::string& path, const Directory& root,
                                                 const Patterns& patterns) {
  std::vector<std::string> directories;
  for (const std::string& pattern : patterns.services_dirs) {
    const std::string fixed = fixed_part(pattern);
    if (fixed.empty() || !path.starts_with(fixed + "/")) continue;
    for (std::string_view at = parts_of(path).parent; at.size() >= fixed.size();
         at = parts_of(at).parent) {
      if (root.open_directory(at).own_status().uid != 0) break;
      directories.emplace_back(at);
    }
    break;
  }
  return directories;
}

}  // namespace

bool give_generated_to_owner(const Site& site, const LiveSet& before, const LiveSet& live) {
  const Directory& root = site.context.workspace.directory;
  const FileStatus workspace = root.own_status();
  if (effective_user() != 0 || workspace.uid == 0 || !may_change_owner()) return false;
  bool changed = false;
  try {
    for (const FileEntry& file : live.files) {
      if (file.absent || file.owner.uid != 0) continue;
      const FileEntry* then = find_entry(before.files, file.path);
      const bool is_new = then == nullptr || then->absent;
      const Owner owner = is_new ? workspace.owner() : then->owner;
      if (owner.uid == 0) continue;
      changed = give_to(root.open_file(file.path).get(), owner, file.path) || changed;
      if (!is_new) continue;
      for (const std::string& each :
           roots_directories_above(file.path, root, site.context.patterns)) {
        changed = give_to(root.open_directory(each).fd(), owner, each) || changed;
      }
    }
  } catch (const Error& error) {
    site.context.listener.warning("what the generator made stays root's: " + error.message());
  }
  return changed;
}

}  // namespace backstep
