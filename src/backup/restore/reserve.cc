// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/reserve.h"

#include <set>

#include "base/error.h"
#include "store/records/history.h"
#include "store/sets/set_reader.h"
#include "store/sets/set_writer.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

constexpr size_t kMostFiles = 256;
constexpr uint64_t kMostBytes = uint64_t{16} << 20;
constexpr uint64_t kManifestHead = uint64_t{8} << 10;
constexpr uint64_t kManifestLine = 384;

// A rename leads from one mount into no other, even of the same file system.
bool is_one_mount(const Directory& a, const Directory& b) {
  const FileStatus one = a.own_status();
  const FileStatus other = b.own_status();
  return one.device == other.device && one.mount_id == other.mount_id;
}

const Directory& home_of(const Tree& tree, const Store& store) {
  const Directory& workspace = tree.workspace.directory;
  return is_one_mount(store.control(), workspace) ? store.control() : workspace;
}

Owner ours(const Directory& home) { return {effective_user(), home.own_status().gid}; }

void hold_file(const Directory& reserve, const std::string& name, uint64_t size) {
  const std::string_view parent = parts_of(name).parent;
  if (!parent.empty()) reserve.make_directories(parent, ours(reserve));
  UniqueFd file = reserve.create_file(name);
  hold_bytes(file.get(), 0, size, reserve.shown(name));
  file.close(reserve.shown(name));
}

// Git takes what it finds in a tree for somebody's work, or for something to clean away. On a disk
// that is full by now, it may.
void hide_from_git(const Directory& reserve) {
  try {
    UniqueFd file = reserve.create_file(".gitignore");
    write_all(file.get(), "*\n", reserve.shown(".gitignore"));
    file.close(reserve.shown(".gitignore"));
  } catch (const Error& error) {
    if (!is_out_of_room(error)) throw;
  }
}

}  // namespace

void Reserve::hold(const Tree& tree, const Store& store, const RoomSizes& sizes) {
  release(tree, store);
  hold_room_for_records(store);
  const Directory& home = home_of(tree, store);
  const Directory reserve = home.make_directories(kReserveDirectory, ours(home));
  const bool is_in_store = &home == &store.control();
  if (is_in_store) {
    hold_file(reserve, Manifest::kFileName, kManifestHead + kManifestLine * sizes.size());
  }
  uint64_t left = kMostBytes;
  size_t files = 0;
  for (const auto& [path, size] : sizes) {
    if (files == kMostFiles || size > left) continue;
    hold_file(reserve, SetWriter::stored_name(tree.patterns, path), size);
    left -= size;
    ++files;
  }
  if (!is_in_store) hide_from_git(reserve);
}

std::optional<Reserve> Reserve::find(const Tree& tree, const Store& store) {
  std::optional<Directory> found = home_of(tree, store).find_directory(kReserveDirectory);
  if (!found) return std::nullopt;
  const FileStatus status = found->own_status();
  if (status.uid != effective_user() || (status.mode & 077) != 0) return std::nullopt;
  return Reserve(std::move(*found), tree, store);
}

void Reserve::release(const Tree& tree, const Store& store) { home_of(tree, store).remove_tree(kReserveDirectory); }

std::string Reserve::name_of(const std::string& path) const { return SetWriter::stored_name(tree_.patterns, path); }

bool Reserve::holds(const std::string& path) const {
  const auto status = directory_.status(name_of(path));
  if (!status || status->type != FileType::kRegular || status->links != 1) return false;
  const auto place = tree_.workspace.directory.find_directory_or_root(parts_of(path).parent);
  return place && is_one_mount(directory_, *place);
}

bool Reserve::is_in_store() const { return is_one_mount(directory_, store_.control()); }

bool Reserve::has(const FileEntry& replaced) const {
  const auto status = directory_.status(name_of(replaced.path));
  return status && status->size == replaced.size && status->mtime_ns == replaced.mtime_ns;
}

bool Reserve::take(const std::string& path) const {
  try {
    tree_.workspace.directory.rename(path, directory_, name_of(path), IfExists::kReplace);
    return true;
  } catch (const SystemError&) {
    return false;  // another file system, or no room for the name
  }
}

void Reserve::give_back(const FileEntry& failed, const FileEntry& target) const {
  const Directory& workspace = tree_.workspace.directory;
  const std::string& path = failed.path;
  const auto taken = read_live_file(directory_, name_of(path));
  // What is held, and perhaps written to, is of the target or has no bytes.
  if (!taken || taken->size == 0 || !same_version(*taken, failed)) return;
  const auto live = read_live_file(workspace, path);
  const bool is_restored = target.absent ? !live : live && same_version(*live, target);
  if (!is_restored || (live && same_version(failed, target))) return;
  if (directory_.exchange(name_of(path), workspace, path)) return;
  directory_.rename(name_of(path), workspace, path, IfExists::kReplace);
}

void Reserve::become(Manifest manifest) {
  std::set<std::string> kept{Manifest::kFileName};
  for (FileEntry& entry : manifest.files) {
    if (entry.absent || entry.in_base) continue;
    entry.stored = name_of(entry.path);
    has(entry) ? void(kept.insert(entry.stored)) : void(entry = unstored_entry(entry.path));
  }
  for (const FileBelow& file : files_below(directory_, {})) {
    if (!kept.contains(file.path)) directory_.remove_file(file.path);
  }
  manifest.digest = set_digest(manifest.files);
  auto [file, status] = directory_.open_regular_file(Manifest::kFileName, O_WRONLY);
  encode_manifest(manifest, [&, fd = file.get()](std::string_view text) {
    write_all(fd, text, directory_.shown(Manifest::kFileName));
  });
  sync_file(file.get(), directory_.shown(Manifest::kFileName));
  give_to(file.get(), status, store_.owner(), directory_.display());
  file.close(directory_.shown(Manifest::kFileName));
  give_to(directory_.fd(), directory_.own_status(), store_.owner(), directory_.display());
  directory_.sync();
  const Directory& shelf = store_.shelf(Shelf::kFailed);
  store_.control().rename(kReserveDirectory, shelf, manifest.id, IfExists::kFail);
  shelf.sync();
}

}  // namespace backstep
