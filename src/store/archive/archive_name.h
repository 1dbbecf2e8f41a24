// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/set_id.h"

namespace backstep {

// The store as one tar has the store's own layout, so that any tar program unpacks it into a place
// where backups may lie. Each set is a run of entries that belong together: its directory, its
// manifest before all other files (the reader knows from there what may follow, and how much), then
// what the manifest names. Lock, journal and index are of one place and moment: never in it.
struct ArchiveName {
  enum class Kind {
    kDirectory,  // .backstep/, <id>/, or one within a set
    kSetFile,
    kRecords,  // verdicts.jsonl, history.jsonl
  };
  Kind kind = Kind::kDirectory;
  std::optional<SetRef> ref;  // of a set, and of what lies in it
  std::string path;           // within the set; the records' own name

  // Notes that stand beside the files of a set (`_output.txt`): no manifest knows them.
  bool is_note() const;
};

// nullopt: no name that a store of ours has; `..`, absolute and dot names are among those.
std::optional<ArchiveName> parse_archive_name(std::string_view name);

std::string archive_name(const SetRef& ref, std::string_view path);  // "" is the set's directory
std::string archive_name_of_records(std::string_view name);

}  // namespace backstep
