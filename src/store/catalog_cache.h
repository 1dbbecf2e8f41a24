// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "store/store.h"
#include "system/file_status.h"

namespace backstep {

// The first and the last line of each manifest, as they were when a catalog read them: a cache,
// deleted without harm, for what lists and retention ask of hundreds of sets.
//
// It speaks for a manifest as long as that is the same file with the same size and times, which no
// set changes once it is published. Nothing is restored by it: a set that is used is read whole.
class CatalogCache {
 public:
  // A missing, torn or foreign one is empty.
  static CatalogCache load(const Store& store);

  // null: not known, or the manifest is not the one that was read.
  const std::string* find(const SetRef& ref, const FileStatus& manifest);
  void put(const SetRef& ref, const FileStatus& manifest, std::string ends);

  // Whether sets came or went since it was loaded: those neither found nor put are gone.
  bool changed() const;
  // What was found or put. Only by who holds the lock. Errors are thrown; the caller says them and
  // goes on, for it is a cache.
  void save(const Store& store) const;

 private:
  struct Known {
    uint64_t inode = 0;
    uint64_t size = 0;
    int64_t mtime_ns = 0;
    int64_t ctime_ns = 0;
    std::string ends;
    bool here = false;
  };

  std::map<std::pair<std::string, Shelf>, Known> known_;
  bool added_ = false;
};

}  // namespace backstep
