// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "system/files/directory.h"

namespace backstep {

// The file of a journal: one record a line, of which each says all and the last whole one counts.
//
// It is made with blanks behind its first record, and the next ones are written over them. The
// disk has these blocks already, so a record costs one flush; a new file in the place of the old
// one costs two commits of the file system's own journal. Each line ends with the digest of what
// stands before it: a record that was torn, by a kill or a power cut, is as if never written.
//
// The end of a run is a record, too. It is durable before the file is removed, and the removal is
// not waited for: one that a power cut takes back must not open the run again.
//
// Order of calls: append() as often as a phase begins, then end(). Errors are those of the system
// calls; after one the last whole record still counts, and both may be called again.
class JournalFile {
 public:
  // `directory` must outlive this object.
  JournalFile(const Directory& directory, std::string name) : directory_(directory), name_(std::move(name)) {}

  // The last record; nullopt: there is no file, or its run has ended. Throws Error, kDamaged when
  // no record in it is whole.
  std::optional<std::string> read(FileStatus* file = nullptr) const;  // and what the file is

  // One object of JSON; durable on return. `largest`: how long a record of this run may become;
  // where it is longer than this one, room for all of them is asked for.
  void append(std::string record, Owner owner, size_t largest) const;
  // Durable on return. What failed, where no record could be written and the file was removed
  // first: nothing is lost by that. "": nothing failed.
  std::string end() const;

 private:
  struct Found;
  std::optional<Found> find() const;
  bool write_behind(const Found& found, std::string_view line) const;
  void mark_ended() const;

  const Directory& directory_;
  std::string name_;
};

}  // namespace backstep
