// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "config/workspace.h"
#include "store/set_id.h"
#include "system/directory.h"

namespace backstep {

// The directory `backups_dir`, opened. Everything that we make in it is 0700 and owned by the
// workspace's owner where that is permitted: a container's root must not leave files that the next
// checkout cannot delete.
class Store {
 public:
  // Makes what is missing. Errors become exit 6 at the caller.
  static Store open_or_create(const Workspace& workspace, const StorePlace& place);
  // For verbs that only look: nullopt when there is no store, and nothing is made.
  static std::optional<Store> open_existing(const Workspace& workspace, const StorePlace& place);

  const Directory& backups() const { return backups_; }
  const Directory& control() const { return control_; }  // .backstep
  const Directory& shelf(Shelf shelf) const;
  // nullopt: the set is not there.
  std::optional<Directory> find_set(const SetRef& ref) const;

  Owner owner() const { return owner_; }
  // "backups/2024-03-10_14-23-00/", as messages name it.
  std::string shown(const SetRef& ref) const;

 private:
  Store(Directory backups, Directory control, Directory good, Directory failed, Owner owner);
  Directory backups_;
  Directory control_;
  Directory good_;
  Directory failed_;
  Owner owner_;
};

inline constexpr const char* kControlDirectory = ".backstep";
// A set under construction, and a set on its way out: dot names that no reader takes for a set.
inline constexpr const char* kPartialPrefix = ".partial-";
inline constexpr const char* kPrunedPrefix = ".pruned-";

// Removes what a killed run left under dot names. Under the lock only.
void remove_leftovers(const Store& store);

}  // namespace backstep
