// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/known_copies.h"

#include <fmt/core.h>

namespace backstep {

std::optional<FileStatus> KnownCopies::link(SetWriter& writer, const FileEntry& entry) {
  const IndexRecord* record = index_.find(entry.path);
  if (record == nullptr || record->entry.sha256 != entry.sha256 ||
      record->entry.size != entry.size || record->entry.mode != entry.mode ||
      record->entry.owner != entry.owner) {
    return std::nullopt;
  }
  const Directory* set = opened_set(record->set);
  if (set == nullptr) return std::nullopt;
  auto copy = set->status(record->entry.stored);
  const bool linked = copy && Index::copy_usable(*record, *copy) &&
                      writer.add_link(entry, *set, record->entry.stored);
  return linked ? copy : std::nullopt;
}

const Directory* KnownCopies::opened_set(const SetRef& ref) {
  const std::string key = fmt::format("{}/{}", static_cast<int>(ref.shelf), ref.id);
  auto found = sets_.find(key);
  if (found == sets_.end()) found = sets_.emplace(key, store_.find_set(ref)).first;
  return found->second ? &*found->second : nullptr;
}

}  // namespace backstep
