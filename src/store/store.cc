// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include <cerrno>

#include "base/error.h"
#include "base/text.h"
#include "system/files/beneath.h"
#include "system/files/staged_file.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

constexpr const char* kGoodDirectory = "good";
constexpr const char* kFailedDirectory = "failed";

std::optional<Directory> find_absolute(const std::string& path, const std::string& display) {
  try {
    return Directory::open_root(path, display);
  } catch (const SystemError& error) {
    if (error.error_number() != ENOENT && error.error_number() != ENOTDIR) throw;
    return std::nullopt;
  }
}

// Only the last component is made: a missing parent of an absolute place is more likely a volume
// that is not mounted than a directory that nobody made yet.
Directory make_absolute(const std::string& path, const std::string& display, Owner owner) {
  if (auto existing = find_absolute(path, display)) return std::move(*existing);
  const std::string parent = parent_of(path);
  const std::optional<Directory> above = find_absolute(parent, parent);
  if (!above) {
    throw Error(ExitCode::kBackupFailed,
                "cannot create " + in_quotes(display) + ": " + in_quotes(parent) + " does not exist");
  }
  above->make_directories(parts_of(path).name, owner);
  return Directory::open_root(path, display);
}

std::optional<Directory> find_or_make(const Directory& directory, const std::string& path, Owner owner, bool may_make) {
  return may_make ? directory.make_directories(path, owner) : directory.find_directory(path);
}

void sync_names_of(const Workspace& workspace, const StorePlace& place) {
  const std::string& path = place.path;
  const std::string environment = environment_directory(place.environment);
  if (!place.absolute) {
    return workspace.directory.sync_names(environment.empty() ? path : path + '/' + environment);
  }
  for (const std::string& above : {path, parent_of(path)}) Directory::open_root(above, above).sync();
}

// backups_dir, whatever the environment.
std::optional<Directory> whole_at(const Workspace& workspace, const StorePlace& place, Owner owner, bool may_make) {
  if (!place.absolute) return find_or_make(workspace.directory, place.path, owner, may_make);
  return may_make ? make_absolute(place.path, place.display, owner) : find_absolute(place.path, place.display);
}

void remove_leftovers_in(const Directory& directory) {
  const std::string staged = StagedFile::temporary_name("*");
  for (const std::string& name : directory.list()) {
    if (name.starts_with(kPartialPrefix) || name.starts_with(kPrunedPrefix)) {
      directory.remove_tree(name);
    } else if (is_probe(name) || matches_pattern(staged, name)) {
      directory.remove_file(name);
    }
  }
}

}  // namespace

Store::Store(Directory backups, Owner owner, std::string display)
    : backups_(std::move(backups)), owner_(owner), display_(std::move(display)) {}

void Store::open_control() {
  control_ = backups_.find_directory(kControlDirectory);
  if (!control_) return;
  good_ = control_->find_directory(kGoodDirectory);
  failed_ = control_->find_directory(kFailedDirectory);
}

std::optional<Store> Store::opened(const Workspace& workspace, const StorePlace& place, bool may_make) {
  const Owner owner = workspace.directory.own_status().owner();
  std::optional<Directory> whole = whole_at(workspace, place, owner, may_make);
  if (!whole) return std::nullopt;
  const std::string environment = environment_directory(place.environment);
  if (environment.empty()) return Store(std::move(*whole), owner, place.display);
  std::optional<Directory> common = find_or_make(*whole, kControlDirectory, owner, may_make);
  std::optional<Directory> named = find_or_make(*whole, environment, owner, may_make);
  if (!named) return std::nullopt;
  Store store(std::move(*named), owner, place.display + "/" + environment);
  store.is_named_ = true;
  store.common_ = std::move(common);
  return store;
}

Store Store::open_or_create(const Workspace& workspace, const StorePlace& place) {
  Store store = std::move(*opened(workspace, place, true));
  store.open_control();
  if (store.good_ && store.failed_) return store;
  const Directory control = store.backups_.make_directories(kControlDirectory, store.owner_);
  control.make_directories(kGoodDirectory, store.owner_);
  control.make_directories(kFailedDirectory, store.owner_);
  // All are made by now: one commit of the file system's own journal takes all of the names.
  control.sync();
  store.backups_.sync();
  sync_names_of(workspace, place);
  store.open_control();
  return store;
}

std::optional<Store> Store::open_existing(const Workspace& workspace, const StorePlace& place) {
  std::optional<Store> store = opened(workspace, place, false);
  if (store) store->open_control();
  return store;
}

const Directory* Store::common() const {
  const std::optional<Directory>& found = is_named_ ? common_ : control_;
  return found ? &*found : nullptr;
}

const Directory& Store::control() const {
  if (control_) return *control_;
  throw Error(ExitCode::kInternal, in_quotes(backups_.shown(kControlDirectory)) + " is not open");
}

const Directory* Store::find_shelf(Shelf shelf) const {
  if (shelf == Shelf::kBackups) return &backups_;
  const std::optional<Directory>& found = shelf == Shelf::kGood ? good_ : failed_;
  return found ? &*found : nullptr;
}

const Directory& Store::shelf(Shelf shelf) const {
  const Directory* found = find_shelf(shelf);
  if (found != nullptr) return *found;
  throw Error(ExitCode::kInternal, "a shelf of " + in_quotes(display_) + " is not open");
}

std::optional<Directory> Store::find_set(const SetRef& ref) const {
  const Directory* found = find_shelf(ref.shelf);
  return found == nullptr ? std::nullopt : found->find_directory(ref.id);
}

std::optional<std::string> Store::read_control_file(std::string_view name, size_t limit) const {
  return control_ ? control_->read_small_file(name, limit) : std::nullopt;
}

bool Store::has_set(const SetRef& ref) const {
  const Directory* found = find_shelf(ref.shelf);
  return found != nullptr && is_set_id(ref.id) && found->status(ref.id);
}

Store::Records& Store::records(std::string_view name) const {
  const auto known = records_.find(name);
  if (known != records_.end()) return known->second;
  std::string text = read_control_file(name, kLargestRecords).value_or("");
  return records_.emplace(name, Records{std::move(text), nullptr}).first->second;
}

void Store::append_records(const std::string& name, std::string_view lines, SyncBatch* disk) const {
  SyncBatch alone(control(), SyncBatch::Method::kEachFile);
  std::string text = read_records(name);
  records_.erase(name);  // a write that fails may leave a part of the lines
  append_line(control(), name, lines, owner_, disk == nullptr ? alone : *disk);
  alone.flush();
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  records_[name].text = text.append(lines).append("\n");
}

void Store::replace_records(const std::string& name, std::string_view text) const {
  if (text.size() > kLargestRecords) refuse_damaged(in_quotes(control().shown(name)) + " would be larger than is read");
  records_.erase(name);
  write_file_durably(control(), name, text, owner_);
}

std::vector<SetRef> Store::list_sets() const {
  std::vector<SetRef> sets;
  for (const Shelf shelf : kShelves) {
    const Directory* directory = find_shelf(shelf);
    if (directory == nullptr) continue;
    for (std::string& name : directory->list()) {
      if (is_set_id(name)) sets.push_back({shelf, std::move(name)});
    }
  }
  return sets;
}

std::string path_of_shelf(Shelf shelf) {
  if (shelf == Shelf::kBackups) return "";
  return shelf == Shelf::kGood ? ".backstep/good/" : ".backstep/failed/";
}

std::string path_of_set(const SetRef& ref) { return path_of_shelf(ref.shelf) + ref.id + '/'; }

std::string Store::shown(const SetRef& ref) const { return display_ + '/' + path_of_set(ref); }

void remove_leftovers(const Store& store) {
  for (const Shelf shelf : kShelves) {
    if (const Directory* directory = store.find_shelf(shelf)) remove_leftovers_in(*directory);
  }
  if (store.has_control()) remove_leftovers_in(store.control());
  if (store.common() != nullptr) remove_leftovers_in(*store.common());
}

}  // namespace backstep
