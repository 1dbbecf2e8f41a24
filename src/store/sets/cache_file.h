// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>

#include "store/store.h"
#include "system/files/digest.h"
#include "system/files/staged_file.h"

namespace backstep {

// Takes numbers and texts off the records, in the order in which they were put there. Throws Error
// (kDamaged) for what was not put there.
class CacheReader {
 public:
  explicit CacheReader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  template <typename Number>
  Number number(char end = ' ') {
    Number value{};
    const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    rest_.remove_prefix(static_cast<size_t>(stop - rest_.data()));
    if (error != std::errc()) refuse();
    skip(end);
    return value;
  }
  // As append_cache_text() wrote it: behind its length, so that it may hold any bytes.
  std::string text();
  Shelf shelf();
  void skip(char expected);

 private:
  [[noreturn]] static void refuse();

  std::string_view rest_;
};

// A file of `.backstep`, of records that each end with a line's end, that may be deleted without
// harm. It is whole or as good as missing: renamed into place, so that no reader sees half of it,
// and ended by the count and the hash of what stands before. It is not synced: what a power cut
// tears fails that trailer.
//
// No JSON: such a file is read and written by most calls, and by nobody else.
struct CacheFile {
  const char* name;
  std::string_view header;  // the format's name and version, as a line
  size_t largest;

  // Calls `take` for each record, which takes all of it. False: it is not there, or not as we wrote
  // it; what was taken counts for nothing then.
  bool read(const Store& store, const std::function<void(CacheReader& record)>& take) const;
};

// Writes one anew, a piece at a time: a hundred thousand records are never all in memory as text.
// Order of calls: construct, add() each record, finish(). Without finish() the old one stays.
// Errors are thrown; the caller says them and goes on, for it is a cache.
class CacheWriter {
 public:
  CacheWriter(const Store& store, const CacheFile& file);

  void add(std::string_view record);  // without the line's end
  void finish();

 private:
  void write_out();

  const Store& store_;
  const CacheFile& file_;
  StagedFile staged_;
  std::string piece_;
  Sha256 sum_;
  size_t count_ = 0;
  size_t size_ = 0;
};

void append_cache_text(std::string& records, std::string_view text);

}  // namespace backstep
