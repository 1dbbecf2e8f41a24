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

// "" where one of the two does not lie in its piece as a whole.
std::string first_and_last_line(std::string_view head, std::string_view tail) {
  const size_t first_end = head.find('\n');
  const size_t last_start =
      tail.size() < 2 ? std::string_view::npos : tail.find_last_of('\n', tail.size() - 2);
  if (first_end == std::string_view::npos || last_start == std::string_view::npos) return {};
  std::string lines(head.substr(0, first_end + 1));
  return lines.append(tail.substr(last_start + 1));
}

// First and last line are all that a list shows; a manifest of ten thousand files has megabytes
// between them.
std::string ends_of(const FoundFile& manifest, std::string_view subject) {
  const int fd = manifest.fd.get();
  const uint64_t size = manifest.status.size;
  for (const uint64_t piece : kPieces) {
    const std::string head = piece_of(fd, 0, std::min(size, piece), subject);
    std::string ends = size <= piece
                           ? first_and_last_line(head, head)
                           : first_and_last_line(head, piece_of(fd, size - piece, piece, subject));
    if (!ends.empty()) return ends;
    if (size <= piece) return head;  // whoever decodes it says what is wrong
  }
  throw Error(ExitCode::kDamaged, in_quotes(subject) + ": a line of it is too long");
}

void decode_ends(CatalogEntry& entry, std::string_view ends, const std::string& shown) {
  try {
    entry.manifest = decode_manifest_summary(shown, ends, &entry.file_count);
  } catch (const Error&) {
    entry.manifest.base = base_named_in(ends);
    throw;
  }
  require_own_names(entry.manifest, entry.ref, shown);
}

void read_without_manifest(CatalogEntry& entry, const Directory& shelf, const std::string& shown) {
  if (entry.ref.shelf != Shelf::kBackups) {
    throw Error(ExitCode::kDamaged, in_quotes(shown) + ": missing");
  }
  entry.state = CatalogEntry::State::kUnverified;
  entry.file_count = shelf.open_directory(entry.ref.id).list().size();
}

void read_entry(CatalogEntry& entry, const Directory& shelf, const std::string& shown,
                CatalogCache& cache) {
  const std::string path = entry.ref.id + '/' + Manifest::kFileName;
  if (const auto status = shelf.glance(path)) {
    const std::string* ends = cache.find(entry.ref, *status);
    if (ends != nullptr) return decode_ends(entry, *ends, shown);
  }
  const auto manifest = shelf.find_regular(path);
  if (!manifest) return read_without_manifest(entry, shelf, shown);
  std::string ends = ends_of(*manifest, shown);
  decode_ends(entry, ends, shown);
  cache.put(entry.ref, manifest->status, std::move(ends));
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

void read_shelf(const Store& store, Shelf shelf, Catalog& catalog) {
  const Directory* directory = store.find_shelf(shelf);
  if (directory == nullptr) return;
  for (const auto& [name, type] : directory->list_types()) {
    if (name.starts_with('.')) continue;
    if (is_set_id(name) && type == FileType::kDirectory) {
      catalog.entries.push_back(entry_of(store, *directory, {shelf, name}, catalog.cache));
    } else if (shelf == Shelf::kBackups) {
      catalog.foreign.push_back(name);
    }
  }
}

bool comes_before(const CatalogEntry& a, const CatalogEntry& b) {
  return a.ref.id != b.ref.id ? a.ref.id < b.ref.id : a.ref.shelf < b.ref.shelf;
}

}  // namespace

Catalog read_catalog(const Store& store) {
  Catalog catalog;
  catalog.cache = CatalogCache::load(store);
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood, Shelf::kFailed}) {
    read_shelf(store, shelf, catalog);
  }
  std::sort(catalog.entries.begin(), catalog.entries.end(), comes_before);
  return catalog;
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
