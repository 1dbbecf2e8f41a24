// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/fd.h"
#include "system/file_status.h"

namespace backstep {

enum class IfExists { kReplace, kFail };

// An open directory, and the only way that the rest of the program reaches files: every path given
// to it is relative and is resolved beneath it by the kernel (openat2), or by a walk that opens one
// component at a time with O_NOFOLLOW where a seccomp profile refuses openat2. `..`, absolute
// paths, empty components and symlinks are errors, whoever flips them and when. Names in errors are
// prefixed with the directory's own display name, so a message shows what the user typed.
//
// All functions throw SystemError, unless they say that a missing file is a value.
class Directory {
 public:
  // The root itself: here a symlink is the user's own choice and is followed.
  static Directory open_root(const std::string& path, std::string display);

  Directory(Directory&&) = default;
  Directory& operator=(Directory&&) = default;

  Directory open_directory(std::string_view path) const;
  std::optional<Directory> find_directory(std::string_view path) const;  // nullopt: ENOENT/ENOTDIR
  Directory duplicate() const;

  // Makes what is missing of `path`, each new directory 0700 (or `mode`) and owned by `owner` when
  // that is permitted, and opens the last. The parent of each new directory is synced.
  Directory make_directories(std::string_view path, Owner owner, mode_t mode = 0700) const;

  // Opens a regular file for reading. Anything else is refused at once: a FIFO does not block.
  UniqueFd open_file(std::string_view path) const;
  std::optional<UniqueFd> find_file(std::string_view path) const;  // nullopt: ENOENT/ENOTDIR
  // Creates (O_EXCL) for writing, mode 0600.
  UniqueFd create_file(std::string_view path) const;
  // Opens or creates for appending, mode 0600.
  UniqueFd open_append(std::string_view path) const;
  // Opens an existing regular file for overwriting in place: for mount points only.
  UniqueFd open_in_place(std::string_view path) const;

  std::optional<FileStatus> status(std::string_view path) const;  // nullopt: ENOENT/ENOTDIR
  // Names in byte order, without `.` and `..`. An error of readdir is thrown, not an end of list.
  std::vector<std::string> list() const;

  void rename(std::string_view from, const Directory& to_directory, std::string_view to,
              IfExists if_exists) const;
  void link(std::string_view from, const Directory& to_directory, std::string_view to) const;
  bool remove_file(std::string_view path) const;       // false: it was not there
  bool remove_directory(std::string_view path) const;  // empty ones only; false: it was not there
  void remove_tree(std::string_view path) const;       // a missing one is fine

  void sync() const;

  // The bytes of a small file; nullopt when it does not exist. Larger than `limit` is an Error.
  std::optional<std::string> read_small_file(std::string_view path, size_t limit) const;

  FileStatus own_status() const;
  int fd() const { return fd_.get(); }
  const std::string& display() const { return display_; }
  // "DISPLAY/path", as messages show it.
  std::string shown(std::string_view path) const;

 private:
  Directory(UniqueFd fd, std::string display) : fd_(std::move(fd)), display_(std::move(display)) {}

  UniqueFd fd_;
  std::string display_;  // "" for the workspace: its paths are shown as the user writes them
};

// A path that Directory accepts: relative, no empty, `.` or `..` component, no NUL byte.
bool is_plain_relative_path(std::string_view path);

// "a/b/c" -> {"a/b", "c"}; "c" -> {"", "c"}.
struct PathParts {
  std::string_view parent;
  std::string_view name;
};
PathParts parts_of(std::string_view path);

// Writes all of `bytes`, over short writes and EINTR.
void write_all(int fd, std::string_view bytes, std::string_view subject);

FileStatus status_of(int fd, std::string_view subject);

}  // namespace backstep
