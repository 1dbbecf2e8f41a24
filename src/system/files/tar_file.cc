// SPDX-License-Identifier: Apache-2.0
#include "system/files/tar_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <exception>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

constexpr size_t kPiece = size_t{64} * 1024;
// Two blocks of zeros end a tar. The library takes the end of the bytes for the end of the archive
// just as well, and a torn one would look whole.
constexpr size_t kEndMark = 1024;
constexpr const char* kTornText = "it ends too early";

std::string reason_of(archive* handle) {
  const char* text = archive_error_string(handle);
  return text == nullptr ? "unknown error" : text;
}

// A file with holes counts as none: a few bytes of archive would be read as many tebibytes of
// zeros.
TarEntry::Kind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return TarEntry::Kind::kOther;
  if (archive_entry_sparse_count(entry) > 0) return TarEntry::Kind::kOther;
  if (archive_entry_filetype(entry) == AE_IFREG) return TarEntry::Kind::kFile;
  if (archive_entry_filetype(entry) == AE_IFDIR) return TarEntry::Kind::kDirectory;
  return TarEntry::Kind::kOther;
}

std::string text_of(const char* text) {
  return text == nullptr ? std::string() : std::string(text);
}

}  // namespace

// An exception must not pass through the library's C frames: it is kept, and thrown behind them.
struct TarWriter::State {
  std::string shown;
  Sink sink;
  archive* handle = archive_write_new();
  std::exception_ptr thrown;

  State(std::string name, Sink to) : shown(std::move(name)), sink(std::move(to)) {}
  ~State() {
    archive_write_fail(handle);  // or freeing it would write the mark of the end
    archive_write_free(handle);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static la_ssize_t pass_on(archive*, void* self, const void* bytes, size_t size) {
    State& state = *static_cast<State*>(self);
    try {
      state.sink({static_cast<const char*>(bytes), size});
      return static_cast<la_ssize_t>(size);
    } catch (...) {
      state.thrown = std::current_exception();
      return -1;
    }
  }

  void require(bool fine) {
    if (thrown) std::rethrow_exception(thrown);
    if (fine) return;
    throw Error(ExitCode::kInternal, "cannot write " + in_quotes(shown) + ": " + reason_of(handle));
  }
};

TarWriter::TarWriter(std::string shown, Sink sink)
    : state_(new State(std::move(shown), std::move(sink))) {
  archive_write_set_format_gnutar(state_->handle);
  state_->require(archive_write_open(state_->handle, state_.get(), nullptr, State::pass_on,
                                     nullptr) == ARCHIVE_OK);
}

TarWriter::~TarWriter() = default;

void TarWriter::add(const TarEntry& entry) {
  const Entry header(archive_entry_new(), archive_entry_free);
  const bool directory = entry.kind == TarEntry::Kind::kDirectory;
  archive_entry_set_pathname(header.get(), entry.name.c_str());
  archive_entry_set_filetype(header.get(), directory ? AE_IFDIR : AE_IFREG);
  archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.size));
  archive_entry_set_perm(header.get(), entry.mode);
  archive_entry_set_mtime(header.get(), std::max<int64_t>(entry.mtime, 0), 0);
  state_->require(archive_write_header(state_->handle, header.get()) == ARCHIVE_OK);
}

void TarWriter::write(std::string_view bytes) {
  const la_ssize_t count = archive_write_data(state_->handle, bytes.data(), bytes.size());
  state_->require(count >= 0 && static_cast<size_t>(count) == bytes.size());
}

void TarWriter::add_text(TarEntry entry, std::string_view text) {
  entry.size = text.size();
  add(entry);
  write(text);
}

void TarWriter::finish() {
  state_->require(archive_write_close(state_->handle) == ARCHIVE_OK);
}

struct TarReader::State {
  std::string shown;
  Source source;
  archive* handle = archive_read_new();
  std::exception_ptr thrown;
  std::vector<char> piece = std::vector<char>(kPiece);
  size_t zeros_at_end = 0;  // how many zeros the bytes so far end with
  bool source_ended = false;

  State(std::string name, Source from) : shown(std::move(name)), source(std::move(from)) {}
  ~State() { archive_read_free(handle); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static la_ssize_t hand_over(archive*, void* self, const void** bytes) {
    State& state = *static_cast<State*>(self);
    *bytes = state.piece.data();
    try {
      return static_cast<la_ssize_t>(state.refill());
    } catch (...) {
      state.thrown = std::current_exception();
      return -1;
    }
  }

  size_t refill() {
    const size_t count = source(piece);
    if (count == 0) source_ended = true;
    size_t zeros = 0;
    while (zeros < count && piece[count - 1 - zeros] == '\0') ++zeros;
    zeros_at_end = zeros == count ? zeros_at_end + count : zeros;
    return count;
  }

  [[noreturn]] void fail(const std::string& why) {
    if (thrown) std::rethrow_exception(thrown);
    refuse_damaged("cannot read " + in_quotes(shown) + ": " + why);
  }
};

TarReader::TarReader(std::string shown, Source source)
    : state_(new State(std::move(shown), std::move(source))) {
  archive_read_support_format_tar(state_->handle);
  const int opened =
      archive_read_open(state_->handle, state_.get(), nullptr, State::hand_over, nullptr);
  if (opened != ARCHIVE_OK) state_->fail("it is no tar file, or a compressed one");
}

TarReader::~TarReader() = default;

std::optional<TarEntry> TarReader::next() {
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(state_->handle, &entry);
  if (result == ARCHIVE_EOF) {
    if (state_->source_ended && state_->zeros_at_end < kEndMark) state_->fail(kTornText);
    return std::nullopt;
  }
  // A warning is about a name in another character set than the locale's: it stays bytes.
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
    state_->fail(state_->source_ended ? kTornText : reason_of(state_->handle));
  }
  return TarEntry{.name = text_of(archive_entry_pathname(entry)),
                  .kind = kind_of(entry),
                  .size = static_cast<uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0)),
                  .mode = archive_entry_perm(entry),
                  .mtime = archive_entry_mtime(entry)};
}

size_t TarReader::read(std::span<char> buffer) {
  const la_ssize_t count = archive_read_data(state_->handle, buffer.data(), buffer.size());
  if (count < 0) state_->fail(state_->source_ended ? kTornText : reason_of(state_->handle));
  return static_cast<size_t>(count);
}

std::string TarReader::read_text(size_t limit) {
  std::string text;
  std::array<char, size_t{16} * 1024> piece{};
  while (const size_t count = read(piece)) {
    if (count > limit - text.size()) {
      refuse_damaged(fmt::format("it is larger than {} bytes", limit));
    }
    text.append(piece.data(), count);
  }
  return text;
}

}  // namespace backstep
