// SPDX-License-Identifier: Apache-2.0
#include "system/files/durability.h"

#include <linux/magic.h>
#include <unistd.h>

#include <array>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using backstep::Directory;
using backstep::SyncBatch;
using backstep::SyncFacts;
using backstep::UniqueFd;
using backstep::test::TempDir;
using Method = SyncBatch::Method;

namespace {

// A pipe cannot be synced (EINVAL), and it lies on a device of its own.
struct Unsyncable {
  Unsyncable() {
    std::array<int, 2> ends{-1, -1};
    REQUIRE(pipe(ends.data()) == 0);
    fd = UniqueFd(ends[0]);
    other = UniqueFd(ends[1]);
  }
  UniqueFd fd;
  UniqueFd other;
};

constexpr SyncFacts kSound{
    .file_system = EXT4_SUPER_MAGIC, .kernel_major = 5, .kernel_minor = 8, .dirty_bytes = 0};

}  // namespace

TEST_CASE("SyncBatch: each file is synced and an error names it", "[system][durability]") {
  const TempDir dir;
  const Unsyncable pipe;
  SyncBatch batch(Directory::open_root(dir.path(), "backups"), Method::kEachFile);
  REQUIRE_THROWS_WITH(batch.written(pipe.fd.get(), "a"), "cannot sync 'a': Invalid argument");
}

TEST_CASE("SyncBatch: a file of another file system is synced by itself", "[system][durability]") {
  const TempDir dir;
  const Unsyncable pipe;
  SyncBatch batch(Directory::open_root(dir.path(), "backups"), Method::kWholeFileSystem);
  REQUIRE_THROWS_WITH(batch.written(pipe.fd.get(), "a"), "cannot sync 'a': Invalid argument");
}

TEST_CASE("SyncBatch: once failed, it never says that something is durable",
          "[system][durability]") {
  const TempDir dir;
  const Directory root = Directory::open_root(dir.path(), "backups");
  const Unsyncable pipe;
  SyncBatch batch(root, GENERATE(Method::kEachFile, Method::kWholeFileSystem));
  REQUIRE_THROWS(batch.written(pipe.fd.get(), "a"));
  const UniqueFd file = root.create_file("b");
  REQUIRE_THROWS_WITH(batch.written(file.get(), "b"), "cannot sync 'b': Invalid argument");
  REQUIRE_THROWS_WITH(batch.renamed(root), "cannot sync 'backups': Invalid argument");
  REQUIRE_THROWS_WITH(batch.flush(), "cannot sync 'backups': Invalid argument");
}

TEST_CASE("SyncBatch: both methods take files and directories", "[system][durability]") {
  const TempDir dir;
  const Directory root = Directory::open_root(dir.path(), "backups");
  SyncBatch batch(root, GENERATE(Method::kEachFile, Method::kWholeFileSystem));
  const UniqueFd file = root.create_file("a");
  batch.written(file.get(), "a");
  batch.renamed(root);
  REQUIRE_NOTHROW(batch.flush());
  REQUIRE_NOTHROW(batch.flush());
}

TEST_CASE("SyncBatch: one sync for all only where it is sound", "[system][durability]") {
  const auto chosen = [](auto change) {
    SyncFacts facts = kSound;
    change(facts);
    return SyncBatch::choose(16, facts);
  };
  REQUIRE(SyncBatch::choose(7, kSound) == Method::kEachFile);
  REQUIRE(chosen([](SyncFacts& facts) { facts.kernel_minor = 7; }) == Method::kEachFile);
  REQUIRE(chosen([](SyncFacts& facts) {
            facts.kernel_major = 4;
            facts.kernel_minor = 19;
          }) == Method::kEachFile);
  for (const int64_t unsound : {NFS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC}) {
    REQUIRE(chosen([=](SyncFacts& facts) { facts.file_system = unsound; }) == Method::kEachFile);
  }
  REQUIRE(chosen([](SyncFacts& facts) { facts.dirty_bytes = 64 << 20; }) == Method::kEachFile);
  REQUIRE(SyncBatch::choose(16, SyncFacts{}) == Method::kEachFile);

  REQUIRE(SyncBatch::choose(16, kSound) == Method::kWholeFileSystem);
  REQUIRE(chosen([](SyncFacts& facts) {
            facts.kernel_major = 6;
            facts.kernel_minor = 0;
          }) == Method::kWholeFileSystem);
  REQUIRE(chosen([](SyncFacts& facts) { facts.dirty_bytes = (64 << 20) - 1; }) ==
          Method::kWholeFileSystem);
}

TEST_CASE("SyncBatch: on a tmpfs nobody waits for what lies on a disk", "[system][durability]") {
  SyncFacts facts = kSound;
  facts.file_system = TMPFS_MAGIC;
  facts.dirty_bytes = UINT64_MAX;
  CHECK(SyncBatch::choose(8, facts) == Method::kWholeFileSystem);
  CHECK(SyncBatch::choose(7, facts) == Method::kEachFile);
}

TEST_CASE("SyncBatch: somebody else's unwritten data is worth so many files",
          "[system][durability]") {
  const auto [files, dirty_bytes, method] = GENERATE(table<size_t, uint64_t, Method>({
      {8, (1 << 20) - 1, Method::kWholeFileSystem},
      {8, 1 << 20, Method::kEachFile},
      {15, 2 << 20, Method::kEachFile},
      {16, (64 << 20) - 1, Method::kWholeFileSystem},
      {10'000, (1'250 << 20) - 1, Method::kWholeFileSystem},
      {10'000, 1'250 << 20, Method::kEachFile},
  }));
  SyncFacts facts = kSound;
  facts.dirty_bytes = dirty_bytes;
  CAPTURE(files, dirty_bytes);
  CHECK(SyncBatch::choose(files, facts) == method);
}

TEST_CASE("SyncBatch: a few files are synced one by one wherever they are",
          "[system][durability]") {
  const TempDir dir;
  const SyncBatch batch(Directory::open_root(dir.path(), "backups"), size_t{7});
  REQUIRE(batch.method() == Method::kEachFile);
}
