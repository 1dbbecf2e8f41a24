// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/files/directory.h"

namespace backstep {

// How many of the wanted descriptors may be kept open for a while: others need some, too.
size_t spare_descriptors(size_t wanted);

// "the file system is overlay", for messages; "" for those that refuse little.
std::string file_system_of(int fd);

// Makes one file or directory durable at once; throws SystemError. Where a file system (9p, CIFS,
// some of FUSE) has none for a directory, all of it is synced.
void sync_file(int fd, std::string_view subject);
// The same, but for its times, of one that was written over in its own blocks.
void sync_content(int fd, std::string_view subject);

// What decides whether one syncfs may stand for many fsyncs.
struct SyncFacts {
  int64_t file_system = 0;  // f_type of statfs
  std::pair<int, int> kernel = {0, 0};
};

// Makes writes durable: by one syncfs for two files and more where that is sound, else by fsync.
//
// syncfs is sound only where it reports write errors (Linux >= 5.8, and only those that happen
// after its descriptor was opened) and where the file system's implementation waits for data and
// metadata (ext4, XFS, btrfs, tmpfs). Overlay is not among them: a write error that the kernel
// meets in the background stays with the layer below, and syncfs answers 0. It also writes out what
// strangers left dirty, and was quicker than fsync of each all the same, beside a program that
// writes without end too: a journal is committed once, not once a file.
//
// The disk begins with each of a few files when it is written, and all of their content is waited
// for before the first sync: one commit of the file system's own journal is enough for all.
//
// Order of calls: construct before the first write; written() for each file while its descriptor is
// open; renamed() for each directory whose entries changed; flush() at each point where all so far
// must be on disk, which nothing is before it. An fsync that failed is never tried again: the
// kernel marks the pages clean, a second call would lie (ATC'20, "Can applications recover from
// fsync failures?"). So a batch in which one failed stays failed: every later call throws the same.
class SyncBatch {
 public:
  enum class Method { kEachFile, kWholeFileSystem };

  SyncBatch(const Directory& where, size_t expected_files);
  SyncBatch(const Directory& where, Method method);

  void written(int fd, std::string_view subject) { written(fd, status_of(fd, subject), subject); }
  // The same for one that was looked at already.
  void written(int fd, const FileStatus& status, std::string_view subject);
  void renamed(const Directory& directory);
  // A file of another name on the batch's own file system, which a link has just proved, and whose
  // content may not be there yet. False where each file is synced by itself: then written().
  bool linked() { return reaches(device_); }
  // Whether what was changed on this device needs no look: the one sync reaches it, and it counts
  // as written. False: then written() and renamed().
  bool reaches(uint64_t device);
  // The same for one of many files, whose content nobody waits for by itself.
  bool reaches_unseen(uint64_t device) { return has_many_ && reaches(device); }
  void flush();

  Method method() const { return method_; }

  static Method choose(size_t expected_files, const SyncFacts& facts);

 private:
  struct Waiting {
    UniqueFd fd;  // of our own: the caller closes his
    std::string subject;
    bool is_reached;  // by the syncfs
  };

  void keep(int fd, std::string_view subject, bool is_reached);
  void wait_for_content(const Waiting& each);
  void sync_now(int fd, std::string_view subject);
  void sync_waiting();
  void fail_if_failed(std::string_view subject) const;
  void fail_if_waiting_failed();

  Method method_;
  UniqueFd file_system_;
  uint64_t device_;
  size_t most_waiting_;
  bool has_many_ = false;
  std::string display_;
  bool pending_ = false;  // something that the syncfs reaches
  std::vector<Waiting> waiting_;
  int error_number_ = 0;      // of the sync that failed
  int error_of_waiting_ = 0;  // for content
};

}  // namespace backstep
