// SPDX-License-Identifier: Apache-2.0
#include "store/sets/index.h"

#include <fmt/core.h>

#include <iterator>
#include <string_view>

#include "store/sets/cache_file.h"

namespace backstep {
namespace {

// A line a record, numbers in the order of this header, then texts.
constexpr CacheFile kIndexFile = {
    .name = "index",
    .header =
        "backstep index 2: size mode uid gid mtime shelf live_inode live_ctime live_mtime at_rest "
        "copy_inode copy_mtime sha256 set path stored\n",
    .largest = size_t{64} * 1024 * 1024,
};

void append(const IndexRecord& record, std::string& text) {
  const FileEntry& entry = record.entry;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "{} {} {} {} {} {} ", entry.size, entry.mode, entry.owner.uid,
                 entry.owner.gid, entry.mtime_ns, static_cast<int>(record.set.shelf));
  fmt::format_to(out, "{} {} {} {} {} {} ", record.live_inode, record.live_ctime_ns,
                 record.live_mtime_ns, record.at_rest_ns, record.copy_inode, record.copy_mtime_ns);
  for (const std::string* part : {&entry.sha256, &record.set.id, &entry.path, &entry.stored}) {
    append_cache_text(text, *part);
  }
}

IndexRecord next_record(CacheReader& parts) {
  IndexRecord record;
  record.entry.size = parts.number<uint64_t>();
  record.entry.mode = parts.number<mode_t>();
  record.entry.owner.uid = parts.number<uid_t>();
  record.entry.owner.gid = parts.number<gid_t>();
  record.entry.mtime_ns = parts.number<int64_t>();
  record.set.shelf = parts.shelf();
  record.live_inode = parts.number<uint64_t>();
  record.live_ctime_ns = parts.number<int64_t>();
  record.live_mtime_ns = parts.number<int64_t>();
  record.at_rest_ns = parts.number<int64_t>();
  record.copy_inode = parts.number<uint64_t>();
  record.copy_mtime_ns = parts.number<int64_t>();
  record.entry.sha256 = parts.text();
  record.set.id = parts.text();
  record.entry.path = parts.text();
  record.entry.stored = parts.text();
  return record;
}

}  // namespace

Index Index::load(const Store& store) {
  Index index;
  const bool whole =
      kIndexFile.read(store, [&](CacheReader& record) { index.put(next_record(record)); });
  return whole ? std::move(index) : Index();
}

void Index::save(const Store& store) const {
  CacheWriter writer(store, kIndexFile);
  std::string text;
  for (const IndexRecord& record : records_) {
    text.clear();
    append(record, text);
    writer.add(text);
  }
  writer.finish();
}

const IndexRecord* Index::find(std::string_view path) const {
  const auto found = records_.find(path);
  return found == records_.end() ? nullptr : &*found;
}

void Index::put(IndexRecord record) {
  const auto place = records_.lower_bound(record.entry.path);
  const bool known = place != records_.end() && place->entry.path == record.entry.path;
  const auto next = known ? records_.erase(place) : place;
  records_.insert(next, std::move(record));
}

bool Index::live_same(const IndexRecord& record, const FileStatus& live) {
  return live.type == FileType::kRegular && live.inode == record.live_inode &&
         live.size == record.entry.size && live.mtime_ns == record.live_mtime_ns &&
         live.ctime_ns == record.live_ctime_ns && live.mode == record.entry.mode &&
         live.owner() == record.entry.owner;
}

bool Index::live_unchanged(const IndexRecord& record, const FileStatus& live) {
  return live_same(record, live) && live.mtime_ns < record.at_rest_ns &&
         live.ctime_ns < record.at_rest_ns;
}

bool Index::copy_unchanged(const IndexRecord& record, const FileStatus& copy) {
  return copy.type == FileType::kRegular && copy.inode == record.copy_inode &&
         copy.size == record.entry.size && copy.mtime_ns == record.copy_mtime_ns &&
         copy.mode == record.entry.mode;
}

bool Index::copy_usable(const IndexRecord& record, const FileStatus& copy) {
  return copy_unchanged(record, copy) && copy.links < kMostLinks;
}

}  // namespace backstep
