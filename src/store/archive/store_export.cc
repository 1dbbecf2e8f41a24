// SPDX-License-Identifier: Apache-2.0
#include "store/archive/archive.h"

#include <algorithm>
#include <span>

#include "base/error.h"
#include "base/text.h"
#include "store/sets/set_reader.h"
#include "system/files/digest.h"

namespace backstep {
namespace {

constexpr size_t kLargest = size_t{256} * 1024 * 1024;  // of manifests and notes

void require_still_there(const Store& store, const SetRef& ref) {
  if (store.has_set(ref)) return;
  throw Error(ExitCode::kBackupFailed,
              in_quotes(ref.label()) + " was removed while it was being exported: export again");
}

[[noreturn]] void changed_meanwhile(const std::string& shown) {
  refuse_damaged(in_quotes(shown) + " changed while it was being exported");
}

TarEntry file_entry(std::string name, mode_t mode, int64_t mtime, uint64_t size = 0) {
  return {.name = std::move(name), .kind = TarEntry::Kind::kFile, .size = size, .mode = mode, .mtime = mtime};
}

TarEntry directory_entry(const SetRef& ref, int64_t time) {
  TarEntry entry = file_entry(archive_name(ref, ""), 0700, time);
  entry.kind = TarEntry::Kind::kDirectory;
  return entry;
}

bool is_note(const StoredSet& set, const std::string& name) {
  if (!name.starts_with('_') || name == Manifest::kFileName) return false;
  const auto named = [&](const FileEntry& entry) { return entry.stored == name && !entry.in_base; };
  const std::vector<FileEntry>& files = set.manifest.files;
  if (std::ranges::any_of(files, named)) return false;
  const auto status = set.directory.status(name);
  return status && status->type == FileType::kRegular;
}

// Damaged sets and those of a newer version count none.
size_t file_count(const Catalog& catalog) {
  size_t count = 0;
  for (const CatalogEntry& entry : catalog.entries) count += entry.file_count;
  return count;
}

class Export {
 public:
  Export(const Store& store, TarWriter& tar, const std::function<void()>& go_on, Work& work)
      : store_(store), tar_(tar), go_on_(go_on), work_(work) {}

  void add(const CatalogEntry& entry, const Patterns& patterns) {
    go_on_();
    try {
      if (entry.state == CatalogEntry::State::kComplete) return add_verified(entry.ref, patterns);
      if (entry.state == CatalogEntry::State::kUnverified) return add_unverified(entry.ref);
    } catch (const Error&) {
      require_still_there(store_, entry.ref);
      throw;
    }
    leave_out(entry.ref, {entry.trouble});
  }

  void add_records(std::string_view name, size_t Exported::*lines) {
    const std::string& all = store_.read_records(name);
    std::string text(whole_lines(all));
    if (text.empty()) return;
    if (!text.ends_with('\n')) text += '\n';
    tar_.add_text(file_entry(archive_name_of_records(name), 0600, 0), text);
    exported_.*lines = static_cast<size_t>(std::ranges::count(text, '\n'));
  }

  Exported take() { return std::move(exported_); }

 private:
  void add_verified(const SetRef& ref, const Patterns& patterns) {
    std::optional<StoredSet> set;
    std::vector<std::string> problems;
    try {
      set = read_set(store_, ref, patterns);
      problems = verify_set(*set);
    } catch (const Error& error) {
      if (error.code() != ExitCode::kDamaged && store_.has_set(ref)) throw;
      problems = {error.message()};
    }
    if (!problems.empty()) return leave_out(ref, std::move(problems));
    const std::string base = set->base ? set->base->ref.label() : "";
    if (set->base && std::ranges::find(exported_.sets, base) == exported_.sets.end()) {
      return leave_out(ref, {"it rests on " + base + ", which is left out"});
    }
    tar_.add(directory_entry(ref, set->manifest.time));
    add_text_file(*set, Manifest::kFileName);
    for (const std::string& name : set->directory.list()) {
      if (is_note(*set, name)) add_text_file(*set, name);
    }
    for (const FileEntry& entry : set->manifest.files) {
      entry.absent || entry.in_base ? work_.add() : add_stored_file(*set, entry);
    }
    exported_.sets.push_back(ref.label());
  }

  void add_unverified(const SetRef& ref) {
    const std::optional<Directory> found = store_.find_set(ref);
    if (!found) return;
    const Directory& set = *found;
    const std::vector<FileBelow> files =
        files_below(set, [](std::string_view path) { return parts_of(path).name.starts_with('.'); });
    std::vector<std::string> problems;
    for (const auto& [path, status] : files) {
      if (status.type == FileType::kRegular) continue;
      problems.push_back(printable(path) + ": not a regular file");
    }
    if (files.empty()) problems.emplace_back("it has neither a manifest nor files");
    if (!problems.empty()) return leave_out(ref, std::move(problems));
    // No manifest says when they changed, and an import makes them anew: the set's own time stays.
    const int64_t time = seconds_of_id(ref.id).value_or(0);
    tar_.add(directory_entry(ref, time));
    for (const auto& [path, status] : files) {
      copy(set, path, file_entry(archive_name(ref, path), status.mode & 0777, time, status.size));
    }
    exported_.sets.push_back(ref.label());
  }

  void add_text_file(const StoredSet& set, const std::string& name) {
    const std::optional<std::string> text = set.directory.read_small_file(name, kLargest);
    if (!text) changed_meanwhile(set.directory.shown(name));
    tar_.add_text(file_entry(archive_name(set.ref, name), 0600, set.manifest.time), *text);
  }

  void add_stored_file(const StoredSet& set, const FileEntry& entry) {
    const TarEntry file =
        file_entry(archive_name(set.ref, entry.stored), entry.mode, entry.mtime_ns / kNsPerSecond, entry.size);
    if (copy(set.place_of(entry).directory, entry.stored, file) == entry.sha256) return;
    changed_meanwhile(set.shown(entry));
  }

  // Returns the SHA-256 of what went into the archive.
  ContentHash copy(const Directory& from, const std::string& path, const TarEntry& entry) {
    const UniqueFd file = from.open_file(path);
    tar_.add(entry);
    uint64_t done = 0;
    const Copied copied = hash_through([&](std::span<char> buffer) {
      go_on_();
      const std::span<char> piece = buffer.first(std::min(buffer.size(), entry.size - done));
      const size_t count = read_at(file.get(), piece, done, from.shown(path));
      tar_.write({piece.data(), count});
      done += count;
      work_.add_bytes(count);
      return count;
    });
    if (copied.size != entry.size) changed_meanwhile(from.shown(path));
    work_.add();
    return copied.sha256;
  }

  void leave_out(const SetRef& ref, std::vector<std::string> problems) {
    if (!store_.has_set(ref)) return;  // not damaged: a retention has taken it
    exported_.left_out.push_back({ref.label(), std::move(problems)});
  }

  const Store& store_;
  TarWriter& tar_;
  const std::function<void()>& go_on_;
  Work& work_;
  Exported exported_;
};

}  // namespace

Exported export_store(const Store& store, const Patterns& patterns, TarWriter& tar, const std::function<void()>& go_on,
                      Progress* progress) {
  const Catalog catalog = read_catalog(store);
  Work work(progress, {.doing = "exporting", .count = file_count(catalog)});
  Export archive(store, tar, go_on, work);
  // Whoever imports it reads the base before what rests on it.
  for (const bool evidence : {false, true}) {
    for (const CatalogEntry& entry : catalog.entries) {
      if ((entry.ref.shelf == Shelf::kFailed) == evidence) archive.add(entry, patterns);
    }
  }
  archive.add_records(kVerdictsFile, &Exported::verdicts);
  archive.add_records(kHistoryFile, &Exported::history);
  return archive.take();
}

}  // namespace backstep
