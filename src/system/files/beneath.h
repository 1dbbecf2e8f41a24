// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "system/fd.h"

namespace backstep {

// An answer of open: a descriptor, or the errno that says why there is none.
struct Opened {
  UniqueFd fd;
  int error_number = 0;
};

// Opens `path`, which must be plain (EXDEV otherwise), beneath the open directory `root`, and
// follows no symlink on the way, the last component included: ELOOP.
Opened open_beneath(int root, std::string_view path, int flags, mode_t mode = 0);

// The same without openat2, for seccomp profiles that refuse it: opens one component at a time, so
// that a component that somebody replaces is either the directory that was opened or an error.
Opened open_by_walk(int root, std::string_view path, int flags, mode_t mode = 0);

// A path that may be resolved: relative, no empty, `.` or `..` component, no NUL byte.
bool is_plain_relative_path(std::string_view path);

// The same, but it may lead up by `..` at its beginning.
bool is_relative_path(std::string_view path);

// What `path`, which may lead up, means from the directory `base` ("": the root), as seen from the
// root: ("a/b", "../c") -> "a/c". By the names alone. nullopt: it leaves the root.
std::optional<std::string> path_from(std::string_view base, std::string_view path);

// What `path` of the root is called from the directory `base`: ("a/b", "a/c") -> "../c".
std::string path_towards(std::string_view base, std::string_view path);

// "a/b/c" -> {"a/b", "c"}; "c" -> {"", "c"}.
struct PathParts {
  std::string_view parent;
  std::string_view name;
};
PathParts parts_of(std::string_view path);

// The directory above a path that has one; of "/" itself.
std::string parent_of(const std::string& path);

// "/a/b//" -> "/a/b"; "/" stays.
std::string without_trailing_slashes(std::string path);

// The path with every symlink resolved; "" when there is nothing to be found under it. For
// comparing places only: what is opened goes through Directory.
std::string real_path(const std::string& path);

}  // namespace backstep
