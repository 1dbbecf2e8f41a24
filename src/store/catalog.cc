// SPDX-License-Identifier: Apache-2.0
#include "store/catalog.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
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
  throw Error(ExitCode::kDamaged, in_quotes(subject) + ": a line of it is too long");
}

ManifestSummary read_summary(CatalogEntry& entry, const FoundFile& manifest,
                             const std::string& shown) {
  const std::string ends = ends_of(manifest, shown);
  try {
    ManifestSummary summary = decode_manifest_summary(shown, ends);
    require_own_names(summary.manifest, entry.ref, shown);
    return summary;
  } catch (const Error&) {
    entry.manifest.base = base_named_in(ends);
    throw;
  }
}

void read_without_manifest(CatalogEntry& entry, const Directory& shelf, const std::string& shown) {
  if (entry.ref.shelf != Shelf::kBackups) {
    throw Error(ExitCode::kDamaged, in_quotes(shown) + ": missing");
  }
  entry.state = CatalogEntry::State::kUnverified;
  entry.file_count = shelf.open_directory(entry.ref.id).list().size();
}

const ManifestSummary* recalled(const SetRef& ref, const Directory& shelf, const std::string& path,
                                CatalogCache& cache) {
  if (!cache.knows(ref)) return nullptr;
  const auto status = shelf.glance(path);
  return status ? cache.find(ref, *status) : nullptr;
}

void read_entry(CatalogEntry& entry, const Directory& shelf, const std::string& shown,
                CatalogCache& cache) {
  const std::string path = entry.ref.id + '/' + Manifest::kFileName;
  const ManifestSummary* summary = recalled(entry.ref, shelf, path, cache);
  if (summary == nullptr) {
    const auto manifest = shelf.find_regular(path);
    if (!manifest) return read_without_manifest(entry, shelf, shown);
    summary = cache.put(entry.ref, manifest->status, read_summary(entry, *manifest, shown));
  }
  entry.manifest = summary->manifest;
  entry.file_count = summary->file_count;
}

void set_trouble(CatalogEntry& entry, CatalogEntry::State state, const Error& error) {
  entry.state = state;
  entry.trouble = error.message();
  Manifest nothing;
  nothing.base = entry.manifest.base;
  entry.manifest = std::move(nothing);
  entry.file_count = 0;
}

CatalogEntry entry_of(const Store& store, const Directory& shelf, SetRef ref, CatalogCache& cache) {
  CatalogEntry entry;
  entry.ref = std::move(ref);
  try {
    read_entry(entry, shelf, store.shown(entry.ref) + Manifest::kFileName, cache);
  } catch (const NewerFormat& error) {
    set_trouble(entry, CatalogEntry::State::kNewer, error);
  } catch (const Error& error) {
    set_trouble(entry, CatalogEntry::State::kDamaged, error);
  }
  if (entry.state != CatalogEntry::State::kComplete) {
    entry.manifest.id = entry.ref.id;
    entry.manifest.time = seconds_of_id(entry.ref.id).value_or(0);
  }
  return entry;
}

// Names first: entries are large to sort.
void list_shelf(const Store& store, Shelf shelf, std::vector<SetRef>& refs,
                std::vector<std::string>& foreign) {
  const Directory* directory = store.find_shelf(shelf);
  if (directory == nullptr) return;
  for (auto& [name, type] : directory->list_types()) {
    if (name.starts_with('.')) continue;
    if (is_set_id(name) && type == FileType::kDirectory) {
      refs.push_back({shelf, std::move(name)});
    } else if (shelf == Shelf::kBackups) {
      foreign.push_back(std::move(name));
    }
  }
}

bool comes_before(const SetRef& a, const SetRef& b) {
  return a.id != b.id ? a.id < b.id : a.shelf < b.shelf;
}

Catalog catalog_by(CatalogCache cache, const Store& store) {
  Catalog catalog;
  catalog.cache = std::move(cache);
  std::vector<SetRef> refs;
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood, Shelf::kFailed}) {
    list_shelf(store, shelf, refs, catalog.foreign);
  }
  std::sort(refs.begin(), refs.end(), comes_before);
  catalog.entries.reserve(refs.size());
  for (SetRef& ref : refs) {
    const Directory& shelf = *store.find_shelf(ref.shelf);
    catalog.entries.push_back(entry_of(store, shelf, std::move(ref), catalog.cache));
  }
  return catalog;
}

}  // namespace

Catalog read_catalog(const Store& store) {
  return catalog_by(CatalogCache(), store);
}

Catalog recall_catalog(const Store& store) {
  return catalog_by(CatalogCache::load(store), store);
}

const CatalogEntry* Catalog::find(const SetRef& ref) const {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const CatalogEntry& entry) { return entry.ref == ref; });
  return found == entries.end() ? nullptr : &*found;
}

const CatalogEntry* Catalog::find_base(const CatalogEntry& evidence) const {
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood}) {
    if (const CatalogEntry* entry = find({shelf, evidence.manifest.base})) return entry;
  }
  return nullptr;
}

std::string newest_id(const Store& store) {
  std::string newest;
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood, Shelf::kFailed}) {
    const Directory* directory = store.find_shelf(shelf);
    if (directory == nullptr) continue;
    for (const std::string& name : directory->list()) {
      if (is_set_id(name)) newest = std::max(newest, name);
    }
  }
  return newest;
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
  constexpr std::string_view kFailedPrefix = "failed/";
  if (name == "latest") {
    const auto newest = std::find_if(
        catalog.entries.rbegin(), catalog.entries.rend(), [](const CatalogEntry& entry) {
          return entry.ref.shelf == Shelf::kBackups && entry.state != CatalogEntry::State::kNewer;
        });
    return newest == catalog.entries.rend() ? std::nullopt : std::optional(newest->ref);
  }
  const bool failed = name.starts_with(kFailedPrefix);
  if (failed) name.remove_prefix(kFailedPrefix.size());
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.ref.id == name && (entry.ref.shelf == Shelf::kFailed) == failed) return entry.ref;
  }
  return std::nullopt;
}

SetRef named_set(const Catalog& catalog, std::string_view name) {
  const std::optional<SetRef> found = find_by_name(catalog, name);
  if (!found) {
    throw Error(ExitCode::kUsage,
                "there is no backup " + in_quotes(name) + " (see 'backstep list')");
  }
  return *found;
}

}  // namespace backstep
