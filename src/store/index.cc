// SPDX-License-Identifier: Apache-2.0
#include "store/index.h"

#include <fmt/core.h>

#include <array>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "system/digest.h"
#include "system/staged_file.h"

namespace backstep {
namespace {

constexpr const char* kIndexFile = "index";
constexpr int kIndexFormat = 1;
constexpr size_t kLargestIndex = size_t{64} * 1024 * 1024;

// A record is an array, for names in each of ten thousand lines would be most of the file; the
// header says what stands where.
constexpr std::array<const char*, 16> kColumns{
    "path",       "stored",    "size",       "mode",      "uid",        "gid",
    "mtime",      "sha256",    "shelf",      "set",       "live_inode", "live_ctime",
    "live_mtime", "hashed_at", "copy_inode", "copy_mtime"};

[[noreturn]] void refuse() {
  throw Error(ExitCode::kDamaged, "not an index that we wrote");
}

std::string header_text() {
  Json header;
  header.set("backstep", "index");
  header.set("format", kIndexFormat);
  Json columns;
  for (const char* column : kColumns) columns.push_back(column);
  header.set("columns", std::move(columns));
  return header.dump();
}

std::string encode(const IndexRecord& record) {
  const FileEntry& entry = record.entry;
  return Json(Json::Array{entry.path, entry.stored, entry.size, entry.mode, entry.owner.uid,
                          entry.owner.gid, entry.mtime_ns, entry.sha256,
                          static_cast<int>(record.set.shelf), record.set.id, record.live_inode,
                          record.live_ctime_ns, record.live_mtime_ns, record.hashed_at_ns,
                          record.copy_inode, record.copy_mtime_ns})
      .dump();
}

// The columns of one line, in order.
class Columns {
 public:
  explicit Columns(const Json& line) : values_(line.array()) {
    if (values_ == nullptr || values_->size() != kColumns.size()) refuse();
  }
  const std::string& text() {
    const std::string* value = (*values_)[next_++].string();
    if (value == nullptr) refuse();
    return *value;
  }
  int64_t number() {
    const int64_t* value = (*values_)[next_++].integer();
    if (value == nullptr) refuse();
    return *value;
  }
  uint64_t whole() { return static_cast<uint64_t>(number()); }
  uint32_t small() { return static_cast<uint32_t>(number()); }

 private:
  const Json::Array* values_;
  size_t next_ = 0;
};

IndexRecord decode(std::string_view text) {
  const Json line = Json::parse(text);
  Columns columns(line);
  IndexRecord record;
  record.entry.path = columns.text();
  record.entry.stored = columns.text();
  record.entry.size = columns.whole();
  record.entry.mode = columns.small();
  record.entry.owner.uid = columns.small();
  record.entry.owner.gid = columns.small();
  record.entry.mtime_ns = columns.number();
  record.entry.sha256 = columns.text();
  const int64_t shelf = columns.number();
  if (shelf < 0 || shelf > static_cast<int64_t>(Shelf::kFailed)) refuse();
  record.set.shelf = static_cast<Shelf>(shelf);
  record.set.id = columns.text();
  record.live_inode = columns.whole();
  record.live_ctime_ns = columns.number();
  record.live_mtime_ns = columns.number();
  record.hashed_at_ns = columns.number();
  record.copy_inode = columns.whole();
  record.copy_mtime_ns = columns.number();
  return record;
}

std::string trailer_text(size_t count, std::string_view before) {
  Json trailer;
  trailer.set("count", uint64_t{count});
  trailer.set("sha256", sha256_hex(before));
  return trailer.dump() + '\n';
}

// The records' lines, when the text is whole: a torn write fails here, before anything is parsed.
std::string_view checked_lines(std::string_view text) {
  const std::string header = header_text() + '\n';
  if (!text.starts_with(header) || !text.ends_with('\n')) refuse();
  const size_t trailer = text.find_last_of('\n', text.size() - 2);
  if (trailer == std::string_view::npos || trailer + 1 < header.size()) refuse();
  const std::string_view before = text.substr(0, trailer + 1);
  const Json last = Json::parse(text.substr(trailer + 1));
  if (last.text("sha256") != sha256_hex(before)) refuse();
  return before.substr(header.size());
}

}  // namespace

Index Index::load(const Store& store) {
  Index index;
  try {
    const std::optional<std::string> text = store.read_control_file(kIndexFile, kLargestIndex);
    if (!text) return index;
    std::string_view lines = checked_lines(*text);
    while (!lines.empty()) {
      const size_t end = lines.find('\n');
      index.put(decode(lines.substr(0, end)));
      lines.remove_prefix(end + 1);
    }
    return index;
  } catch (const Error&) {
    return {};
  }
}

// Renamed into place, so that no reader sees half of it, but not synced: what a power cut tears
// fails its trailer and is an empty index.
void Index::save(const Store& store) const {
  std::string text = header_text() + '\n';
  for (const auto& [path, record] : records_) text += encode(record) + '\n';
  text += trailer_text(records_.size(), text);

  const Directory& control = store.control();
  const std::string staged = StagedFile::temporary_name(kIndexFile);
  control.remove_file(staged);
  UniqueFd file = control.create_file(staged);
  write_all(file.get(), text, control.shown(kIndexFile));
  give_to(file.get(), store.owner(), control.shown(kIndexFile));
  file.close(control.shown(kIndexFile));
  control.rename(staged, control, kIndexFile, IfExists::kReplace);
}

const IndexRecord* Index::find(std::string_view path) const {
  const auto found = records_.find(path);
  return found == records_.end() ? nullptr : &found->second;
}

void Index::put(IndexRecord record) {
  std::string path = record.entry.path;
  records_.insert_or_assign(std::move(path), std::move(record));
}

bool Index::live_unchanged(const IndexRecord& record, const FileStatus& live) {
  const int64_t settled_before = record.hashed_at_ns - kRacyNs;
  return live.type == FileType::kRegular && live.inode == record.live_inode &&
         live.size == record.entry.size && live.mtime_ns == record.live_mtime_ns &&
         live.ctime_ns == record.live_ctime_ns && live.mode == record.entry.mode &&
         Owner{live.uid, live.gid} == record.entry.owner && live.mtime_ns < settled_before &&
         live.ctime_ns < settled_before;
}

bool Index::copy_usable(const IndexRecord& record, const FileStatus& copy) {
  return copy.type == FileType::kRegular && copy.inode == record.copy_inode &&
         copy.size == record.entry.size && copy.mtime_ns == record.copy_mtime_ns &&
         copy.mode == record.entry.mode && copy.links < kMostLinks;
}

}  // namespace backstep
