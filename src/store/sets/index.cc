// SPDX-License-Identifier: Apache-2.0
#include "store/sets/index.h"

#include <fmt/core.h>

#include <charconv>
#include <iterator>

#include "base/error.h"
#include "system/files/digest.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr const char* kIndexFile = "index";
// A line a record: numbers in the order of this header, then texts, each behind its length, so that
// it may hold any bytes. The last line is the hash of what stands before it.
//
// No JSON: this file is read and written by most calls, and by nobody else.
constexpr std::string_view kHeader =
    "backstep index 4: size mode uid gid mtime shelf live_inode live_ctime live_mtime at_rest copy_inode copy_mtime "
    "sha256 set path stored capability\n";
constexpr size_t kLargestIndex = size_t{64} * 1024 * 1024;
constexpr size_t kWrittenAtOnce = size_t{64} * 1024;

[[noreturn]] void refuse() { refuse_damaged("not an index that we wrote"); }

// In the order of the file.
template <typename Record, typename Visit>
void visit_numbers(Record& record, Visit visit) {
  visit(record.entry.size, record.entry.mode, record.entry.owner.uid, record.entry.owner.gid, record.entry.mtime_ns,
        record.set.shelf, record.live_inode, record.live_ctime_ns, record.live_mtime_ns, record.at_rest_ns,
        record.copy_inode, record.copy_mtime_ns);
}

template <typename Record, typename Visit>
void visit_texts(Record& record, Visit visit) {
  visit(record.entry.sha256, record.set.id, record.entry.path, record.entry.stored, record.entry.capability);
}

template <typename Number>
auto number_of(Number number) {
  if constexpr (std::is_enum_v<Number>) {
    return static_cast<int>(number);
  } else {
    return number;
  }
}

void append(const IndexRecord& record, std::string& text) {
  const auto out = std::back_inserter(text);
  visit_numbers(record, [&](auto... value) { (fmt::format_to(out, "{} ", number_of(value)), ...); });
  visit_texts(record, [&](const auto&... part) { (fmt::format_to(out, "{}:{}", part.size(), part), ...); });
  text += '\n';
}

// Takes the records off a text one by one. Throws Error (kDamaged) for what append() did not write.
class RecordReader {
 public:
  explicit RecordReader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  IndexRecord next() {
    IndexRecord record;
    visit_numbers(record, [&](auto&... number) { (take(number, ' '), ...); });
    visit_texts(record, [&](auto&... text) { (take(text), ...); });
    skip('\n');
    return record;
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
  void take(std::string& text) {
    size_t size = 0;
    take(size, ':');
    if (size > rest_.size()) refuse();
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
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

Index Index::load(const Store& store) {
  try {
    const std::string text = store.read_control_file(kIndexFile, kLargestIndex).value_or("");
    Index index;
    for (RecordReader records(checked_records(text)); !records.at_end();) {
      index.records_.insert(index.records_.end(), records.next());  // the file has them in order
    }
    return index;
  } catch (const Error&) {
    return {};
  }
}

// Not synced: what a power cut tears fails its last line. A piece at a time, so that a hundred
// thousand records are never all in memory as text.
void Index::save(const Store& store) const {
  StagedFile staged(store.control(), kIndexFile);
  Sha256 sum;
  std::string piece(kHeader);
  size_t size = 0;
  const auto write_out = [&] {
    size += piece.size();
    if (size > kLargestIndex - kWrittenAtOnce) {
      throw Error(ExitCode::kInternal, "it would be larger than is read again");
    }
    sum.update(piece);
    staged.write(piece);
    piece.clear();
  };
  for (const IndexRecord& record : records_) {
    append(record, piece);
    if (piece.size() >= kWrittenAtOnce) write_out();
  }
  write_out();
  staged.write(sum.hex() + '\n');
  staged.set_mode_and_owner({}, store.owner());
  staged.finish_unsynced();
  staged.commit();
}

const IndexRecord* Index::find(std::string_view path) const {
  const auto found = records_.find(path);
  return found == records_.end() ? nullptr : &*found;
}

void Index::put(IndexRecord record) {
  const auto known = records_.find(record.entry.path);
  if (known != records_.end()) records_.erase(known);
  records_.insert(records_.end(), std::move(record));
}

bool Index::live_same(const IndexRecord& record, const FileStatus& live) {
  return live.type == FileType::kRegular && live.inode == record.live_inode && live.size == record.entry.size &&
         live.mtime_ns == record.live_mtime_ns && live.ctime_ns == record.live_ctime_ns &&
         live.mode == record.entry.mode && live.owner() == record.entry.owner;
}

bool Index::live_unchanged(const IndexRecord& record, const FileStatus& live) {
  return live_same(record, live) && live.mtime_ns < record.at_rest_ns && live.ctime_ns < record.at_rest_ns;
}

bool Index::copy_unchanged(const IndexRecord& record, const FileStatus& copy) {
  return copy.type == FileType::kRegular && copy.inode == record.copy_inode && copy.size == record.entry.size &&
         copy.mtime_ns == record.copy_mtime_ns && copy.mode == record.entry.mode;
}

bool Index::copy_usable(const IndexRecord& record, const FileStatus& copy) {
  return copy_unchanged(record, copy) && copy.links < kMostLinks;
}

}  // namespace backstep
