// SPDX-License-Identifier: Apache-2.0
#include "store/catalog_cache.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>

#include "store/cache_file.h"

namespace backstep {
namespace {

// A line a set, numbers in the order of this header, then texts.
constexpr CacheFile kCatalogFile = {
    .name = "catalog",
    .header =
        "backstep catalog 1: shelf inode size mtime ctime sequence time file_count id uid base run "
        "made_by digest owner actor url commit tag message scope\n",
    .largest = size_t{64} * 1024 * 1024,
};

// In the order of the header, but for the scope.
template <typename AnyManifest, typename Visit>
void visit_texts(AnyManifest& manifest, const Visit& visit) {
  for (auto* text : {&manifest.id, &manifest.uid, &manifest.base, &manifest.run, &manifest.made_by,
                     &manifest.digest, &manifest.owner, &manifest.actor, &manifest.url,
                     &manifest.commit, &manifest.tag, &manifest.message}) {
    visit(*text);
  }
}

void append(const ManifestSummary& summary, std::string& record) {
  const Manifest& manifest = summary.manifest;
  fmt::format_to(std::back_inserter(record), "{} {} {} ", manifest.sequence, manifest.time,
                 summary.file_count);
  visit_texts(manifest, [&](const std::string& text) { append_cache_text(record, text); });
  append_cache_text(record, encode_patterns(manifest.patterns).dump());
}

ManifestSummary next_summary(CacheReader& record) {
  ManifestSummary summary;
  Manifest& manifest = summary.manifest;
  manifest.sequence = record.number<int64_t>();
  manifest.time = record.number<int64_t>();
  summary.file_count = record.number<size_t>();
  visit_texts(manifest, [&](std::string& text) { text = record.text(); });
  manifest.patterns = decode_patterns(Json::parse(record.text()));
  return summary;
}

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
    known.summary = next_summary(record);
    const std::pair key(known.summary.manifest.id, shelf);
    cache.known_.insert_or_assign(key, std::move(known));
  });
  return whole ? std::move(cache) : CatalogCache();
}

bool CatalogCache::knows(const SetRef& ref) const {
  return known_.contains({ref.id, ref.shelf});
}

const ManifestSummary* CatalogCache::find(const SetRef& ref, const FileStatus& manifest) {
  const auto found = known_.find({ref.id, ref.shelf});
  if (found == known_.end()) return nullptr;
  Known& known = found->second;
  known.here = known.inode == manifest.inode && known.size == manifest.size &&
               known.mtime_ns == manifest.mtime_ns && known.ctime_ns == manifest.ctime_ns;
  return known.here ? &known.summary : nullptr;
}

const ManifestSummary* CatalogCache::put(const SetRef& ref, const FileStatus& manifest,
                                         ManifestSummary summary) {
  const auto [place, _] = known_.insert_or_assign(
      {ref.id, ref.shelf}, Known{manifest.inode, manifest.size, manifest.mtime_ns,
                                 manifest.ctime_ns, std::move(summary), true});
  added_ = true;
  return &place->second.summary;
}

void CatalogCache::forget(const SetRef& ref) {
  const auto found = known_.find({ref.id, ref.shelf});
  if (found != known_.end()) found->second.here = false;
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
    text.clear();
    fmt::format_to(std::back_inserter(text), "{} {} {} {} {} ", static_cast<int>(key.second),
                   known.inode, known.size, known.mtime_ns, known.ctime_ns);
    append(known.summary, text);
    writer.add(text);
  }
  writer.finish();
}

}  // namespace backstep
