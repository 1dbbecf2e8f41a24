// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "store/file_entry.h"
#include "store/store.h"
#include "system/file_status.h"

namespace backstep {

// What was last stored of each file: a cache, deleted without harm, never trusted beyond what it
// can show. It answers two questions: has the live file changed since it was hashed, and does the
// stored copy still look as it did.
struct IndexRecord {
  FileEntry entry;  // path, stored name, size, mode, owner, sha256
  SetRef set;       // where the copy lies
  uint64_t live_inode = 0;
  int64_t live_ctime_ns = 0;
  int64_t live_mtime_ns = 0;
  int64_t hashed_at_ns = 0;  // wall clock, before the file was opened
  uint64_t copy_inode = 0;
  int64_t copy_mtime_ns = 0;
};

class Index {
 public:
  static constexpr uint64_t kMostLinks = 10;
  // A file that changed within this time before it was hashed may have changed again unseen: its
  // time stamps are as coarse as the kernel's tick, on some file systems two seconds.
  static constexpr int64_t kRacyNs = 2'000'000'000;

  // A missing, torn or foreign index is an empty one.
  static Index load(const Store& store);
  // Errors are thrown; the caller says them and goes on, for it is a cache.
  void save(const Store& store) const;

  const IndexRecord* find(std::string_view path) const;
  void put(IndexRecord record);

  // The live file is the very one that was hashed.
  static bool live_unchanged(const IndexRecord& record, const FileStatus& live);
  // The stored copy looks as recorded, and takes another link.
  static bool copy_usable(const IndexRecord& record, const FileStatus& copy);

 private:
  std::map<std::string, IndexRecord, std::less<>> records_;
};

}  // namespace backstep
