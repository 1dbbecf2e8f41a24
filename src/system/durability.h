// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/directory.h"

namespace backstep {

// Makes a group of writes durable: fsync of each file and each directory, or one syncfs for many.
//
// syncfs is 10 to 15 times faster for a thousand files, and sound only where it reports write
// errors (Linux >= 5.8, and only those that happen after its descriptor was opened) and where the
// file system's implementation waits for data and metadata (ext4, XFS, btrfs, tmpfs, overlay). It
// also writes out strangers' dirty data, so with much of that each file is synced by itself.
//
// Order of calls: construct before the first write; written() for each file while its descriptor is
// open; renamed() for each directory whose entries changed; flush() at each point where all so far
// must be on disk. An fsync that failed is never tried again: the kernel marks the pages clean, a
// second call would lie (ATC'20, "Can applications recover from fsync failures?").
class SyncBatch {
 public:
  enum class Method { kEachFile, kWholeFileSystem };

  SyncBatch(const Directory& where, size_t expected_files);
  SyncBatch(const Directory& where, Method method);

  void written(int fd, std::string_view subject);
  void renamed(const Directory& directory);
  void flush();

  Method method() const { return method_; }

 private:
  Method method_;
  UniqueFd file_system_;
  uint64_t device_;
  std::string display_;
  bool pending_ = false;
};

}  // namespace backstep
