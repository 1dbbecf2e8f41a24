// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/workspace.h"
#include "store/set_id.h"
#include "system/files/directory.h"
#include "system/files/durability.h"

namespace backstep {

class Verdicts;
struct KnownManifests;

// The directory `backups_dir`, or the one of an environment in it, opened. Everything that we make
// in it is 0700 and owned by the workspace's owner where that is permitted: a container's root must
// not leave files that the next checkout cannot delete.
class Store {
 public:
  // Makes what is missing. Errors become exit 6 at the caller.
  static Store open_or_create(const Workspace& workspace, const StorePlace& place);
  // For verbs that only look: nullopt when there is no store, and nothing is made.
  static std::optional<Store> open_existing(const Workspace& workspace, const StorePlace& place);

  const Directory& backups() const { return backups_; }
  // A store of the original has no `.backstep`, and a tidied one may lack a shelf.
  bool has_control() const { return control_.has_value(); }
  const Directory& control() const;  // .backstep
  // The one of backups_dir, whatever the environment: for the lock, and for whose the store is. All
  // environments of a tree deploy the same files. Null: it is not there.
  const Directory* common() const;
  const Directory& shelf(Shelf shelf) const;
  const Directory* find_shelf(Shelf shelf) const;  // null: it is not there, so it is empty
  // A small file of `.backstep`; nullopt when it or `.backstep` is not there.
  std::optional<std::string> read_control_file(std::string_view name, size_t limit) const;
  // One of kRecordNames; "" when it is not there. It is read once, so who takes the lock forgets
  // what was read before: others may have written since.
  const std::string& read_records(std::string_view name) const { return records(name).text; }
  struct Records {
    std::string text;
    std::shared_ptr<const Verdicts> verdicts;  // what Verdicts::load() has read in it; may be null
  };
  Records& records(std::string_view name) const;
  void forget_records() const { records_.clear(); }
  // For read_catalog() alone: what it has decoded already.
  std::shared_ptr<KnownManifests>& known_manifests() const { return known_manifests_; }
  // Durable on return, or with the next flush of `disk`. A torn last line is ended first.
  void append_records(const std::string& name, std::string_view lines, SyncBatch* disk = nullptr) const;
  // By one rename, durable on return.
  void replace_records(const std::string& name, std::string_view text) const;
  // nullopt: the set is not there.
  std::optional<Directory> find_set(const SetRef& ref) const;
  // Whether one stands under this name. Who missed something in a set asks: a retention takes the
  // name away before it removes the first file.
  bool has_set(const SetRef& ref) const;
  // All that has the name of a set, whatever it is, shelf by shelf, each in the order of IDs.
  std::vector<SetRef> list_sets() const;

  Owner owner() const { return owner_; }
  // backups_dir as the user wrote it, and the environment's directory.
  const std::string& display() const { return display_; }
  // "backups/2024-03-10_14-23-00/", as messages name it.
  std::string shown(const SetRef& ref) const;

 private:
  // What is not there yet is made, or the answer is nullopt.
  static std::optional<Store> opened(const Workspace& workspace, const StorePlace& place, bool may_make);
  Store(Directory backups, Owner owner, std::string display);
  void open_control();

  Directory backups_;
  bool is_named_ = false;
  std::optional<Directory> common_;  // only where it is not control_: descriptors are few
  std::optional<Directory> control_;
  std::optional<Directory> good_;
  std::optional<Directory> failed_;
  Owner owner_;
  std::string display_;
  mutable std::map<std::string, Records, std::less<>> records_;  // as they are on the disk
  mutable std::shared_ptr<KnownManifests> known_manifests_;      // may be null
};

inline constexpr const char* kControlDirectory = ".backstep";
inline constexpr const char* kVerdictsFile = "verdicts.jsonl";
inline constexpr const char* kHistoryFile = "history.jsonl";
inline constexpr std::array kRecordNames = {kVerdictsFile, kHistoryFile};
inline constexpr size_t kLargestRecords = size_t{64} << 20;
// A set under construction, and a set on its way out: dot names that no reader takes for a set.
inline constexpr const char* kPartialPrefix = ".partial-";
inline constexpr const char* kPrunedPrefix = ".pruned-";

// ".backstep/good/" and ".backstep/good/2024-03-10_14-23-00/", from the store's own directory.
std::string path_of_shelf(Shelf shelf);
std::string path_of_set(const SetRef& ref);

// Removes what a killed run left under dot names. Under the lock only.
void remove_leftovers(const Store& store);

// What the files are live in. Each environment is a store of its own in a directory of backups_dir
// that is called like it; the one without a name is backups_dir itself.

// What says that the nameless one is meant, where an empty text says nothing.
inline constexpr std::string_view kNameless = ".";

// The directory of an environment: `[A-Za-z0-9._-]` as they are, everything else, a leading dot and
// what looks like the ID of a set percent-coded. "" for the nameless one. Throws Error (kUsage)
// for one that is too long.
std::string environment_directory(std::string_view name);

// Whether a directory of backups_dir is one: it has our records in it, and a name that we give.
bool is_environment(const Directory& backups, std::string_view directory);

// A set, a record or an open run.
bool holds_anything(const Store& store);

// The environments that hold anything, sorted by name, the nameless one first.
std::vector<StorePlace> environments_in(const Workspace& workspace, const StorePlace& place);

// "production, staging and the one without a name", for messages.
std::string environments_words(const std::vector<StorePlace>& places);

}  // namespace backstep
