// SPDX-License-Identifier: Apache-2.0
#include "backup/take.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "store/sets/set_writer.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

class Taking {
 public:
  Taking(const Tree& tree, const Store& store, SetRef ref, TrackedFiles tracked, Oddities oddities)
      : tree_(tree),
        store_(store),
        oddities_(oddities),
        tracked_(std::move(tracked)),
        index_(Index::load(store)),
        stamps_(tree.workspace.directory.fd()),
        copies_(store, index_),
        writer_(store, std::move(ref), tracked_.present()) {
    live_.warnings = std::move(tracked_.warnings);
  }

  TakenSet take(Manifest header) {
    const bool is_backup = writer_.ref().shelf == Shelf::kBackups;
    Work work(tree_.progress, {.doing = is_backup ? "backing up" : "storing", .count = tracked_.present()});
    for (const TrackedFile& file : tracked_.files) {
      if (file.kind == TrackedFile::Kind::kPresent) {
        if (!link_unchanged(file)) store_file(file.path);
        work.add(live_.files.back().size);
      } else {
        const bool is_absent = file.kind == TrackedFile::Kind::kAbsent;
        live_.files.push_back(is_absent ? absent_entry(file.path) : unstored_entry(file.path));
      }
    }
    tracked_.files = {};  // what is not needed any more makes room for the text of the manifest
    header.files = std::move(live_.files);
    header.directories = odd_directories(tree_.workspace.directory, header.files);
    header.patterns = tree_.patterns;
    header.tree_owner = tree_.workspace.directory.own_status().owner();
    header.digest = set_digest(header.files);
    writer_.publish(header);
    return finished(std::move(header));
  }

 private:
  // Where the file is the very one that was hashed, nothing of it is opened or read.
  bool link_unchanged(const TrackedFile& file) {
    const IndexRecord* record = index_.find(file.path);
    if (tree_.checksum || record == nullptr || !Index::live_unchanged(*record, file.status)) {
      return false;
    }
    FileEntry entry = stored_entry(file.path, file.status);
    entry.sha256 = record->sha256;
    entry.capability = record->capability;
    const std::optional<FileStatus> copy = copies_.link(writer_, entry);
    if (!copy) return false;
    ++linked_;
    remember(std::move(entry), file.status, record->at_rest_ns, *copy);
    return true;
  }

  void leave_out(const std::string& path, const Error& error) {
    live_.warnings.push_back(
        left_out_words(tree_.workspace.directory, path, error, oddities_, is_named(tree_.patterns, path)));
    live_.files.push_back(unstored_entry(path));
  }

  // nullopt: it is not there, or cannot be opened, and is noted so.
  std::optional<FoundFile> open_live(const std::string& path) {
    try {
      std::optional<FoundFile> file = tree_.workspace.directory.find_regular(path);
      if (!file) live_.files.push_back(absent_entry(path));
      return file;
    } catch (const Error& error) {
      leave_out(path, error);
      return std::nullopt;
    }
  }

  void store_file(const std::string& path) {
    for (int attempt = 0; attempt < 2; ++attempt) {
      const int64_t opened_at = stamps_.now();
      const std::optional<FoundFile> file = open_live(path);
      if (!file) return;
      const FileStatus& before = file->status;
      FileEntry entry = stored_entry(path, before);
      entry.capability = capability_of(file->fd.get(), path);
      std::optional<FileStatus> copy = link_same_content(entry, file->fd.get());
      const bool linked = copy.has_value();
      if (!copy) copy = writer_.add_copy(entry, file->fd.get());
      const FileStatus after = status_of(file->fd.get(), path);
      if (!changed_meanwhile(before, after) && entry.size == before.size) {
        linked_ += linked ? 1 : 0;
        return remember(std::move(entry), before, stamps_.at_rest_before(opened_at, before), *copy);
      }
      writer_.directory().remove_file(entry.stored);
    }
    leave_out(path, Error(ExitCode::kBackupFailed,
                          fmt::format("cannot back up {}: it keeps changing while it is read", in_quotes(path))));
  }

  FileEntry stored_entry(const std::string& path, const FileStatus& status) const {
    FileEntry entry = entry_of(path, status);
    entry.stored = SetWriter::stored_name(tree_.patterns, path);
    return entry;
  }

  // A generator that writes the same bytes again is the usual case.
  std::optional<FileStatus> link_same_content(FileEntry& entry, int file) {
    const IndexRecord* record = index_.find(entry.path);
    if (record == nullptr || record->size != entry.size || record->mode != entry.mode || record->owner != entry.owner ||
        sha256_of_file(file, entry.path, entry.size) != record->sha256) {
      return std::nullopt;
    }
    entry.sha256 = record->sha256;
    return copies_.link(writer_, entry);
  }

  void remember(FileEntry entry, const FileStatus& live, int64_t at_rest, const FileStatus& copy) {
    if (is_held(live)) live_.held.emplace(entry.path, live);
    index_.put(entry.path, writer_.ref(), record_of(entry, live, at_rest, copy.inode, copy.mtime_ns));
    live_.files.push_back(std::move(entry));
  }

  TakenSet finished(Manifest header) {
    try {
      index_.save(store_);
    } catch (const Error& error) {
      live_.warnings.push_back("the index was not written: " + error.message());
    }
    index_ = {};
    live_.files = header.files;
    live_.digest = header.digest;
    return {writer_.ref(), std::move(header), std::move(live_), linked_};
  }

  const Tree& tree_;
  const Store& store_;
  const Oddities oddities_;
  TrackedFiles tracked_;
  Index index_;
  StampClock stamps_;
  KnownCopies copies_;
  SetWriter writer_;
  LiveSet live_;
  size_t linked_ = 0;
};

// Puts a file of another set into the one that is written; returns how it lies there.
FileEntry add_stored(SetWriter& writer, const Patterns& patterns, const StoredSet& source, const FileEntry& file) {
  FileEntry entry = file;
  entry.in_base = false;
  if (entry.absent) return entry;
  entry.stored = SetWriter::stored_name(patterns, entry.path);
  if (!writer.add_link(entry, source.place_of(file).directory, file.stored)) {
    writer.add_copy(entry, source.open(file).fd.get());
  }
  return entry;
}

}  // namespace

TakenSet take_set(const Tree& tree, const Store& store, Shelf shelf, Manifest header, Oddities oddities) {
  return take_set(tree, store, shelf, std::move(header), find_tracked_files(tree, oddities), oddities);
}

TakenSet take_set(const Tree& tree, const Store& store, Shelf shelf, Manifest header, TrackedFiles tracked,
                  Oddities oddities) {
  Taking taking(tree, store, SetRef{shelf, header.id}, std::move(tracked), oddities);
  return taking.take(std::move(header));
}

Manifest compose_set(const Store& store, const StoredSet& known, const StoredSet& here, Manifest header) {
  const std::vector<FileEntry>& files = known.manifest.files;
  const Patterns& patterns = header.patterns;
  SetWriter writer(store, SetRef{Shelf::kGood, header.id}, files.size() + here.manifest.files.size());
  side_by_side(files, here.manifest.files, [&](const FileEntry* file, const FileEntry* found) {
    if (file != nullptr && !file->absent && patterns.looks_for(file->path)) {
      header.files.push_back(add_stored(writer, patterns, known, *file));
    } else if (found != nullptr) {
      header.files.push_back(add_stored(writer, patterns, here, *found));
    }
  });
  header.tree_owner = known.manifest.tree_owner;
  header.directories = known.manifest.directories;
  header.directories.insert(here.manifest.directories.begin(), here.manifest.directories.end());
  header.digest = set_digest(header.files);
  writer.publish(header);
  return header;
}

}  // namespace backstep
