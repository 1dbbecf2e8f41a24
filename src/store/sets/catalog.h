// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sets/manifest.h"
#include "store/store.h"

namespace backstep {

struct CatalogEntry {
  enum class State {
    kComplete,    // has a manifest that reads well (header and trailer)
    kUnverified,  // the original's: no manifest
    kDamaged,     // its manifest does not read
    kNewer,       // written by a newer version: left alone
  };
  SetRef ref;
  State state = State::kComplete;
  Manifest manifest;  // header and digest, without files
  size_t file_count = 0;
  std::string trouble;  // why it is damaged or newer
  bool unread = false;  // damaged as far as we know: the disk did not give us its manifest
};

// All sets of a store, oldest first, over all three shelves: by sequence, then by uid. What has no
// sequence that can be read, as the original's sets, has its place by the time of its ID: right
// after the last of ours that is not later. So what the original script made after our last set is
// the newest. A date that is not believable has no say: such a directory comes before all others,
// and such a set of ours stays where its sequence puts it.
struct Catalog {
  std::vector<CatalogEntry> entries;
  std::vector<std::string> foreign;  // names in backups_dir that are none of ours: reported once

  const CatalogEntry* find(const SetRef& ref) const;
  // What the journal, the records or a base call so (Manifest::name()); null: it is not here.
  const CatalogEntry* find_named(std::string_view name) const;
  // Where the files lie that an evidence does not hold itself; null: in no set that is here.
  const CatalogEntry* find_base(const Manifest& evidence) const;
  // What is not here is older than all that is.
  bool is_newer(const SetRef& one, const SetRef& other) const;
  // Complete sets of backups/ and good/ with this digest, newest first.
  std::vector<const CatalogEntry*> with_digest(std::string_view digest) const;
};

// Reads the first and the last line of each manifest. A set that a retention removes meanwhile is
// not in it.
Catalog read_catalog(const Store& store);

// "2024-03-10_14-23-00" finds backups and good/, "failed/ID" evidence; "latest" is the newest
// backup, "failed" and "failed/latest" the newest evidence. nullopt: no such set.
std::optional<SetRef> find_by_name(const Catalog& catalog, std::string_view name);

// The same for what a user typed, who may leave out the end of an ID where one set alone begins so:
// Error (kUsage) when there is no such set, or are several.
SetRef named_set(const Catalog& catalog, std::string_view name);

// The same for what the journal or the records name, where it is here.
RecordedSet recorded_set(const Catalog& catalog, const std::string& name);

}  // namespace backstep
