// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/files/directory.h"

namespace backstep {

// What decides whether one syncfs may stand for many fsyncs.
struct SyncFacts {
  int64_t file_system = 0;  // f_type of statfs
  int kernel_major = 0;
  int kernel_minor = 0;
  uint64_t dirty_bytes = UINT64_MAX;  // of the whole machine
};

// Makes a group of writes durable: fsync of each file and each directory, or one syncfs for many.
//
// syncfs is 10 to 15 times faster for a thousand files, and sound only where it reports write
// errors (Linux >= 5.8, and only those that happen after its descriptor was opened) and where the
// file system's implementation waits for data and metadata (ext4, XFS, btrfs, tmpfs). Overlay is
// not among them: a write error that the kernel meets in the background stays with the layer below,
// and syncfs answers 0. It also writes out strangers' dirty data, so with more of that than the
// files are worth, each is synced by itself.
//
// Order of calls: construct before the first write; written() for each file while its descriptor is
// open; renamed() for each directory whose entries changed; flush() at each point where all so far
// must be on disk. An fsync that failed is never tried again: the kernel marks the pages clean, a
// second call would lie (ATC'20, "Can applications recover from fsync failures?"). So a batch in
// which one failed stays failed: every later call throws the same.
class SyncBatch {
 public:
  enum class Method { kEachFile, kWholeFileSystem };

  SyncBatch(const Directory& where, size_t expected_files);
  SyncBatch(const Directory& where, Method method);

  void written(int fd, std::string_view subject);
  // The same for one that was looked at already.
  void written(int fd, const FileStatus& status, std::string_view subject);
  void renamed(const Directory& directory);
  // A file of another name on the batch's own file system, which a link has just proved, and whose
  // content may not be there yet. False where each file is synced by itself: then written().
  bool linked();
  void flush();

  Method method() const { return method_; }

  static Method choose(size_t expected_files, const SyncFacts& facts);

 private:
  void sync_now(int fd, std::string_view subject);
  void fail_if_failed(std::string_view subject) const;

  Method method_;
  UniqueFd file_system_;
  uint64_t device_;
  std::string display_;
  bool pending_ = false;
  int error_number_ = 0;  // of the sync that failed
};

}  // namespace backstep
