// SPDX-License-Identifier: Apache-2.0
#include "store/sets/cache_file.h"

#include <fmt/core.h>

#include <iterator>
#include <optional>

#include "base/error.h"

namespace backstep {
namespace {

constexpr size_t kWrittenAtOnce = size_t{64} * 1024;

std::string trailer_of(size_t count, const std::string& sha256) {
  return fmt::format("{} {}\n", count, sha256);
}

size_t start_of_last_line(std::string_view text) {
  return text.find_last_of('\n', text.size() - 2) + 1;
}

struct Records {
  std::string_view lines;
  size_t count = 0;
};

// A torn write fails here, before anything is parsed.
std::optional<Records> checked_records(std::string_view text, std::string_view header) {
  if (!text.starts_with(header) || !text.ends_with('\n')) return std::nullopt;
  const size_t trailer = start_of_last_line(text);
  if (trailer < header.size()) return std::nullopt;
  const auto count = CacheReader(text.substr(trailer)).number<size_t>();
  if (text.substr(trailer) != trailer_of(count, sha256_hex(text.substr(0, trailer)))) {
    return std::nullopt;
  }
  return Records{text.substr(header.size(), trailer - header.size()), count};
}

}  // namespace

bool CacheFile::read(const Store& store,
                     const std::function<void(CacheReader& record)>& take) const {
  try {
    const std::optional<std::string> text = store.read_control_file(name, largest);
    if (!text) return false;
    const std::optional<Records> records = checked_records(*text, header);
    if (!records) return false;
    CacheReader reader(records->lines);
    size_t taken = 0;
    for (; !reader.at_end(); ++taken) {
      take(reader);
      reader.skip('\n');
    }
    return taken == records->count;
  } catch (const Error&) {
    return false;
  }
}

CacheWriter::CacheWriter(const Store& store, const CacheFile& file)
    : store_(store), file_(file), staged_(store.control(), file.name), piece_(file.header) {}

void CacheWriter::add(std::string_view record) {
  piece_ += record;
  piece_ += '\n';
  ++count_;
  size_ += record.size() + 1;
  if (size_ > file_.largest - kWrittenAtOnce) {
    throw Error(ExitCode::kInternal, "it would be larger than is read again");
  }
  if (piece_.size() >= kWrittenAtOnce) write_out();
}

void CacheWriter::finish() {
  sum_.update(piece_);
  staged_.write(piece_ + trailer_of(count_, sum_.hex()));
  staged_.set_mode_and_owner(0600, store_.owner());
  staged_.finish_unsynced();
  staged_.commit();
}

void CacheWriter::write_out() {
  sum_.update(piece_);
  staged_.write(piece_);
  piece_.clear();
}

std::string CacheReader::text() {
  const auto size = number<size_t>(':');
  if (size > rest_.size()) refuse();
  std::string value(rest_.substr(0, size));
  rest_.remove_prefix(size);
  return value;
}

Shelf CacheReader::shelf() {
  const int shelf = number<int>();
  if (shelf < 0 || shelf > static_cast<int>(Shelf::kFailed)) refuse();
  return static_cast<Shelf>(shelf);
}

void CacheReader::skip(char expected) {
  if (rest_.empty() || rest_.front() != expected) refuse();
  rest_.remove_prefix(1);
}

void CacheReader::refuse() {
  throw Error(ExitCode::kDamaged, "not a cache that we wrote");
}

void append_cache_text(std::string& records, std::string_view text) {
  fmt::format_to(std::back_inserter(records), "{}:{}", text.size(), text);
}

}  // namespace backstep
