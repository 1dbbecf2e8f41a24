// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/generated_owner.h"

#include "base/error.h"
#include "system/files/directory.h"

namespace backstep {
namespace {

class GivingToOwner {
 public:
  GivingToOwner(const Directory& root, Owner owner, const Patterns& patterns)
      : root_(root), owner_(owner) {
    for (const std::string& pattern : patterns.services_dirs) {
      const std::string fixed = fixed_part(pattern);
      if (!fixed.empty()) services_.push_back(fixed + "/");
    }
  }

  void file(const FileEntry& file, const FileEntry* before) {
    if (file.owner.uid != 0) return;
    if (before != nullptr && !before->absent) {
      if (before->owner.uid != 0) give(root_.open_file(file.path).get(), before->owner, file.path);
      return;
    }
    give(root_.open_file(file.path).get(), owner_, file.path);
    for (const std::string& services : services_) {
      if (file.path.starts_with(services)) return directories_above(file.path, services);
    }
  }

  bool changed() const { return changed_; }

 private:
  void give(int fd, Owner owner, const std::string& path) {
    changed_ = give_to(fd, owner, path) || changed_;
  }

  // Up to the first that is not root's: that one's owner can remove what is beneath it. Not above
  // services_dir, where the generator has no business.
  void directories_above(const std::string& path, const std::string& services) {
    for (PathParts parts = parts_of(path); parts.parent.size() + 1 >= services.size();
         parts = parts_of(parts.parent)) {
      const std::string name(parts.parent);
      const Directory directory = root_.open_directory(name);
      if (directory.own_status().uid != 0) return;
      give(directory.fd(), owner_, name);
    }
  }

  const Directory& root_;
  Owner owner_;
  std::vector<std::string> services_;
  bool changed_ = false;
};

}  // namespace

bool give_generated_to_owner(const Site& site, const LiveSet& before, const LiveSet& live) {
  const Directory& root = site.context.workspace.directory;
  const FileStatus workspace = root.own_status();
  if (effective_user() != 0 || workspace.uid == 0 || !may_change_owner()) return false;
  GivingToOwner giving(root, workspace.owner(), site.context.patterns);
  try {
    for (const FileEntry& file : live.files) {
      if (!file.absent) giving.file(file, find_entry(before.files, file.path));
    }
  } catch (const Error& error) {
    site.context.listener.warning("what the generator made stays root's: " + error.message());
  }
  return giving.changed();
}

}  // namespace backstep
