// SPDX-License-Identifier: Apache-2.0
#include "store/index.h"

#include <fmt/core.h>

#include <charconv>
#include <iterator>
#include <string_view>

#include "base/error.h"
#include "system/digest.h"
#include "system/staged_file.h"

namespace backstep {
namespace {

constexpr const char* kIndexFile = "index";
constexpr size_t kLargestIndex = size_t{64} * 1024 * 1024;

// No JSON: it is read and written by every backup and restore, by nobody else, and lost without
// harm. A line a record, numbers in the order of this header, then texts, each behind its length.
constexpr std::string_view kHeader =
    "backstep index 2: size mode uid gid mtime shelf live_inode live_ctime live_mtime at_rest "
    "copy_inode copy_mtime sha256 set path stored\n";

[[noreturn]] void refuse() {
  throw Error(ExitCode::kDamaged, "not an index that we wrote");
}

void append(const IndexRecord& record, std::string& text) {
  const FileEntry& entry = record.entry;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "{} {} {} {} {} {} ", entry.size, entry.mode, entry.owner.uid,
                 entry.owner.gid, entry.mtime_ns, static_cast<int>(record.set.shelf));
  fmt::format_to(out, "{} {} {} {} {} {} ", record.live_inode, record.live_ctime_ns,
                 record.live_mtime_ns, record.at_rest_ns, record.copy_inode, record.copy_mtime_ns);
  for (const std::string* part : {&entry.sha256, &record.set.id, &entry.path, &entry.stored}) {
    fmt::format_to(out, "{}:{}", part->size(), *part);
  }
  text += '\n';
}

// Takes the parts off a text one by one.
class Parts {
 public:
  explicit Parts(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  template <typename Number>
  Number number(char end) {
    Number value{};
    const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    rest_.remove_prefix(static_cast<size_t>(stop - rest_.data()));
    if (error != std::errc()) refuse();
    skip(end);
    return value;
  }
  std::string text() {
    const auto size = number<size_t>(':');
    if (size > rest_.size()) refuse();
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return value;
  }
  void skip(char expected) {
    if (rest_.empty() || rest_.front() != expected) refuse();
    rest_.remove_prefix(1);
  }

 private:
  std::string_view rest_;
};

IndexRecord next_record(Parts& parts) {
  IndexRecord record;
  record.entry.size = parts.number<uint64_t>(' ');
  record.entry.mode = parts.number<mode_t>(' ');
  record.entry.owner.uid = parts.number<uid_t>(' ');
  record.entry.owner.gid = parts.number<gid_t>(' ');
  record.entry.mtime_ns = parts.number<int64_t>(' ');
  const int shelf = parts.number<int>(' ');
  if (shelf < 0 || shelf > static_cast<int>(Shelf::kFailed)) refuse();
  record.set.shelf = static_cast<Shelf>(shelf);
  record.live_inode = parts.number<uint64_t>(' ');
  record.live_ctime_ns = parts.number<int64_t>(' ');
  record.live_mtime_ns = parts.number<int64_t>(' ');
  record.at_rest_ns = parts.number<int64_t>(' ');
  record.copy_inode = parts.number<uint64_t>(' ');
  record.copy_mtime_ns = parts.number<int64_t>(' ');
  record.entry.sha256 = parts.text();
  record.set.id = parts.text();
  record.entry.path = parts.text();
  record.entry.stored = parts.text();
  parts.skip('\n');
  return record;
}

std::string trailer_of(size_t count, std::string_view before) {
  return fmt::format("{} {}\n", count, sha256_hex(before));
}

// The records, when the text is whole: a torn write fails here, before anything is parsed.
std::string_view checked_records(std::string_view text, size_t& count) {
  if (!text.starts_with(kHeader) || !text.ends_with('\n')) refuse();
  const size_t trailer = text.find_last_of('\n', text.size() - 2) + 1;
  if (trailer < kHeader.size()) refuse();
  count = Parts(text.substr(trailer)).number<size_t>(' ');
  if (text.substr(trailer) != trailer_of(count, text.substr(0, trailer))) refuse();
  return text.substr(kHeader.size(), trailer - kHeader.size());
}

}  // namespace

Index Index::load(const Store& store) {
  Index index;
  try {
    const std::optional<std::string> text = store.read_control_file(kIndexFile, kLargestIndex);
    if (!text) return index;
    size_t count = 0;
    Parts parts(checked_records(*text, count));
    while (!parts.at_end()) index.put(next_record(parts));
    if (index.records_.size() != count) refuse();
    return index;
  } catch (const Error&) {
    return {};
  }
}

// Renamed into place, so that no reader sees half of it, but not synced: what a power cut tears
// fails its trailer and is an empty index.
void Index::save(const Store& store) const {
  std::string text(kHeader);
  for (const IndexRecord& record : records_) append(record, text);
  text += trailer_of(records_.size(), text);

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
