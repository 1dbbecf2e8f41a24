// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "config/patterns.h"
#include "config/workspace.h"
#include "system/files/directory.h"
#include "system/files/file_status.h"
#include "system/progress.h"

namespace backstep {

// Everything a reader of the live tree needs; all of it outlives the call.
struct Tree {
  const Workspace& workspace;
  const Patterns& patterns;
  const StorePlace& store;
  Progress* progress = nullptr;  // who watches what takes long; null: nobody
  bool checksum = false;         // every file is read, whatever the index knows of it
};

// Before anything changes (kRefuse), what the user named must be such that it can be brought back,
// and what a wildcard found beside it and cannot be stored is left out. Once a deploy may have
// begun, and for who only looks (kReport), none of it may stop the way back: all is left out.
enum class Oddities { kRefuse, kReport };

// Whether it is an entrypoint or a literal path of `files`: no wildcard had to find it.
bool is_named(const Patterns& patterns, const std::string& path);

// Tracked files that no rename can replace, by path: mount points, and what chattr holds.
using HeldFiles = std::map<std::string, FileStatus>;
bool is_held(const FileStatus& status);

struct TrackedFile {
  // Of one path that several patterns met, the first of these counts.
  enum class Kind {
    kPresent,
    kAbsent,  // a service without its script, a literal path that is not there
    kOdd,     // named, and cannot be stored (kReport only)
    kClosed,  // could not be looked at
    // Seen and not stored: what only a wildcard names and cannot be stored (a link, a socket, a
    // directory that may not be entered), symlinked services, services with odd names.
    kUnstored,
  };
  std::string path;
  Kind kind = Kind::kPresent;
  FileStatus status = {};  // of a present one, as it was found: a glance, see Directory
};

// Which files a set consists of at this moment; paths relative to the settings' directory, sorted.
struct TrackedFiles {
  std::vector<TrackedFile> files;
  std::vector<std::string> warnings;  // said once, never fatal
  bool services_dir_missing = false;  // of several: all of them

  size_t present() const { return std::ranges::count(files, TrackedFile::Kind::kPresent, &TrackedFile::kind); }
  std::vector<std::string> paths(TrackedFile::Kind kind = TrackedFile::Kind::kPresent) const;
};

// Looks them up by name and kind; no content is read. Stores, `.git`, settings and definitions of
// pipelines are never part of a set. With kRefuse throws Error (kBackupFailed) for an entrypoint or
// a literal path that is no regular file or is setuid or setgid, and for two services of one name.
TrackedFiles find_tracked_files(const Tree& tree, Oddities oddities = Oddities::kRefuse);

// What lies there where nothing is tracked: "0 of 3 directories in 'apps' hold entrypoint.sh; 4 lie
// elsewhere: apps/a/x/entrypoint.sh, …: services_dir: 'apps/**' would track them".
struct Untracked {
  std::string words = {};
  std::string services_dir = {};     // that would track all of them; "": no such setting does
  std::vector<std::string> scripts;  // that are called like entrypoints
};
Untracked look_for_untracked(const Tree& tree);

// In the store, or never tracked anywhere: nothing of that is backed up or restored. A hook or a
// record of ours in a set can only have been put there by somebody who wants it run or believed.
bool never_tracked(const std::string& path, const StorePlace& store);
// No walk looks into it: never tracked, or named by `exclude`.
bool passes_over(const Tree& tree, const std::string& path);

// "PATH is left out: it is a symlink, not a regular file ('exclude' names what to pass over)".
std::string left_out_words(const std::string& path, const std::string& why);

// The same for a path that was answered with an error. Throws the error where it is not left out:
// it was named and must be understood, or it is the disk that is in trouble.
std::string left_out_words(const Directory& workspace, const std::string& path, const Error& error, Oddities oddities,
                           bool named);

// What a walk asks and tells on its way.
struct GlobWatch {
  // Which directories (by path) are not entered.
  std::function<bool(const std::string&)> skipped;
  // A directory that could not be looked into, as one that belongs to a database: it is passed
  // over, unless this throws. Called while the error is being handled.
  std::function<void(const std::string& path, const Error& error)> left_out;
};

// `**` at the end of a pattern for directories is any directory below, and what stands before it.
enum class Wanted { kFiles, kDirectories };

// What a pattern names beneath `root`, in the order of a walk (see matches_pattern). It walks by
// descriptors and never follows a symlink. A store that it meets is not entered, nor is `root`
// itself by a pattern that leads up: its files have one name.
std::vector<std::string> paths_matching(const Directory& root, const std::string& pattern, Wanted wanted,
                                        const GlobWatch& watch);

}  // namespace backstep
