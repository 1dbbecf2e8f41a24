// SPDX-License-Identifier: Apache-2.0
#include "store/sets/set_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "system/clock.h"

namespace backstep {

// Of each set: its manifest's two lines, and the file as it looked when they were read.
struct KnownManifests {
  struct Known {
    FileStatus file;
    Manifest manifest;
    size_t file_count = 0;
  };
  std::map<SetRef, Known> by_set;
};

namespace {

// Most headers and every trailer are shorter than the first piece; the last is the limit of both.
constexpr std::array<uint64_t, 2> kPieces = {1024, uint64_t{64} * 1024};

std::string piece_of(int fd, uint64_t offset, uint64_t length, std::string_view subject) {
  std::string piece(length, '\0');
  piece.resize(read_at(fd, piece, offset, subject));
  return piece;
}

// First and last line are all that a list shows; a manifest of ten thousand files has megabytes
// between them.
std::string ends_of(const FoundFile& manifest, std::string_view subject) {
  const int fd = manifest.fd.get();
  const uint64_t size = manifest.status.size;
  for (const uint64_t piece : kPieces) {
    std::string head = piece_of(fd, 0, std::min(size, piece), subject);
    if (size <= piece) return head;
    const size_t first_end = head.find('\n');
    const std::string tail = piece_of(fd, size - piece, piece, subject);
    const size_t last_start = tail.find_last_of('\n', tail.size() - 2);
    if (first_end == std::string::npos || last_start == std::string::npos) continue;
    return head.substr(0, first_end + 1) + tail.substr(last_start + 1);
  }
  refuse_damaged(in_quotes(subject) + ": a line of it is too long");
}

void read_without_manifest(CatalogEntry& entry, const Directory& shelf, const std::string& shown) {
  if (entry.ref.shelf != Shelf::kBackups) {
    refuse_damaged(in_quotes(shown) + ": missing");
  }
  entry.state = CatalogEntry::State::kUnverified;
  entry.file_count = shelf.open_directory(entry.ref.id).list().size();
}

// A manifest is written once, before its set gets a name.
bool is_same_file(const FileStatus& a, const FileStatus& b) {
  return a.device == b.device && a.inode == b.inode && !changed_meanwhile(a, b);
}

void read_entry(CatalogEntry& entry, const Store& store, const Directory& shelf, const std::string& shown) {
  const std::string path = entry.ref.id + '/' + Manifest::kFileName;
  auto& all_known = store.known_manifests();
  if (!all_known) all_known = std::make_shared<KnownManifests>();
  const auto known = all_known->by_set.find(entry.ref);
  if (known != all_known->by_set.end()) {
    const auto look = shelf.glance(path);
    if (look && is_same_file(*look, known->second.file)) {
      entry.manifest = known->second.manifest;
      entry.file_count = known->second.file_count;
      return;
    }
  }
  const auto manifest = shelf.find_regular(path);
  if (!manifest) return read_without_manifest(entry, shelf, shown);
  const size_t count = decode_manifest_ends(shown, ends_of(*manifest, shown), entry.manifest);
  require_fit_base(entry.manifest, entry.ref, shown);
  entry.file_count = count;
  all_known->by_set[entry.ref] = {manifest->status, entry.manifest, count};
}

// nullopt: it was listed, and removed before it was read.
std::optional<CatalogEntry> entry_of(const Store& store, const Directory& shelf, SetRef ref) {
  CatalogEntry entry;
  entry.ref = std::move(ref);
  try {
    read_entry(entry, store, shelf, store.shown(entry.ref) + Manifest::kFileName);
  } catch (const Error& error) {
    const bool newer = dynamic_cast<const NewerFormat*>(&error) != nullptr;
    entry.state = newer ? CatalogEntry::State::kNewer : CatalogEntry::State::kDamaged;
    entry.trouble = error.message();
    entry.unread = error.error_number() != 0;
  }
  Manifest& manifest = entry.manifest;
  manifest.id = entry.ref.id;
  if (entry.state != CatalogEntry::State::kComplete) {
    if (!store.has_set(entry.ref)) return std::nullopt;
    // What it says beside its names is nobody's word.
    manifest = {.uid = manifest.uid,
                .sequence = manifest.sequence,
                .id = manifest.id,
                .base = manifest.base,
                .time = seconds_of_id(manifest.id).value_or(0)};
  }
  return entry;
}

// Names first: entries are large to sort.
void list_shelf(const Store& store, Shelf shelf, std::vector<SetRef>& refs, std::vector<std::string>& foreign) {
  const Directory* directory = store.find_shelf(shelf);
  if (directory == nullptr) return;
  for (auto& [name, type] : directory->list_types()) {
    if (name.starts_with('.')) continue;
    if (is_set_id(name) && type == FileType::kDirectory) {
      refs.push_back({shelf, std::move(name)});
    } else if (shelf == Shelf::kBackups && !is_environment(*directory, name)) {
      foreign.push_back(std::move(name));
    }
  }
}

// A set and the time by which it has its place among the others.
struct Placed {
  CatalogEntry* entry;
  int64_t time;
};

// Gives each set the earliest time of it and all that follow: what comes before it in time, comes
// before it in the catalog, though clocks disagreed about some.
void take_earliest_from(std::vector<Placed>& ours, int64_t now) {
  int64_t least = std::numeric_limits<int64_t>::max();
  for (auto set = ours.rbegin(); set != ours.rend(); ++set) {
    if (is_believable(set->time, now)) least = std::min(least, set->time);
    set->time = least;
  }
}

// `entries` are in the order of their IDs.
std::vector<CatalogEntry> oldest_first(std::vector<CatalogEntry> entries, int64_t now) {
  std::vector<Placed> ours;
  std::vector<Placed> others;
  for (CatalogEntry& entry : entries) {
    const int64_t time = entry.manifest.time;
    if (entry.manifest.sequence > 0) {
      ours.push_back({&entry, time});
    } else {
      others.push_back({&entry, is_believable(time, now) ? time : 0});
    }
  }
  std::ranges::stable_sort(ours, {}, [now](const Placed& set) {
    // Where a forged set has used up the numbers, only the time is left to tell.
    const auto& [sequence, uid] = std::tie(set.entry->manifest.sequence, set.entry->manifest.uid);
    const bool by_time = sequence == kLastSequence && is_believable(set.time, now);
    return std::tuple(sequence, by_time ? set.time : 0, std::string_view(uid));
  });
  take_earliest_from(ours, now);
  std::ranges::stable_sort(others, {}, &Placed::time);
  std::vector<Placed> placed(entries.size());
  std::ranges::merge(ours, others, placed.begin(), {}, &Placed::time, &Placed::time);
  std::vector<CatalogEntry> ordered;
  ordered.reserve(entries.size());
  for (const Placed& set : placed) ordered.push_back(std::move(*set.entry));
  return ordered;
}

// Null: there is none.
template <typename Wanted>
const CatalogEntry* first_of(const std::vector<CatalogEntry>& entries, Wanted wanted) {
  const auto found = std::ranges::find_if(entries, wanted);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

Catalog read_catalog(const Store& store) {
  Catalog catalog;
  std::vector<SetRef> refs;
  for (const Shelf shelf : kShelves) list_shelf(store, shelf, refs, catalog.foreign);
  std::ranges::sort(refs, {}, [](const SetRef& ref) { return std::tie(ref.id, ref.shelf); });
  catalog.entries.reserve(refs.size());
  for (SetRef& ref : refs) {
    const Directory& shelf = *store.find_shelf(ref.shelf);
    auto entry = entry_of(store, shelf, std::move(ref));
    if (entry) catalog.entries.push_back(std::move(*entry));
  }
  const int64_t now = SystemClock(nullptr).wall_seconds();
  catalog.entries = oldest_first(std::move(catalog.entries), now);
  return catalog;
}

const CatalogEntry* Catalog::find(const SetRef& ref) const {
  return first_of(entries, [&](const CatalogEntry& entry) { return entry.ref == ref; });
}

bool Catalog::is_newer(const SetRef& one, const SetRef& other) const {
  const auto place = [&](const SetRef& ref) {
    const CatalogEntry* entry = find(ref);
    return entry == nullptr ? -1 : entry - entries.data();
  };
  return place(one) > place(other);
}

const CatalogEntry* Catalog::find_named(std::string_view name) const {
  return first_of(entries, [&](const CatalogEntry& entry) { return entry.manifest.name() == name; });
}

const CatalogEntry* Catalog::find_base(const Manifest& evidence) const {
  const CatalogEntry* base = find_named(evidence.base);
  return base == nullptr || base->ref.shelf == Shelf::kFailed ? nullptr : base;
}

std::vector<const CatalogEntry*> Catalog::with_digest(std::string_view digest) const {
  std::vector<const CatalogEntry*> found;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    if (entry->state == CatalogEntry::State::kComplete && entry->ref.shelf != Shelf::kFailed &&
        entry->manifest.digest == digest) {
      found.push_back(&*entry);
    }
  }
  return found;
}

std::optional<SetRef> find_by_name(const Catalog& catalog, std::string_view name) {
  const bool failed = name == "failed" || name == "failed/latest";
  if (failed || name == "latest") {
    const Shelf shelf = failed ? Shelf::kFailed : Shelf::kBackups;
    const auto newest = std::find_if(catalog.entries.rbegin(), catalog.entries.rend(), [&](const CatalogEntry& entry) {
      return entry.ref.shelf == shelf && entry.state != CatalogEntry::State::kNewer;
    });
    return newest == catalog.entries.rend() ? std::nullopt : std::optional(newest->ref);
  }
  const CatalogEntry* found =
      first_of(catalog.entries, [&](const CatalogEntry& entry) { return entry.ref.label() == name; });
  return found == nullptr ? std::nullopt : std::optional(found->ref);
}

SetRef named_set(const Catalog& catalog, std::string_view name) {
  if (const std::optional<SetRef> found = find_by_name(catalog, name)) return *found;
  std::vector<SetRef> begin_so;
  for (const CatalogEntry& entry : catalog.entries) {
    if (!name.empty() && entry.ref.label().starts_with(name)) begin_so.push_back(entry.ref);
  }
  if (begin_so.size() == 1) return begin_so.front();
  if (begin_so.empty()) {
    refuse_usage("there is no backup " + in_quotes(name) + " (see 'list')");
  }
  refuse_usage(fmt::format("{} backups begin with {}, from {} to {}: name one of them", begin_so.size(),
                           in_quotes(name), begin_so.front().label(), begin_so.back().label()));
}

RecordedSet recorded_set(const Catalog& catalog, const std::string& name) {
  if (name.empty()) return {};
  const CatalogEntry* entry = catalog.find_named(name);
  return {name, entry == nullptr ? SetRef{Shelf::kBackups, name} : entry->ref};
}

}  // namespace backstep
