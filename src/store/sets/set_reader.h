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
std::vector<FileBelow> files_below(
    const Directory& top, const std::function<bool(std::string_view path)>& skip = nullptr);

// nullopt: it cannot be read. For who only compares: whoever goes back to it will be told why.
std::optional<StoredSet> find_readable_set(const Store& store, const SetRef& ref,
                                           const Patterns& patterns);

// What is wrong with it, one line a problem: missing, wrong size, wrong content. Empty: all hashes
// fit. Throws SystemError where we may not look. An unverified set is never wrong. `work` may be
// null: each file that was looked at is added.
enum class VerifiedFiles { kAll, kOwn };  // kOwn: without those in the base
std::vector<std::string> verify_set(const StoredSet& set, Work* work = nullptr,
                                    VerifiedFiles which = VerifiedFiles::kAll);

// The first of what is wrong with it, or why it cannot be read at all; "" for a whole set.
std::string why_not_whole(const Store& store, const SetRef& ref, const Patterns& patterns);

}  // namespace backstep
