// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "store/sets/index.h"
#include "store/sets/manifest.h"
#include "store/store.h"
#include "system/files/digest.h"
#include "system/files/durability.h"

namespace backstep {

// Where a link comes from: what a live file holds may not be on disk yet, a stored copy is.
enum class LinkedFile { kStoredCopy, kLiveFile };

// Writes one set: built under a dot name, visible by one rename, complete and durable from then on.
//
// Order of calls: construct, add_*() for each file in any order, publish(). The destructor removes
// what was not published; after a kill remove_leftovers() does.
class SetWriter {
 public:
  SetWriter(const Store& store, SetRef ref, size_t expected_files);
  ~SetWriter();
  SetWriter(const SetWriter&) = delete;
  SetWriter& operator=(const SetWriter&) = delete;

  // Where a file is stored: SERVICE_ENTRYPOINT for the entrypoints that the original would know, of
  // one services_dir and not nested; _files/PATH for others, _files_above_1/PATH for `../PATH`.
  static std::string stored_name(const Patterns& patterns, std::string_view path);

  // Copies from an open file to entry.stored, with its mode and owner; entry.sha256 and entry.size
  // are set to what was copied. Returns the copy's status, but for its mode.
  FileStatus add_copy(FileEntry& entry, int source);
  // The same from what hands its bytes out piece by piece.
  void add_stream(FileEntry& entry, const ByteSource& source);
  // A hard link to a stored copy of the same content; false when the file system refuses, whatever
  // the reason, or that copy is gone: then copy.
  // kLiveFile is for what leaves the live tree for good, and is made durable like a copy.
  bool add_link(const FileEntry& entry, const Directory& from, std::string_view name,
                LinkedFile linked = LinkedFile::kStoredCopy);
  // A remark beside the files: the check's output in an evidence.
  void add_text(std::string_view name, std::string_view text);

  // Writes the manifest, makes everything durable, renames. `manifest.files` must be sorted and
  // name what was added. After it the set never changes.
  void publish(const Manifest& manifest);
  // The same for a set that was stored before, elsewhere: its manifest byte for byte, or none, as the original's sets
  // have it, and an ID that may be known only now. The caller has checked that the manifest fits what was added.
  void publish_again(const std::optional<std::string>& manifest, const std::string& id);

  const Directory& directory() const { return directory_; }
  const SetRef& ref() const { return ref_; }

 private:
  const Store& store_;
  SetRef ref_;
  std::string partial_;
  Directory directory_;
  SyncBatch batch_;
  std::set<std::string, std::less<>> subdirectories_;
  bool published_ = false;
  using Text = std::function<void(const HashedPieces::Write&)>;
  void write_text(std::string_view name, const Text& text);
  void make_parent(std::string_view stored);
  using Fill = std::function<Copied(const NamedFd&)>;
  FileStatus add_file(FileEntry& entry, const Fill& fill);
};

// The stored copies that the index knows: a set that is being written links to them what has not
// changed, and so costs what has.
class KnownCopies {
 public:
  KnownCopies(const Store& store, const Index& index) : store_(store), index_(index) {}

  // Links the copy of exactly this version, mode and owner into the set and returns its status. nullopt when there is
  // none, it no longer looks as it was stored, or the file system has no link to give: then copy.
  std::optional<FileStatus> link(SetWriter& writer, const FileEntry& entry);

 private:
  const Store& store_;
  const Index& index_;
  std::map<const SetRef*, std::optional<Directory>> sets_;
};

}  // namespace backstep
