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

constexpr SyncFacts kSound{.file_system = EXT4_SUPER_MAGIC, .kernel = {5, 8}};

}  // namespace

TEST_CASE("SyncBatch: each file is synced and an error names it", "[system][durability]") {
  const TempDir dir;
  Unsyncable pipe;
  SyncBatch batch(Directory::open_root(dir.path(), "backups"), Method::kEachFile);
  batch.written(pipe.fd.get(), "a");
  pipe.fd.reset();  // it is kept open until it is synced
  REQUIRE_THROWS_WITH(batch.flush(), "cannot sync 'a': Invalid argument");
}

TEST_CASE("SyncBatch: a file of another file system is synced by itself", "[system][durability]") {
  const TempDir dir;
  const Unsyncable pipe;
  SyncBatch batch(Directory::open_root(dir.path(), "backups"), Method::kWholeFileSystem);
  batch.written(pipe.fd.get(), "a");
  REQUIRE_THROWS_WITH(batch.flush(), "cannot sync 'a': Invalid argument");
}

TEST_CASE("SyncBatch: once failed, it never says that something is durable", "[system][durability]") {
  const TempDir dir;
  const Directory root = Directory::open_root(dir.path(), "backups");
  const Unsyncable pipe;
  SyncBatch batch(root, GENERATE(Method::kEachFile, Method::kWholeFileSystem));
  batch.written(pipe.fd.get(), "a");
  REQUIRE_THROWS(batch.flush());
  const UniqueFd file = root.create_file("b");
  REQUIRE_THROWS_WITH(batch.written(file.get(), "b"), "cannot sync 'b': Invalid argument");
  REQUIRE_THROWS_WITH(batch.renamed(root), "cannot sync 'backups': Invalid argument");
  REQUIRE_THROWS_WITH(batch.flush(), "cannot sync 'backups': Invalid argument");
}

TEST_CASE("SyncBatch: as many files as there are, with few descriptors", "[system][durability]") {
  const TempDir dir;
  const Directory root = Directory::open_root(dir.path(), "backups");
  SyncBatch batch(root, Method::kEachFile);
  const int lowest = UniqueFd(dup(0)).get();
  for (int i = 0; i < 200; ++i) {
    const UniqueFd file = root.create_file(std::to_string(i));
    batch.written(file.get(), std::to_string(i));
    CHECK(file.get() < lowest + 70);
  }
  REQUIRE_NOTHROW(batch.flush());
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
  REQUIRE(chosen([](SyncFacts& facts) { facts.kernel = {5, 7}; }) == Method::kEachFile);
  REQUIRE(chosen([](SyncFacts& facts) { facts.kernel = {4, 19}; }) == Method::kEachFile);
  for (const int64_t unsound : {NFS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC}) {
    REQUIRE(chosen([=](SyncFacts& facts) { facts.file_system = unsound; }) == Method::kEachFile);
  }
  REQUIRE(SyncBatch::choose(16, SyncFacts{}) == Method::kEachFile);

  REQUIRE(SyncBatch::choose(16, kSound) == Method::kWholeFileSystem);
  REQUIRE(chosen([](SyncFacts& facts) { facts.kernel = {6, 0}; }) == Method::kWholeFileSystem);
}

TEST_CASE("SyncBatch: one sync for two files and more", "[system][durability]") {
  CHECK(SyncBatch::choose(1, kSound) == Method::kEachFile);
  CHECK(SyncBatch::choose(2, kSound) == Method::kWholeFileSystem);
  const TempDir dir;
  const SyncBatch batch(Directory::open_root(dir.path(), "backups"), size_t{1});
  CHECK(batch.method() == Method::kEachFile);
}
