// SPDX-License-Identifier: Apache-2.0
#include "system/files/tar_file.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

TarEntry file_entry(const std::string& name, uint64_t size = 0, mode_t mode = 0755) {
  return {.name = name, .kind = TarEntry::Kind::kFile, .size = size, .mode = mode, .mtime = 1000};
}

std::string tar_of(const std::string& name, const std::string& text) {
  std::string bytes;
  TarWriter writer("x.tar", [&](std::string_view piece) { bytes += piece; });
  writer.add_text(file_entry(name), text);
  writer.finish();
  return bytes;
}

// Hands out a text a few bytes at a time, as a pipe may.
TarReader::Source source_of(std::string_view text, size_t step = 700) {
  return [text, step, at = size_t{0}](std::span<char> buffer) mutable {
    const size_t count = std::min({step, buffer.size(), text.size() - at});
    std::copy_n(text.data() + at, count, buffer.data());
    at += count;
    return count;
  };
}

}  // namespace

TEST_CASE("TarReader: what is no tar is refused", "[system][tar]") {
  const std::string text = GENERATE(std::string(), std::string("text"), std::string(4096, 'x'));
  const auto read = [&] { TarReader("x.tar", source_of(text)).next(); };
  REQUIRE_THROWS_WITH(read(), Contains("'x.tar'") && Contains("no tar file"));
}

TEST_CASE("TarReader: an archive cut anywhere is torn", "[system][tar]") {
  const std::string whole = tar_of("a/b", std::string(1000, 'x'));
  const size_t cut = GENERATE(as<size_t>{}, 100, 512, 600, 1024, 1536, 1600, 2048);
  const std::string_view torn = std::string_view(whole).substr(0, cut);
  CAPTURE(cut);
  REQUIRE_THROWS_AS(
      [&] {
        TarReader reader("x.tar", source_of(torn));
        while (reader.next()) reader.read_text(5000);
      }(),
      Error);
}

TEST_CASE("TarReader: a file with a hole is none of ours", "[system][tar]") {
  std::string bytes = tar_of("a", "evil");
  const auto set = [&](size_t at, std::string_view octal) { bytes.replace(at, octal.size(), octal); };
  set(156, "S");
  set(386, "00077777774");  // four bytes, after 16 MiB of nothing
  set(398, "00000000004");
  set(483, "00100000000");
  set(148, "        ");
  unsigned sum = 0;
  for (size_t at = 0; at < 512; ++at) sum += static_cast<unsigned char>(bytes[at]);
  set(148, fmt::format("{:06o}", sum) + '\0');
  TarReader reader("x.tar", source_of(bytes));
  const auto entry = reader.next();
  REQUIRE(entry);
  CHECK(entry->size == size_t{16} * 1024 * 1024);
  CHECK(entry->kind == TarEntry::Kind::kOther);
}

TEST_CASE("TarReader: a text beyond the limit is refused", "[system][tar]") {
  const std::string whole = tar_of("a", std::string(1000, 'x'));
  TarReader reader("x.tar", source_of(whole));
  REQUIRE(reader.next());
  REQUIRE_THROWS_WITH(reader.read_text(999), Contains("larger than 999"));
}

TEST_CASE("TarReader: what the source throws comes out", "[system][tar]") {
  const auto read = [] { TarReader("x.tar", [](std::span<char>) -> size_t { throw Interrupted(15); }).next(); };
  REQUIRE_THROWS_AS(read(), Interrupted);
}

TEST_CASE("TarWriter: what the sink throws comes out, and no end is written", "[system][tar]") {
  size_t calls = 0;
  const auto write = [&] {
    TarWriter writer("x.tar", [&](std::string_view) {
      ++calls;
      throw Error(ExitCode::kBackupFailed, "full");
    });
    writer.add_text(file_entry("a"), std::string(100'000, 'x'));
  };
  REQUIRE_THROWS_WITH(write(), "full");
  REQUIRE(calls == 1);
}

TEST_CASE("TarWriter: without finish the archive is torn", "[system][tar]") {
  std::string bytes;
  {
    TarWriter writer("x.tar", [&](std::string_view piece) { bytes += piece; });
    writer.add_text(file_entry("a"), std::string(20'480, 'x'));
  }
  REQUIRE_THROWS_AS(
      [&] {
        TarReader reader("x.tar", source_of(bytes));
        while (reader.next()) reader.read_text(50'000);
      }(),
      Error);
}

TEST_CASE("Tar: names, modes and bytes come back", "[system][tar]") {
  const std::string name =
      GENERATE(std::string("a"), std::string("s\xc3\xbc\xff/x"), std::string(250, 'd') + "/" + std::string(250, 'f'));
  const std::string text(GENERATE(as<size_t>{}, 0, 1, 512, 300'000), 'x');
  const std::string whole = tar_of(name, text);
  TarReader reader("x.tar", source_of(whole));
  const std::optional<TarEntry> entry = reader.next();
  REQUIRE(entry);
  CHECK(entry->name == name);
  CHECK(entry->kind == TarEntry::Kind::kFile);
  CHECK(entry->size == text.size());
  CHECK(entry->mode == 0755);
  CHECK(entry->mtime == 1000);
  CHECK(reader.read_text(1'000'000) == text);
  CHECK_FALSE(reader.next());
}
