// SPDX-License-Identifier: Apache-2.0
#include "store/catalog_cache.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "store/cache_file.h"

namespace backstep {
namespace {

constexpr CacheFile kCatalogFile = {
    .name = "catalog",
    .header = "backstep catalog 1: shelf inode size mtime ctime set first_and_last_line\n",
    .largest = size_t{64} * 1024 * 1024,
};

}  // namespace

CatalogCache CatalogCache::load(const Store& store) {
  CatalogCache cache;
  const bool whole = kCatalogFile.read(store, [&](CacheReader& record) {
    const Shelf shelf = record.shelf();
    Known known;
    known.inode = record.number<uint64_t>();
    known.size = record.number<uint64_t>();
    known.mtime_ns = record.number<int64_t>();
    known.ctime_ns = record.number<int64_t>();
    std::string id = record.text();
    known.ends = record.text();
    cache.known_.insert_or_assign(std::pair(std::move(id), shelf), std::move(known));
  });
  return whole ? std::move(cache) : CatalogCache();
}

const std::string* CatalogCache::find(const SetRef& ref, const FileStatus& manifest) {
  const auto found = known_.find({ref.id, ref.shelf});
  if (found == known_.end()) return nullptr;
  Known& known = found->second;
  known.here = known.inode == manifest.inode && known.size == manifest.size &&
               known.mtime_ns == manifest.mtime_ns && known.ctime_ns == manifest.ctime_ns;
  return known.here ? &known.ends : nullptr;
}

void CatalogCache::put(const SetRef& ref, const FileStatus& manifest, std::string ends) {
  known_.insert_or_assign({ref.id, ref.shelf},
                          Known{manifest.inode, manifest.size, manifest.mtime_ns, manifest.ctime_ns,
                                std::move(ends), true});
  added_ = true;
}

bool CatalogCache::changed() const {
  return added_ || std::any_of(known_.begin(), known_.end(),
                               [](const auto& each) { return !each.second.here; });
}

void CatalogCache::save(const Store& store) const {
  CacheWriter writer(store, kCatalogFile);
  std::string text;
  for (const auto& [key, known] : known_) {
    if (!known.here) continue;
    const auto& [id, shelf] = key;
    text.clear();
    fmt::format_to(std::back_inserter(text), "{} {} {} {} {} ", static_cast<int>(shelf),
                   known.inode, known.size, known.mtime_ns, known.ctime_ns);
    append_cache_text(text, id);
    append_cache_text(text, known.ends);
    writer.add(text);
  }
  writer.finish();
}

}  // namespace backstep
