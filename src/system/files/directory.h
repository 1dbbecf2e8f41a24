// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/fd.h"
#include "system/files/beneath.h"
#include "system/files/file_status.h"

namespace backstep {

enum class IfExists { kReplace, kFail };

// A regular file, opened, and what it was at that moment.
struct FoundFile {
  UniqueFd fd;
  FileStatus status;
};

struct NamedType {
  std::string name;
  FileType type;
};

// An open directory, and the only way that the rest of the program reaches files: every path given
// to it is relative and is resolved beneath it by the kernel (openat2), or by a walk that opens one
// component at a time with O_NOFOLLOW where a seccomp profile refuses openat2. `..` (but for
// open_within()), absolute paths, empty components and symlinks are errors, whoever flips them and
// when. Errors show names as the user typed them.
//
// All functions throw SystemError, unless they say that a missing file is a value; what is refused
// (a symlink, a FIFO, a directory in place of a file) is an Error that says what it is.
class Directory {
 public:
  // The root itself: here a symlink is the user's own choice and is followed.
  static Directory open_root(const std::string& path, std::string display);
  // `prefix` beneath the root ("": the root itself), from which a path may lead up by `../` as far
  // as the root and is then resolved beneath that one, by the same rules.
  static Directory open_within(const std::string& root, const std::string& prefix);

  Directory(Directory&&) = default;
  Directory& operator=(Directory&&) = default;

  Directory open_directory(std::string_view path) const;
  std::optional<Directory> find_directory(std::string_view path) const;          // nullopt: ENOENT/ENOTDIR
  std::optional<Directory> find_directory_or_root(std::string_view path) const;  // "": this one
  // Whether a path that leads up comes back to this directory or to what lies in it.
  bool leads_back(std::string_view path) const;
  Directory duplicate() const;
  // The same directory by a description of its own, with its own offset, locks and write errors.
  UniqueFd open_again(std::string_view action) const;

  // Makes what is missing of `path`, each new directory 0700 (or `mode`), shared as the one that it
  // is made in, and owned by `owner` when that is permitted, and opens the last. Not synced.
  Directory make_directories(std::string_view path, Owner owner, mode_t mode = 0700) const;
  // Syncs the directory above each name of `path`.
  void sync_names(std::string_view path) const;

  // Opens a regular file for reading. Anything else is refused at once: a FIFO does not block.
  UniqueFd open_file(std::string_view path) const { return open_regular_file(path).fd; }
  FoundFile open_regular_file(std::string_view path, int flags = O_RDONLY) const;  // looked at
  std::optional<FoundFile> find_regular(std::string_view path) const;              // nullopt: ENOENT/ENOTDIR
  // Creates (O_EXCL) for writing, mode 0600. Right in a shared (setgid) directory it is shared.
  UniqueFd create_file(std::string_view path) const;

  std::optional<FileStatus> status(std::string_view path) const;  // nullopt: ENOENT/ENOTDIR
  // The same by one call, and only for what is compared with something known or opened afterwards:
  // a symlink that somebody puts in the place of a directory on the way may have led it elsewhere.
  std::optional<FileStatus> glance(std::string_view path) const;
  // Whether a symlink leads to a directory: asked, never entered.
  bool leads_to_directory(std::string_view name) const;
  // Names in byte order, without `.` and `..`. An error of readdir is thrown, not an end of list.
  std::vector<std::string> list() const;
  // And what each of them was when it was listed.
  std::vector<NamedType> list_types() const;

  void rename(std::string_view from, const Directory& to_directory, std::string_view to, IfExists if_exists) const;
  // Gives a file another name in its own directory.
  void rename_within(std::string_view from, std::string_view to, IfExists if_exists) const;
  // What lies at `to` comes here under the name `from`: by one call or, where the file system has
  // none, by a link and two renames. False: it stays, and so does `from`.
  bool exchange(std::string_view from, const Directory& to_directory, std::string_view to) const;
  // False: the file system refuses, for whatever reason. Whoever then copies or renames hears it.
  bool link(std::string_view from, const Directory& to_directory, std::string_view to) const;
  // These are false where it was not there; a directory must be empty.
  bool remove_file(std::string_view path) const { return remove_name(path, 0); }
  bool remove_directory(std::string_view path) const { return remove_name(path, AT_REMOVEDIR); }
  void remove_tree(std::string_view path) const;  // a missing one is fine

  void sync() const;

  // A small file's bytes, and what it was; nullopt: it is not there. Error: it is too large.
  std::optional<std::string> read_small_file(std::string_view path, size_t limit, FileStatus* status = nullptr) const;

  FileStatus own_status() const { return status_of(fd_.get(), shown("")); }
  int fd() const { return fd_.get(); }
  const std::string& display() const { return display_; }
  // "DISPLAY/path", as messages show it.
  std::string shown(std::string_view path) const;

 private:
  // Where a path's last component lives: its parent, opened beneath us.
  struct Place {
    UniqueFd opened;  // empty when the parent is this directory itself
    int parent;
    std::string name;
  };

  Directory(UniqueFd fd, std::string display) : fd_(std::move(fd)), display_(std::move(display)) {}

  // What `path` means: a path beneath another directory where it leads up, "." for that one itself.
  struct Meant {
    const Directory& directory;
    std::string path;
  };
  Meant meant_by(std::string_view path) const;

  Opened open(std::string_view path, int flags, mode_t mode = 0) const;
  std::optional<UniqueFd> find(std::string_view path, int flags) const;  // nullopt: ENOENT/ENOTDIR
  std::optional<Place> find_place(std::string_view path) const;
  Place place_of(std::string_view path, std::string_view action) const;
  mode_t group_bits() const;  // of a shared directory
  Directory open_or_make(const std::string& name, Owner owner, mode_t mode) const;
  bool remove_name(std::string_view path, int flags) const;
  std::string symlink_on(std::string_view path) const;

  // Where paths that begin with `../` lead, and which place of it this directory is.
  struct Above {
    std::string prefix;
    std::unique_ptr<Directory> root;
  };

  UniqueFd fd_;
  mutable std::optional<mode_t> group_bits_;  // asked once: a set has thousands of files
  std::shared_ptr<const Above> above_;        // null: none leads up
  std::string display_;                       // "" for the workspace: its paths are shown as the user writes them
};

}  // namespace backstep
