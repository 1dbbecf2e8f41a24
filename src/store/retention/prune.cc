// SPDX-License-Identifier: Apache-2.0
#include "store/retention/prune.h"

#include <algorithm>
#include <map>
#include <utility>

namespace backstep {
namespace {

// A stored file has as many names as sets hold it: its bytes go with the last.
class Shares {
 public:
  void add_all_in(const Directory& set) {
    std::vector<std::string> pending = add_entries(set, "");
    while (!pending.empty()) {
      const std::string path = std::move(pending.back());
      pending.pop_back();
      const std::vector<std::string> more = add_entries(set.open_directory(path), path + "/");
      pending.insert(pending.end(), more.begin(), more.end());
    }
  }
  uint64_t freed() const { return freed_; }

 private:
  // Returns the directories among them, which the caller's path leads to.
  std::vector<std::string> add_entries(const Directory& directory, const std::string& path) {
    std::vector<std::string> directories;
    for (const std::string& name : directory.list()) {
      const std::optional<FileStatus> status = directory.status(name);
      if (status && status->type == FileType::kDirectory) directories.push_back(path + name);
      if (status && status->type != FileType::kDirectory) add(*status);
    }
    return directories;
  }

  void add(const FileStatus& status) {
    const uint64_t names = ++names_[{status.device, status.inode}];
    if (names == status.links) freed_ += status.size;
  }

  std::map<std::pair<uint64_t, uint64_t>, uint64_t> names_;
  uint64_t freed_ = 0;
};

void hide(const Store& store, const std::vector<SetRef>& sets, Shelf shelf) {
  bool touched = false;
  for (const SetRef& ref : sets) {
    if (ref.shelf != shelf) continue;
    touched = true;
    const Directory& directory = store.shelf(shelf);
    directory.remove_tree(kPrunedPrefix + ref.id);
    directory.rename(ref.id, directory, kPrunedPrefix + ref.id, IfExists::kFail);
  }
  if (touched) store.shelf(shelf).sync();
}

}  // namespace

void prune_sets(const Store& store, const std::vector<SetRef>& sets, Progress* progress) {
  // Evidence first, for it may rest on the others. Each on disk before the first file goes: a power
  // cut in between must not bring back the name of a set that is half removed.
  for (const Shelf shelf : {Shelf::kFailed, Shelf::kBackups, Shelf::kGood})
    hide(store, sets, shelf);
  Work work(progress, {.doing = "removing", .noun = "set", .count = sets.size()});
  for (const SetRef& ref : sets) {
    store.shelf(ref.shelf).remove_tree(kPrunedPrefix + ref.id);
    work.add();
  }
}

uint64_t bytes_freed_by(const Store& store, const std::vector<SetRef>& sets) {
  Shares shares;
  for (const SetRef& ref : sets) {
    if (const auto set = store.find_set(ref)) shares.add_all_in(*set);
  }
  return shares.freed();
}

}  // namespace backstep
