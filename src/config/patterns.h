// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// What a set looks for: its scope. Paths are relative to the settings' directory and may lead up by
// `../`. A set says nothing about what it did not look for, so two sets are compared over what both
// looked for (backup/restore/restore_plan.h).
struct Patterns {
  // The place of the settings' directory in its git checkout, "." for its top, "" where there is
  // none to tell: two directories of one checkout that share a store are no versions of each other.
  std::string prefix;
  std::vector<std::string> services_dirs;  // paths or globs of directories that hold services
  std::string entrypoint_file;             // of each service; may lie in a directory of it
  std::vector<std::string> files;          // paths or globs
  std::vector<std::string> exclude;        // paths or globs, with all that lies beneath them
  bool operator==(const Patterns&) const = default;

  // The name of the service whose script this is: its path beneath the fixed part of the
  // services_dir, as in `api` and `payments/api`. "" where it is none, badly named or excluded.
  std::string service_of(std::string_view path) const;
  // Where the script of a service of this name can lie, in the order of services_dirs.
  std::vector<std::string> scripts_of(std::string_view service) const;

  bool is_excluded(std::string_view path) const;
  // Whether a set with this scope holds the file at `path` if it is there.
  bool looks_for(std::string_view path) const;
};

// Whether the two may be of one place: where nobody could tell, they may.
bool may_be_one_place(std::string_view a, std::string_view b);

// Where room is held for a rollback; see backup/restore/reserve.h.
inline constexpr const char* kReserveDirectory = ".backstep-reserve";

// What is never part of a set, wherever it lies: `.git`, a store, what we hold, settings files and
// the definitions of CI pipelines. A rollback must not change the rules that it runs by.
bool is_never_tracked(std::string_view path);

// What `path` is called from the directory, "" for the directory itself; nullopt where it does not
// lie there. By the names alone: both are absolute, or as seen from one place, which is called "".
std::optional<std::string_view> beneath(std::string_view directory, std::string_view path);

bool has_wildcard(std::string_view pattern);
// `*`, `?` and `[…]` within one component, `**` for any number of directories; a leading dot is
// matched by a dot only. The same as paths_matching() would find.
bool matches_pattern(std::string_view pattern, std::string_view path);
// The directory that holds all that a pattern can match: "apps/*/services" -> "apps".
std::string fixed_part(std::string_view pattern);

// `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`, or several of these with `/` between. A name of one part does
// not contain `_ENTRYPOINT_FILE`: so SERVICE_ENTRYPOINT, as it is stored, names one service.
bool is_storable_service(std::string_view name, std::string_view entrypoint_file);

}  // namespace backstep
