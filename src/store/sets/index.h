// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "store/sets/file_entry.h"
#include "store/store.h"
#include "system/files/file_status.h"

namespace backstep {

// What was last stored of each file: a cache, deleted without harm, never trusted beyond what it can show. It answers
// two questions: has the live file changed since it was hashed, and does the stored copy still look as it did.
struct IndexRecord {
  uint64_t size = 0;  // of file and copy, as mode and content
  mode_t mode = 0;
  Owner owner = {};
  ContentHash sha256 = {};
  std::string capability = {};
  const SetRef* set = nullptr;  // where the copy lies; the index gives it
  uint64_t live_inode = 0;
  int64_t live_ctime_ns = 0;
  int64_t live_mtime_ns = 0;
  int64_t at_rest_ns = 0;  // stamped before this, the file was at rest when hashed; see StampClock
  uint64_t copy_inode = 0;
  int64_t copy_mtime_ns = 0;
};

// Of a file that was hashed as `entry`, when it looked as `live`, and of its copy.
IndexRecord record_of(const FileEntry& entry, const FileStatus& live, int64_t at_rest_ns, uint64_t copy_inode,
                      int64_t copy_mtime_ns);

class Index {
 public:
  static constexpr uint64_t kMostLinks = 10;

  Index() = default;
  Index(Index&&) = default;  // the records point into it
  Index& operator=(Index&&) = default;

  // A missing, torn or foreign index is an empty one.
  static Index load(const Store& store);
  // Errors are thrown; the caller says them and goes on, for it is a cache.
  void save(const Store& store) const;

  const IndexRecord* find(std::string_view path) const;
  void put(const std::string& path, const SetRef& set, IndexRecord record);

  // The live file looks like the one that was hashed.
  static bool live_same(const IndexRecord& record, const FileStatus& live);
  // And it was old enough then for its time stamps to tell of any change since: it is the very one.
  static bool live_unchanged(const IndexRecord& record, const FileStatus& live);
  // The stored copy looks as recorded.
  static bool copy_unchanged(const IndexRecord& record, const FileStatus& copy);
  // And it takes another link.
  static bool copy_usable(const IndexRecord& record, const FileStatus& copy);

 private:
  std::map<std::string, IndexRecord, std::less<>> records_;  // by path
  std::set<SetRef> sets_;
};

}  // namespace backstep
