// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "store/sets/index.h"
#include "store/sets/set_writer.h"

namespace backstep {

// The stored copies that the index knows: a set that is being written links to them what has not
// changed, and so costs what has.
class KnownCopies {
 public:
  KnownCopies(const Store& store, const Index& index) : store_(store), index_(index) {}

  // Links the copy of exactly this version, mode and owner into the set and returns its status.
  // nullopt when there is none, it no longer looks as it was stored, or the file system has no link
  // to give: then copy.
  std::optional<FileStatus> link(SetWriter& writer, const FileEntry& entry);

 private:
  const Directory* opened_set(const SetRef& ref);

  const Store& store_;
  const Index& index_;
  std::map<std::string, std::optional<Directory>> sets_;
};

}  // namespace backstep
