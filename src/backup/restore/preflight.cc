// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/reserve.h"

#include <fmt/core.h>

#include <cerrno>
#include <set>
#include <tuple>

#include "base/error.h"
#include "base/text.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

std::string what_to_do(int error_number, const FileStatus& status) {
  if (error_number == EROFS) return "mount it writable";
  if (error_number == ENOSPC || error_number == EDQUOT) return "make room there";
  if (status.immutable) return "it is immutable, 'chattr -i' ends that";
  if (status.append_only) return "it is append-only, 'chattr -a' ends that";
  if ((error_number == EACCES || error_number == EPERM) && status.uid != effective_user()) {
    return fmt::format("it belongs to user {}:{}, run as that one", status.uid, status.gid);
  }
  return "it must be writable";
}

[[noreturn]] void refuse(std::string_view action, const std::string& shown, int error_number, const FileStatus& status,
                         std::string_view note = {}) {
  const SystemError cause(action, shown, error_number, note);
  throw Error(ExitCode::kBackupFailed, fmt::format("{}; {}", cause.message(), what_to_do(error_number, status)));
}

// Directories of one kind answer alike, so one of them is asked by making something.
using Kind = std::tuple<uint64_t, uint64_t, uid_t, gid_t, mode_t>;
Kind kind_of(const FileStatus& status) { return {status.mount_id, status.device, status.uid, status.gid, status.mode}; }

// `name` beneath `parent`, or `parent` itself for ".".
void require_writable(const Directory& parent, const std::string& name, const FileStatus& status,
                      std::set<Kind>& asked) {
  const std::string shown = name == "." ? parent.shown("") : parent.shown(name);
  if (status.immutable || status.append_only) {
    refuse("replace files in", shown, EPERM, status);
  }
  const bool accessible = why_not_accessible(parent, name) == 0;
  if (accessible && asked.contains(kind_of(status))) return;
  const Directory directory = name == "." ? parent.duplicate() : parent.open_directory(name);
  const int error_number = why_nothing_can_be_made(directory);
  if (error_number != 0) {
    refuse("replace files in", shown, error_number, status, why_no_room(directory.fd(), error_number));
  }
  asked.insert(kind_of(status));
}

uint64_t kibibytes(uint64_t bytes) { return (bytes + 1023) / 1024; }

// What will be written on one device.
struct Demand {
  std::string where;
  std::optional<Room> room;
  uint64_t bytes = 0;
  uint64_t files = 0;

  bool fits(uint64_t more) const { return !room || bytes + more <= room->free_bytes; }
};

// What leads up is asked from the settings' directory.
PathParts place_parts(std::string_view path) {
  const bool leads_up = path == ".." || path.ends_with("/..");
  return leads_up ? PathParts{"", path} : parts_of(path);
}

class Preflight {
 public:
  Preflight(const Tree& tree, const Store& store) : tree_(tree), store_(store) {}

  std::vector<std::string> check(std::span<const FileEntry> files, const HeldFiles& held) {
    for (const auto& [path, status] : held) {
      if (find_entry(files, path) != nullptr) check_held(path, status);
    }
    say_mount_points();
    for (const FileEntry& file : files) check_place(file);
    check_room(files.size());
    return std::move(warnings_);
  }

 private:
  const Directory& workspace() const { return tree_.workspace.directory; }

  void check_held(const std::string& path, const FileStatus& status) {
    if (!status.mount_point) refuse("replace", path, EPERM, status);
    try {
      const FoundFile file = workspace().open_regular_file(path, O_WRONLY);
      require_ours(file.status, file.status, path);
    } catch (const SystemError& error) {
      // A program that is running is busy now, and not when it is restored.
      if (error.error_number() == ETXTBSY) return;
      refuse("overwrite", path, error.error_number(), status);
    }
    mount_points_.push_back(path);
  }

  void say_mount_points() {
    if (mount_points_.empty()) return;
    const size_t more = mount_points_.size() - 1;
    warnings_.push_back(
        more == 0 ? fmt::format("{} is a mount point: a rollback writes it in place, not by rename",
                                printable(mount_points_.front()))
                  : fmt::format("{} and {} more are mount points: a rollback writes them in place, not by rename",
                                printable(mount_points_.front()), more));
  }

  // Files are sorted, so those of one directory mostly follow each other.
  void check_place(const FileEntry& file) {
    std::string place(parts_of(file.path).parent);
    if (place != place_) {
      place_ = place;
      device_ = check_directory(std::move(place), file.absent);
    }
    if (file.absent || !device_) return;
    if (is_sticky_) require_own(file.path);
    Demand& demand = demands_.at(*device_);
    if (demand.room) demand.bytes += in_blocks(file.size, *demand.room);
    ++demand.files;
  }

  // In another user's sticky directory a file is replaced by its owner alone.
  void require_own(const std::string& path) {
    const auto status = workspace().status(path);
    if (!status || status->uid == effective_user()) return;
    refuse("replace", path, EPERM, *status, "its directory is sticky");
  }

  // Its device; nullopt: it is not there. A file to be made needs what there is of the way to it,
  // one to be removed needs nothing then.
  std::optional<uint64_t> check_directory(std::string path, bool only_removed) {
    std::optional<FileStatus> status;
    while (!(status = status_at(path))) {
      if (only_removed) return std::nullopt;
      path = place_parts(path).parent;
    }
    if (status->type != FileType::kDirectory) return std::nullopt;
    const bool is_root = path.empty();
    const std::string name = is_root ? "." : std::string(place_parts(path).name);
    const bool is_mine = status->uid == effective_user() || effective_user() == 0;
    is_sticky_ = (status->mode & S_ISVTX) != 0 && !is_mine;
    require_writable(is_root ? workspace() : *above_, name, *status, asked_);
    if (!demands_.contains(status->device)) {
      const Directory directory = is_root ? workspace().duplicate() : workspace().open_directory(path);
      demands_.emplace(status->device, Demand{directory.shown(""), room_of(directory)});
    }
    return status->device;
  }

  // Asked in the directory above, which stays open for its next.
  std::optional<FileStatus> status_at(const std::string& path) {
    if (path.empty()) return workspace().own_status();
    const auto [parent, name] = place_parts(path);
    if (!above_ || above_path_ != parent) {
      above_ = workspace().find_directory_or_root(parent);
      above_path_ = parent;
    }
    return above_ ? above_->status(name) : std::nullopt;
  }

  // The journal is written anew beside the old one; the evidence has a manifest; history and
  // verdicts grow by a line each.
  void check_room(size_t files) {
    const uint64_t device = store_.control().own_status().device;
    const bool apart = !demands_.contains(device);
    uint64_t evidence = 0;
    for (const auto& [_, demand] : demands_) evidence += demand.bytes;
    if (apart) {
      demands_.emplace(device, Demand{store_.backups().shown(""), room_of(store_.backups())});
    }
    Demand& store = demands_.at(device);
    const Room room = store.room.value_or(Room{});
    store.bytes += 2 * in_blocks(kJournalHead + kJournalLine * files, room) +
                   in_blocks(kManifestHead + kManifestLine * files, room) + 2 * room.block;
    store.files += 2;
    for (const auto& [_, demand] : demands_) require_room(demand);
    // On one device the evidence is made of links.
    if (!apart || store.fits(evidence)) return;
    warnings_.push_back(fmt::format("{} has {} KiB free: what a rollback replaces ({} KiB) could not be kept",
                                    in_quotes(store.where), room.free_bytes / 1024, kibibytes(evidence)));
  }

  static void require_room(const Demand& demand) {
    if (!demand.room) return;
    const Room& room = *demand.room;
    std::string found;
    if (!demand.fits(0)) {
      found = fmt::format("{} KiB are needed, {} KiB are free", kibibytes(demand.bytes), room.free_bytes / 1024);
    } else if (room.free_files && demand.files > *room.free_files) {
      found = fmt::format("{} inodes are needed, {}", demand.files,
                          *room.free_files == 0 ? "no inodes left" : fmt::format("{} are free", *room.free_files));
    }
    if (found.empty()) return;
    const SystemError cause("bring files back to", demand.where, ENOSPC);
    throw Error(ExitCode::kBackupFailed, fmt::format("{} ({}); make room there", cause.message(), found));
  }

  static constexpr uint64_t kJournalHead = 2048;
  static constexpr uint64_t kJournalLine = 256;
  static constexpr uint64_t kManifestHead = 1024;
  static constexpr uint64_t kManifestLine = 384;

  const Tree& tree_;
  const Store& store_;
  std::set<Kind> asked_;
  std::map<uint64_t, Demand> demands_;  // by device
  std::vector<std::string> mount_points_;
  std::vector<std::string> warnings_;
  std::optional<Directory> above_;
  std::string above_path_;
  std::optional<std::string> place_;
  std::optional<uint64_t> device_;
  bool is_sticky_ = false;  // and another user's
};

}  // namespace

std::vector<std::string> require_way_back(const Tree& tree, const Store& store, std::span<const FileEntry> files,
                                          const HeldFiles& held) {
  return Preflight(tree, store).check(files, held);
}

void require_writable_store(const Store& store) {
  std::set<Kind> asked;
  for (const Directory* directory :
       {&store.backups(), &store.control(), &store.shelf(Shelf::kGood), &store.shelf(Shelf::kFailed)}) {
    require_writable(*directory, ".", directory->own_status(), asked);
  }
}

}  // namespace backstep
