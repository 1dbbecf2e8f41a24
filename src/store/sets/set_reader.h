// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sets/manifest.h"
#include "store/store.h"
#include "system/progress.h"

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

// Where files lie.
struct SetPlace {
  SetRef ref;
  Directory directory;
};

// A stored set, opened for reading.
struct StoredSet : SetPlace {
  Manifest manifest;
  bool unverified = false;       // the original's: no manifest, nothing to check against
  std::optional<SetPlace> base;  // what the manifest names, if it is there

  // These throw Error (kDamaged) when the file lies in a base that is gone.
  const SetPlace& place_of(const FileEntry& entry) const;
  FoundFile open(const FileEntry& entry) const;
  std::string shown(const FileEntry& entry) const;
  RecordedSet recorded() const { return {manifest.name(), ref}; }
};

// Throws Error: kDamaged when the manifest is, kUsage when there is no such set. A set without a
// manifest gets one made up from its file names (SERVICE_ENTRYPOINT -> SERVICES_DIR/SERVICE/
// ENTRYPOINT) and from what the files are now, as the original restored it.
StoredSet read_set(const Store& store, const SetRef& ref, const Patterns& patterns);

// For who missed something in a set: throws Error (kUsage) when it does not stand under its name
// any more, for then it is not damaged but gone.
void require_set(const Store& store, const SetRef& ref);

struct FileBelow {
  std::string path;
  FileStatus status;
};
// All that is no directory, wherever below `top`, sorted by path. What `skip` wants is passed over
// with all that lies beneath it.
std::vector<FileBelow> files_below(const Directory& top,
                                   const std::function<bool(std::string_view path)>& skip = nullptr);

// nullopt: it cannot be read. For who only compares: whoever goes back to it will be told why.
std::optional<StoredSet> find_readable_set(const Store& store, const SetRef& ref, const Patterns& patterns);

// What is wrong with it, one line a problem: missing, wrong size, wrong content. Empty: all hashes
// fit. Throws SystemError where we may not look. An unverified set is never wrong. `work` may be
// null: each file that was looked at is added.
enum class VerifiedFiles { kAll, kOwn };  // kOwn: without those in the base
std::vector<std::string> verify_set(const StoredSet& set, Work* work = nullptr,
                                    VerifiedFiles which = VerifiedFiles::kAll);

// The first of what is wrong with it, or why it cannot be read at all; "" for a whole set.
std::string why_not_whole(const Store& store, const SetRef& ref, const Patterns& patterns);

}  // namespace backstep
