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
// Two blocks of zeros end a tar. To the library a torn one, which lacks them, is whole.
constexpr size_t kEndMark = 1024;

// A file with holes counts as none: a few bytes could be read as tebibytes of zeros.
TarEntry::Kind kind_of(archive_entry* entry) {
  if (archive_entry_hardlink(entry) != nullptr) return TarEntry::Kind::kOther;
  if (archive_entry_sparse_count(entry) > 0) return TarEntry::Kind::kOther;
  if (archive_entry_filetype(entry) == AE_IFREG) return TarEntry::Kind::kFile;
  if (archive_entry_filetype(entry) == AE_IFDIR) return TarEntry::Kind::kDirectory;
  return TarEntry::Kind::kOther;
}

std::string text_of(const char* text) { return text == nullptr ? std::string() : std::string(text); }

// Else freeing it would write the mark of the end.
int free_unfinished(archive* handle) {
  archive_write_fail(handle);
  return archive_write_free(handle);
}

}  // namespace

// An open archive of either kind. An exception is kept, and thrown behind the library's C frames.
struct OpenArchive {
  std::string shown;
  std::unique_ptr<archive, int (*)(archive*)> handle;
  std::exception_ptr thrown = nullptr;

  template <typename Call>
  la_ssize_t called_back(Call call) {
    try {
      return static_cast<la_ssize_t>(call());
    } catch (...) {
      thrown = std::current_exception();
      return -1;
    }
  }

  std::string why_it_failed() const {
    if (thrown) std::rethrow_exception(thrown);
    const char* text = archive_error_string(handle.get());
    return text == nullptr ? "unknown error" : text;
  }
};

struct TarWriter::State : OpenArchive {
  Sink sink;

  static la_ssize_t pass_on(archive*, void* self, const void* bytes, size_t size) {
    auto& state = *static_cast<State*>(self);
    return state.called_back([&] {
      state.sink({static_cast<const char*>(bytes), size});
      return size;
    });
  }

  void require(bool fine) const {
    if (fine) return;
    throw Error(ExitCode::kInternal, "cannot write " + in_quotes(shown) + ": " + why_it_failed());
  }
};

TarWriter::TarWriter(std::string shown, Sink sink)
    : state_(new State{{std::move(shown), {archive_write_new(), free_unfinished}}, std::move(sink)}) {
  archive* handle = state_->handle.get();
  archive_write_set_format_gnutar(handle);
  state_->require(archive_write_open(handle, state_.get(), nullptr, State::pass_on, nullptr) == ARCHIVE_OK);
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
  state_->require(archive_write_header(state_->handle.get(), header.get()) == ARCHIVE_OK);
}

void TarWriter::write(std::string_view bytes) {
  const la_ssize_t count = archive_write_data(state_->handle.get(), bytes.data(), bytes.size());
  state_->require(count >= 0 && static_cast<size_t>(count) == bytes.size());
}

void TarWriter::add_text(TarEntry entry, std::string_view text) {
  entry.size = text.size();
  add(entry);
  write(text);
}

void TarWriter::finish() { state_->require(archive_write_close(state_->handle.get()) == ARCHIVE_OK); }

struct TarReader::State : OpenArchive {
  Source source;
  std::vector<char> piece = std::vector<char>(kPiece);
  size_t zeros_at_end = 0;  // how many zeros the bytes so far end with
  bool source_ended = false;

  static la_ssize_t hand_over(archive*, void* self, const void** bytes) {
    auto& state = *static_cast<State*>(self);
    *bytes = state.piece.data();
    return state.called_back([&] { return state.refill(); });
  }

  size_t refill() {
    const size_t count = source(piece);
    if (count == 0) source_ended = true;
    size_t zeros = 0;
    while (zeros < count && piece[count - 1 - zeros] == '\0') ++zeros;
    zeros_at_end = zeros == count ? zeros_at_end + count : zeros;
    return count;
  }

  [[noreturn]] void fail(const char* why) const {
    const std::string said = why_it_failed();
    refuse_damaged("cannot read " + in_quotes(shown) + ": " + (why == nullptr ? said : why));
  }
  [[noreturn]] void fail() const { fail(source_ended ? "it ends too early" : nullptr); }
};

TarReader::TarReader(std::string shown, Source source)
    : state_(new State{{std::move(shown), {archive_read_new(), archive_read_free}}, std::move(source)}) {
  archive* handle = state_->handle.get();
  archive_read_support_format_tar(handle);
  const int opened = archive_read_open(handle, state_.get(), nullptr, State::hand_over, nullptr);
  if (opened != ARCHIVE_OK) state_->fail("it is no tar file, or a compressed one");
}

TarReader::~TarReader() = default;

std::optional<TarEntry> TarReader::next() {
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(state_->handle.get(), &entry);
  if (result == ARCHIVE_EOF) {
    if (state_->source_ended && state_->zeros_at_end < kEndMark) state_->fail();
    return std::nullopt;
  }
  // A warning is about a name in another character set than the locale's: it stays bytes.
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) state_->fail();
  return TarEntry{.name = text_of(archive_entry_pathname(entry)),
                  .kind = kind_of(entry),
                  .size = static_cast<uint64_t>(std::max<la_int64_t>(archive_entry_size(entry), 0)),
                  .mode = archive_entry_perm(entry),
                  .mtime = archive_entry_mtime(entry)};
}

size_t TarReader::read(std::span<char> buffer) {
  const la_ssize_t count = archive_read_data(state_->handle.get(), buffer.data(), buffer.size());
  if (count < 0) state_->fail();
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
