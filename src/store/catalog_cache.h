// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "store/manifest.h"
#include "store/store.h"
#include "system/file_status.h"

namespace backstep {

// What the first and the last line of each manifest said when a catalog read them: a cache, deleted
// without harm, for what lists and retention ask of hundreds of sets.
//
// It speaks for a manifest as long as that is the same file with the same size and times: published
// sets never change. It does not see a disk that rots beneath an unchanged file, nor an edit of the
// same size within one tick of the file system's clock. So it is for what is shown; what removes a
// set or goes back to one reads the manifests.
class CatalogCache {
 public:
  // A missing, torn or foreign one is empty.
  static CatalogCache load(const Store& store);

  bool knows(const SetRef& ref) const;
  // null: not known, or the manifest is not the one that was read. What is found is here, and so is
  // saved again.
  const ManifestSummary* find(const SetRef& ref, const FileStatus& manifest);
  const ManifestSummary* put(const SetRef& ref, const FileStatus& manifest,
                             ManifestSummary summary);
  // It is about to be removed.
  void forget(const SetRef& ref);

  // Whether sets came or went since it was loaded: those neither found nor put are gone.
  bool changed() const;
  // Only by who holds the lock. Errors are thrown; the caller says them and goes on, for it is a
  // cache.
  void save(const Store& store) const;

 private:
  struct Known {
    uint64_t inode = 0;
    uint64_t size = 0;
    int64_t mtime_ns = 0;
    int64_t ctime_ns = 0;
    ManifestSummary summary;
    bool here = false;
  };

  std::map<std::pair<std::string, Shelf>, Known> known_;
  bool added_ = false;
};

}  // namespace backstep
