// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "system/files/digest.h"
#include "system/files/directory.h"
#include "system/files/durability.h"

namespace backstep {

// New contents for a file, written beside it and put in its place by one rename: a reader, a crash
// or a power cut sees the old file or the new one, byte for byte and mode for mode.
//
// Order of calls: construct, write() or copy_from(), set_mode_and_owner(), finish(), and when the batch that finish()
// was given has been flushed, commit(). The destructor removes what was not committed. The temporary name is fixed
// (`.NAME.backstep-new`): one run holds the lock, and so the next one finds and removes what a killed one left. Where
// something else has that name, which is not ours to remove, there are two more.
class StagedFile {
 public:
  // `directory` and `name` must outlive this object. A leftover of the same name is removed first.
  StagedFile(const Directory& directory, std::string_view name);
  // In `held`, a file of `reserve` that has its room already: it stays there when this is not
  // committed, and when it is, what lay in its place takes its name, where that is possible.
  StagedFile(const Directory& directory, std::string_view name, const Directory& reserve, std::string held);
  StagedFile(StagedFile&&) = default;
  StagedFile& operator=(StagedFile&&) = delete;
  ~StagedFile();

  void write(std::string_view bytes) { write_all(fd_.get(), bytes, directory_->shown(name_)); }
  // Copies all of `source` and returns the SHA-256 of what was copied.
  ContentHash copy_from(int source, uint64_t size, std::string_view subject);

  // The owner is set when permitted and wanted; false when it was wanted and is not permitted. No
  // mode: that of Directory::create_file().
  bool set_mode_and_owner(std::optional<mode_t> mode, std::optional<Owner> owner);

  int fd() const { return fd_.get(); }  // for carry_attributes(), until it is finished

  // Syncs by the batch and closes: from here the contents are complete. Returns what it is now, but for mode and owner.
  FileStatus finish(SyncBatch& batch);
  // Syncs by itself, in the place of finish(): for one file alone.
  void finish_durably();
  // Closes without a sync, in the place of finish(): for what may be torn by a power cut.
  void finish_unsynced() { fd_.close(directory_->shown(name_)); }

  // Renames into place. The caller syncs the directory. kFail: EEXIST when anything of that name is
  // there, a symlink too.
  void commit(IfExists if_exists = IfExists::kReplace);

  // Removes it in the place of commit(), for whom an error of that is to be known.
  void discard() { directory_->remove_file(temporary_name(name_, *std::exchange(number_, nullptr))); }

  static std::string temporary_name(std::string_view name, int number = 0);
  // Removes what a killed call staged for the file at this path.
  static void remove_leftovers(const Directory& directory, const std::string& path);

 private:
  const Directory* directory_;
  std::string_view name_;
  std::unique_ptr<const int> number_;  // of its temporary name, until committed or discarded
  const Directory* reserve_ = nullptr;
  std::unique_ptr<const std::string> held_;  // its name in the reserve
  UniqueFd fd_;
  std::unique_ptr<const FileStatus> status_;  // until it is finished
};

// Writes or replaces a small file durably: stage, fsync, rename, fsync of the directory.
void write_file_durably(const Directory& directory, const std::string& name, std::string_view bytes,
                        std::optional<Owner> owner, std::optional<mode_t> mode = {},
                        IfExists if_exists = IfExists::kReplace);

// Overwrites an open file with all of `source`: for a file that is itself a mount point, which a rename cannot replace
// (EBUSY). A kill in the middle leaves it torn, so a journal must say that it is being restored.
void overwrite_in_place(const NamedFd& file, int source, mode_t mode);

// Opens for appending and reading. What is not there is made first and comes by one rename, so that
// no kill leaves a file that is not this owner's yet. Throws what require_ours() does.
FoundFile open_to_append(const Directory& directory, const std::string& name, std::optional<Owner> owner);

// Appends one line, durable when the batch is flushed. A torn last line that a crash left is ended
// first, so that the new line stands alone.
void append_line(const Directory& directory, const std::string& name, std::string_view line, std::optional<Owner> owner,
                 SyncBatch& batch);

// Appends to a file that the CI system named by an absolute path and has made already (GITHUB_ENV,
// GITHUB_OUTPUT ...): one of the few places outside workspace and store that are written. It must
// be a regular file that require_ours() lets pass. A symlink is the CI system's choice: followed.
void append_to_ci_file(const std::string& path, std::string_view text);

// How long it is; 0 when it is not there.
uint64_t ci_file_size(const std::string& path);

}  // namespace backstep
