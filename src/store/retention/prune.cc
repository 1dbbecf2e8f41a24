// SPDX-License-Identifier: Apache-2.0
#include "store/retention/retention.h"

#include <map>
#include <utility>

namespace backstep {
namespace {

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

std::vector<SetRef> Pruning::leaving() const {
  std::vector<SetRef> refs;
  for (const RetentionDecision& decision : decisions) {
    if (!decision.keep) refs.push_back(decision.ref);
  }
  return refs;
}

Pruning decide_pruning(const Store& store, const Retention& policy, const Patterns& patterns,
                       const std::vector<SetRef>& in_use, int64_t now) {
  const Catalog catalog = read_catalog(store);
  const Verdicts verdicts = Verdicts::load(store);
  RetentionInput input{.catalog = catalog, .verdicts = verdicts, .in_use = in_use, .now = now};
  Pruning pruning{.decisions = {}, .loss = known_good(catalog, verdicts).loss()};
  input.is_whole = [&](const SetRef& ref) {
    const std::string why = why_not_whole(store, ref, patterns);
    if (!why.empty() && store.has_set(ref)) pruning.unsound.push_back(ref.label() + " is not whole: " + why);
    return why.empty();
  };
  pruning.decisions = decide_retention(policy, input);
  return pruning;
}

void prune_sets(const Store& store, const std::vector<SetRef>& sets, Progress* progress) {
  // Evidence first, for it may rest on the others. Each on disk before the first file goes: a power
  // cut in between must not bring back the name of a set that is half removed.
  for (const Shelf shelf : {Shelf::kFailed, Shelf::kBackups, Shelf::kGood}) hide(store, sets, shelf);
  Work work(progress, {.doing = "removing", .noun = "set", .count = sets.size()});
  for (const SetRef& ref : sets) {
    store.shelf(ref.shelf).remove_tree(kPrunedPrefix + ref.id);
    work.add();
  }
}

// A stored file has as many names as sets hold it: its bytes go with the last.
uint64_t bytes_freed_by(const Store& store, const std::vector<SetRef>& sets) {
  std::map<std::pair<uint64_t, uint64_t>, uint64_t> names;
  uint64_t freed = 0;
  for (const SetRef& ref : sets) {
    const std::optional<Directory> set = store.find_set(ref);
    if (!set) continue;
    for (const auto& [path, status] : files_below(*set)) {
      if (++names[{status.device, status.inode}] == status.links) freed += status.size;
    }
  }
  return freed;
}

}  // namespace backstep
