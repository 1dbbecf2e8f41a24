// SPDX-License-Identifier: Apache-2.0
#include "store/sets/index.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "system/files/digest.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr const char* kIndexFile = "index";
// A line a record: numbers in the order of this header, then texts, each behind its length, so that it may hold any
// bytes. The last line is the hash of what stands before it. What a copy is called follows from its path.
//
// No JSON: this file is read and written by most calls, and by nobody else.
constexpr std::string_view kHeader =
    "backstep index 5: size mode uid gid shelf live_inode live_ctime live_mtime at_rest copy_inode copy_mtime path "
    "sha256 set capability\n";
constexpr size_t kLargestIndex = size_t{64} * 1024 * 1024;
constexpr size_t kHashLine = 65;

[[noreturn]] void refuse() { refuse_damaged("not an index that we wrote"); }

// In the order of the file.
template <typename Record, typename Set, typename Visit>
void visit_numbers(Record& record, Set& set, Visit visit) {
  visit(record.size, record.mode, record.owner.uid, record.owner.gid, set.shelf, record.live_inode,
        record.live_ctime_ns, record.live_mtime_ns, record.at_rest_ns, record.copy_inode, record.copy_mtime_ns);
}

template <typename Number>
auto number_of(Number number) {
  if constexpr (std::is_enum_v<Number>) {
    return static_cast<int>(number);
  } else {
    return number;
  }
}

std::string line_of(const std::string& path, const IndexRecord& record) {
  std::string text;
  const auto add = [&](auto number, char end) {
    const fmt::format_int digits(number_of(number));
    text.append(digits.data(), digits.size()) += end;
  };
  visit_numbers(record, *record.set, [&](auto... value) { (add(value, ' '), ...); });
  for (const std::string& part : {path, record.sha256.hex(), record.set->id, record.capability}) {
    add(part.size(), ':');
    text += part;
  }
  return text += '\n';
}

// Takes the records off a text one by one. Throws Error (kDamaged) for what line_of() did not write.
class RecordReader {
 public:
  explicit RecordReader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  void put_next(Index& index) {
    IndexRecord record;
    SetRef set;
    visit_numbers(record, set, [&](auto&... number) { (take(number, ' '), ...); });
    const std::string path = take();
    const auto hash = ContentHash::from_hex(take());
    if (!hash) refuse();
    record.sha256 = *hash;
    set.id = take();
    record.capability = take();
    skip('\n');
    index.put(path, set, std::move(record));
  }

 private:
  template <typename Number>
  void take(Number& number, char end) {
    const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc()) refuse();
    rest_.remove_prefix(static_cast<size_t>(stop - rest_.data()));
    skip(end);
  }
  void take(Shelf& shelf, char end) {
    int number = 0;
    take(number, end);
    if (number < 0 || number > static_cast<int>(Shelf::kFailed)) refuse();
    shelf = static_cast<Shelf>(number);
  }
  std::string take() {
    size_t size = 0;
    take(size, ':');
    if (size > rest_.size()) refuse();
    const std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }
  void skip(char expected) {
    if (!rest_.starts_with(expected)) refuse();
    rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

// A torn write fails here, before anything is parsed.
std::string_view checked_records(std::string_view text) {
  if (!text.starts_with(kHeader)) refuse();
  const size_t last_line = text.find_last_of('\n', text.size() - 2) + 1;
  if (last_line < kHeader.size() || text.substr(last_line) != sha256_hex(text.substr(0, last_line)) + '\n') {
    refuse();
  }
  return text.substr(kHeader.size(), last_line - kHeader.size());
}

}  // namespace

IndexRecord record_of(const FileEntry& entry, const FileStatus& live, int64_t at_rest_ns, uint64_t copy_inode,
                      int64_t copy_mtime_ns) {
  return {.size = entry.size,
          .mode = entry.mode,
          .owner = entry.owner,
          .sha256 = entry.sha256,
          .capability = entry.capability,
          .live_inode = live.inode,
          .live_ctime_ns = live.ctime_ns,
          .live_mtime_ns = live.mtime_ns,
          .at_rest_ns = at_rest_ns,
          .copy_inode = copy_inode,
          .copy_mtime_ns = copy_mtime_ns};
}

Index Index::load(const Store& store) {
  try {
    const std::string text = store.read_control_file(kIndexFile, kLargestIndex).value_or("");
    Index index;
    for (RecordReader records(checked_records(text)); !records.at_end();) records.put_next(index);
    return index;
  } catch (const Error&) {
    return {};
  }
}

// Not synced: what a power cut tears fails its last line.
void Index::save(const Store& store) const {
  StagedFile staged(store.control(), kIndexFile);
  HashedPieces lines([&](std::string_view text) { staged.write(text); }, kLargestIndex - kHashLine);
  lines.add(kHeader);
  for (const auto& [path, record] : records_) lines.add(line_of(path, record));
  staged.write(lines.end() + '\n');
  staged.set_mode_and_owner({}, store.owner());
  staged.finish_unsynced();
  staged.commit();
}

const IndexRecord* Index::find(std::string_view path) const {
  const auto found = records_.find(path);
  return found == records_.end() ? nullptr : &found->second;
}

void Index::put(const std::string& path, const SetRef& set, IndexRecord record) {
  record.set = &*sets_.insert(set).first;
  records_.insert_or_assign(records_.end(), path, std::move(record));  // most come in order
}

bool Index::live_same(const IndexRecord& record, const FileStatus& live) {
  return live.type == FileType::kRegular && live.inode == record.live_inode && live.size == record.size &&
         live.mtime_ns == record.live_mtime_ns && live.ctime_ns == record.live_ctime_ns && live.mode == record.mode &&
         live.owner() == record.owner;
}

bool Index::live_unchanged(const IndexRecord& record, const FileStatus& live) {
  return live_same(record, live) && live.mtime_ns < record.at_rest_ns && live.ctime_ns < record.at_rest_ns;
}

bool Index::copy_unchanged(const IndexRecord& record, const FileStatus& copy) {
  return copy.type == FileType::kRegular && copy.inode == record.copy_inode && copy.size == record.size &&
         copy.mtime_ns == record.copy_mtime_ns && copy.mode == record.mode;
}

bool Index::copy_usable(const IndexRecord& record, const FileStatus& copy) {
  return copy_unchanged(record, copy) && copy.links < kMostLinks;
}

}  // namespace backstep
