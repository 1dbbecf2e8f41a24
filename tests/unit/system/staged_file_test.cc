// SPDX-License-Identifier: Apache-2.0
#include "system/files/staged_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/files/digest.h"

using backstep::append_line;
using backstep::Directory;
using backstep::may_change_owner;
using backstep::Owner;
using backstep::StagedFile;
using backstep::SyncBatch;
using backstep::write_file_durably;
using backstep::test::TempDir;

namespace {

const std::string kTemporary = ".entrypoint.sh.backstep-new";

struct Service {
  Service() { dir.write("entrypoint.sh", "old", 0640); }
  TempDir dir;
  Directory directory = Directory::open_root(dir.path(), "services/a");
  mode_t mode() const { return directory.status("entrypoint.sh")->mode; }
};

// While it lives no file grows beyond `bytes`: a real short write, then EFBIG.
struct FileSizeLimit {
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit now{bytes, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, previous);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  rlimit before{};
  void (*previous)(int) = signal(SIGXFSZ, SIG_IGN);
};

}  // namespace

TEST_CASE("StagedFile: not committed, it leaves the old file and nothing else", "[system][staged_file]") {
  const Service service;
  {
    SyncBatch batch(service.directory, SyncBatch::Method::kEachFile);
    StagedFile staged(service.directory, "entrypoint.sh");
    staged.write("new");
    staged.set_mode_and_owner(0755, std::nullopt);
    REQUIRE(service.dir.has(kTemporary));
    staged.finish(batch);
  }
  REQUIRE_FALSE(service.dir.has(kTemporary));
  REQUIRE(service.dir.read("entrypoint.sh") == "old");
  REQUIRE(service.mode() == 0640);
}

TEST_CASE("StagedFile: a write that the disk refuses is reported and discarded", "[system][staged_file]") {
  const Service service;
  {
    const FileSizeLimit limit(5'000);
    REQUIRE_THROWS_WITH(write_file_durably(service.directory, "entrypoint.sh", std::string(9'000, 'x'), std::nullopt),
                        "cannot write 'services/a/entrypoint.sh': File too large");
  }
  REQUIRE_FALSE(service.dir.has(kTemporary));
  REQUIRE(service.dir.read("entrypoint.sh") == "old");
}

TEST_CASE("StagedFile: a rename that fails leaves nothing behind", "[system][staged_file]") {
  const Service service;
  service.dir.write("taken/file", "x");
  REQUIRE_THROWS_WITH(write_file_durably(service.directory, "taken", "new", std::nullopt),
                      "cannot rename 'services/a/.taken.backstep-new' to 'services/a/taken': "
                      "Is a directory");
  REQUIRE_FALSE(service.dir.has(".taken.backstep-new"));
}

TEST_CASE("StagedFile: what a killed run left is no obstacle", "[system][staged_file]") {
  const Service service;
  service.dir.write(kTemporary, "half of someth", 0444);
  write_file_durably(service.directory, "entrypoint.sh", "new", std::nullopt, 0755);
  REQUIRE(service.dir.read("entrypoint.sh") == "new");
  REQUIRE_FALSE(service.dir.has(kTemporary));
}

TEST_CASE("StagedFile: a symlink in the file's place is replaced, never followed", "[system][staged_file]") {
  const Service service;
  REQUIRE(symlink("entrypoint.sh", (service.dir / "link").c_str()) == 0);
  REQUIRE(symlink("entrypoint.sh", (service.dir / ".link.backstep-new").c_str()) == 0);
  write_file_durably(service.directory, "link", "new", std::nullopt);
  REQUIRE(service.dir.read("entrypoint.sh") == "old");
  REQUIRE(service.dir.read("link") == "new");
}

TEST_CASE("StagedFile: committed, contents and mode are the new ones, whatever the umask", "[system][staged_file]") {
  const Service service;
  const mode_t before = umask(0077);
  {
    SyncBatch batch(service.directory, SyncBatch::Method::kWholeFileSystem);
    StagedFile staged(service.directory, "entrypoint.sh");
    staged.write("new ");
    staged.write("text");
    REQUIRE(staged.set_mode_and_owner(0751, std::nullopt));
    staged.finish(batch);
    REQUIRE(service.dir.read("entrypoint.sh") == "old");
    batch.flush();
    staged.commit();
    batch.renamed(service.directory);
    batch.flush();
  }
  umask(before);
  REQUIRE(service.dir.read("entrypoint.sh") == "new text");
  REQUIRE(service.mode() == 0751);
  REQUIRE_FALSE(service.dir.has(kTemporary));
}

TEST_CASE("StagedFile: the owner is set where that is permitted, and it is said where not", "[system][staged_file]") {
  const Service service;
  SyncBatch batch(service.directory, SyncBatch::Method::kEachFile);
  StagedFile staged(service.directory, "entrypoint.sh");
  REQUIRE(staged.set_mode_and_owner(0755, Owner{4711, 4712}) == may_change_owner());
  staged.finish(batch);
  staged.commit();
  REQUIRE(service.mode() == 0755);
  if (may_change_owner()) REQUIRE(service.directory.status("entrypoint.sh")->uid == 4711);
}

TEST_CASE("StagedFile: a copy is complete and its digest is that of the bytes", "[system][staged_file]") {
  const size_t size = GENERATE(as<size_t>{}, 0, 3, 256 * 1024, 700'001);
  const Service service;
  const std::string bytes(size, 'x');
  service.dir.write("source", bytes);
  const auto source = service.directory.open_file("source");
  lseek(source.get(), 0, SEEK_END);
  SyncBatch batch(service.directory, SyncBatch::Method::kEachFile);
  StagedFile staged(service.directory, "entrypoint.sh");
  REQUIRE(staged.copy_from(source.get(), size, "source") == backstep::sha256_of(bytes));
  staged.finish(batch);
  staged.commit();
  REQUIRE(service.dir.read("entrypoint.sh") == bytes);
}

TEST_CASE("StagedFile: one that was moved from discards nothing", "[system][staged_file]") {
  const Service service;
  StagedFile first(service.directory, "entrypoint.sh");
  {
    StagedFile second(std::move(first));
    REQUIRE(service.dir.has(kTemporary));
  }
  REQUIRE_FALSE(service.dir.has(kTemporary));
  service.dir.write(kTemporary, "of another");
  { const StagedFile third(std::move(first)); }
  REQUIRE(service.dir.has(kTemporary));
}

TEST_CASE("StagedFile: a name that is taken by a directory is passed over", "[system][staged_file]") {
  const Service service;
  service.dir.write(std::string(kTemporary) + "/theirs", "x");
  {
    StagedFile staged(service.directory, "entrypoint.sh");
    staged.write("new");
    staged.finish_durably();
    staged.commit();
  }
  { const StagedFile discarded(service.directory, "entrypoint.sh"); }
  StagedFile::remove_leftovers(service.directory, "entrypoint.sh");
  CHECK(service.dir.read("entrypoint.sh") == "new");
  CHECK(service.dir.read(std::string(kTemporary) + "/theirs") == "x");
  CHECK(service.directory.list().size() == 2);
}

TEST_CASE("StagedFile: the temporary name lies beside the file and fits", "[system][staged_file]") {
  REQUIRE(StagedFile::temporary_name("entrypoint.sh") == kTemporary);
  REQUIRE(StagedFile::temporary_name("a/b") == "a/.b.backstep-new");
  const std::string longest(255, 'x');
  const std::string other = std::string(254, 'x') + "y";
  REQUIRE(StagedFile::temporary_name(longest).size() <= 255);
  REQUIRE(StagedFile::temporary_name(longest) != StagedFile::temporary_name(other));
  const Service service;
  write_file_durably(service.directory, longest, "new", std::nullopt);
  REQUIRE(service.dir.read(longest) == "new");
}

namespace {

void append(const Service& service, std::string_view line, std::optional<Owner> owner = {}) {
  SyncBatch batch(service.directory, SyncBatch::Method::kEachFile);
  append_line(service.directory, "history", line, owner, batch);
  batch.flush();
}

}  // namespace

TEST_CASE("Appending: a torn last line is ended first", "[system][staged_file]") {
  const Service service;
  service.dir.write("history", "one\ntor");
  append(service, "two");
  append(service, "three");
  REQUIRE(service.dir.read("history") == "one\ntor\ntwo\nthree\n");
}

TEST_CASE("Appending: makes the file, for nobody else to read", "[system][staged_file]") {
  const Service service;
  append(service, "one", Owner{4711, 4712});
  REQUIRE(service.dir.read("history") == "one\n");
  const auto status = service.directory.status("history");
  REQUIRE(status->mode == 0600);
  if (may_change_owner()) REQUIRE(status->uid == 4711);
}

TEST_CASE("Appending: a FIFO in the file's place is refused at once", "[system][staged_file]") {
  const Service service;
  REQUIRE(mkfifo((service.dir / "history").c_str(), 0600) == 0);
  REQUIRE_THROWS_WITH(append(service, "one"), "cannot use 'services/a/history': it is a FIFO, a socket or a device");
}
