// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace backstep {

struct TarEntry {
  enum class Kind {
    kFile,
    kDirectory,
    kOther,  // a link of either kind, a device, a FIFO, a file with holes
  };
  std::string name;  // byte for byte as it stands there: the caller decides what a name may be
  Kind kind = Kind::kFile;
  uint64_t size = 0;
  mode_t mode = 0;    // permission bits, setuid and its like as they stand there
  int64_t mtime = 0;  // seconds since the epoch
};

// Writes a tar piece by piece, in bounded memory. GNU's format: names are bytes to it, whatever the
// locale, and busybox reads long ones too. Nothing of this machine gets into it: owners are 0.
//
// Order of calls: construct, add()/write() for each entry, finish(). Without finish() the archive
// has no end, so that a reader knows it for torn. What the sink throws comes out of the call.
class TarWriter {
 public:
  using Sink = std::function<void(std::string_view)>;

  // `shown` is how messages call the archive.
  TarWriter(std::string shown, Sink sink);
  ~TarWriter();

  // The next entry; a file's `size` bytes follow by write().
  void add(const TarEntry& entry);
  void write(std::string_view bytes);
  void add_text(TarEntry entry, std::string_view text);  // a whole small file
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Reads a tar piece by piece, in bounded memory, of every flavour that tar programs write, but not
// compressed. It trusts nothing and interprets nothing: names are the caller's to judge.
// Throws Error (kDamaged) for what is no tar, or torn: at the end too, where the end's own mark is
// missing. After that no more can be read. What the source throws comes out of the call.
class TarReader {
 public:
  using Source = std::function<size_t(std::span<char>)>;  // 0: the end

  TarReader(std::string shown, Source source);
  ~TarReader();

  std::optional<TarEntry> next();  // nullopt: the end
  // More of the entry's content; 0 at its end.
  size_t read(std::span<char> buffer);
  // All of it. Throws Error (kDamaged) when it is longer than `limit`.
  std::string read_text(size_t limit);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace backstep
