// SPDX-License-Identifier: Apache-2.0
#include "backup/take.h"

#include <fmt/core.h>

#include "backup/known_copies.h"
#include "base/error.h"
#include "base/text.h"
#include "store/set_writer.h"
#include "system/clock.h"
#include "system/digest.h"

namespace backstep {
namespace {

class Taking {
 public:
  Taking(const Tree& tree, const Store& store, SetRef ref, TrackedFiles tracked)
      : tree_(tree),
        store_(store),
        tracked_(std::move(tracked)),
        index_(Index::load(store)),
        copies_(store, index_),
        writer_(store, std::move(ref), tracked_.present.size()) {}

  TakenSet take(Manifest header) {
    for (const std::string& path : tracked_.present) store_file(path);
    for (const std::string& path : tracked_.absent) add_absent(path);
    std::sort(files_.begin(), files_.end(),
              [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
    header.files = files_;
    header.patterns = tree_.patterns;
    header.digest = set_digest(files_);
    writer_.publish(header);
    return finished(std::move(header));
  }

 private:
  void add_absent(const std::string& path) {
    FileEntry entry;
    entry.path = path;
    entry.absent = true;
    files_.push_back(entry);
  }

  void store_file(const std::string& path) {
    for (int attempt = 0; attempt < 2; ++attempt) {
      std::optional<UniqueFd> file = tree_.workspace.directory.find_file(path);
      if (!file) return add_absent(path);
      const int64_t opened_at = wall_nanoseconds();
      const FileStatus before = status_of(file->get(), path);
      FileEntry entry = stored_entry(path, before);
      const bool linked = link_known_copy(entry, before, file->get());
      if (!linked) writer_.add_copy(entry, file->get());
      const FileStatus after = status_of(file->get(), path);
      if (before.size == after.size && before.mtime_ns == after.mtime_ns &&
          before.ctime_ns == after.ctime_ns && entry.size == before.size) {
        linked_ += linked ? 1 : 0;
        return remember(entry, before, opened_at);
      }
      writer_.directory().remove_file(entry.stored);
    }
    throw Error(
        ExitCode::kBackupFailed,
        fmt::format("cannot back up {}: it keeps changing while it is read", in_quotes(path)));
  }

  FileEntry stored_entry(const std::string& path, const FileStatus& status) const {
    FileEntry entry;
    entry.path = path;
    entry.stored = SetWriter::stored_name(tree_.patterns, path);
    entry.size = status.size;
    entry.mode = status.mode & 0777;
    entry.owner = {status.uid, status.gid};
    entry.mtime_ns = status.mtime_ns;
    return entry;
  }

  // The hash comes from the index where the file is the very one that was hashed; else the file is
  // read, for a generator that writes the same bytes again is the usual case.
  bool link_known_copy(FileEntry& entry, const FileStatus& live, int file) {
    const IndexRecord* record = index_.find(entry.path);
    if (record == nullptr || record->entry.size != entry.size || record->entry.mode != entry.mode ||
        record->entry.owner != entry.owner) {
      return false;
    }
    if (!Index::live_unchanged(*record, live) &&
        sha256_of_file(file, entry.path) != record->entry.sha256) {
      return false;
    }
    entry.sha256 = record->entry.sha256;
    return copies_.link(writer_, entry);
  }

  void remember(const FileEntry& entry, const FileStatus& live, int64_t opened_at) {
    const auto copy = writer_.directory().status(entry.stored);
    IndexRecord record;
    record.entry = entry;
    record.set = writer_.ref();
    record.live_inode = live.inode;
    record.live_ctime_ns = live.ctime_ns;
    record.live_mtime_ns = live.mtime_ns;
    record.hashed_at_ns = opened_at;
    record.copy_inode = copy ? copy->inode : 0;
    record.copy_mtime_ns = copy ? copy->mtime_ns : 0;
    index_.put(std::move(record));
    files_.push_back(entry);
  }

  TakenSet finished(Manifest header) {
    TakenSet taken{writer_.ref(), std::move(header), {}, linked_};
    taken.live.files = files_;
    taken.live.digest = taken.manifest.digest;
    taken.live.warnings = std::move(tracked_.warnings);
    taken.live.services_dir_missing = tracked_.services_dir_missing;
    try {
      index_.save(store_);
    } catch (const Error& error) {
      taken.live.warnings.push_back("the index was not written: " + error.message());
    }
    return taken;
  }

  const Tree& tree_;
  const Store& store_;
  TrackedFiles tracked_;
  Index index_;
  KnownCopies copies_;
  SetWriter writer_;
  std::vector<FileEntry> files_;
  size_t linked_ = 0;
};

}  // namespace

TakenSet take_set(const Tree& tree, const Store& store, Shelf shelf, Manifest header) {
  TrackedFiles tracked = find_tracked_files(tree.workspace.directory, tree.patterns, tree.store);
  Taking taking(tree, store, SetRef{shelf, header.id}, std::move(tracked));
  return taking.take(std::move(header));
}

}  // namespace backstep
