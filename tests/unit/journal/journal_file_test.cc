// SPDX-License-Identifier: Apache-2.0
#include "journal/journal_file.h"

#include <unistd.h>

#include <fstream>
#include <iterator>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using backstep::test::TempDir;

namespace {

constexpr const char* kArmed = R"({"phase":"armed"})";
constexpr const char* kDeploying = R"({"phase":"deploying"})";

struct Scene {
  TempDir temp;
  Directory directory = Directory::open_root(temp.path(), "store");
  Owner owner{geteuid(), getegid()};
  JournalFile file{directory, "journal.json"};

  void append(const std::string& record) const { file.append(record, owner, record.size()); }
  std::string text() const { return temp.read("journal.json"); }
  // As if the bytes from `at` on had never come to the disk: blanks lay there before.
  void lose(size_t at, size_t count) const { temp.write("journal.json", text().replace(at, count, count, ' ')); }
};

}  // namespace

TEST_CASE("JournalFile: the last record counts", "[journal][journal_file]") {
  const Scene scene;
  CHECK_FALSE(scene.file.read());
  scene.append(kArmed);
  CHECK(scene.file.read() == kArmed);
  scene.append(kDeploying);
  CHECK(scene.file.read() == kDeploying);
}

TEST_CASE("JournalFile: records are written over blanks, in the same file", "[journal][journal_file]") {
  const Scene scene;
  scene.append(kArmed);
  const auto before = scene.directory.status("journal.json");
  scene.append(kDeploying);
  const auto after = scene.directory.status("journal.json");
  CHECK(after->inode == before->inode);
  CHECK(after->size == before->size);
  CHECK(after->mode == 0640);  // the store's owner may read it, in a directory of his own
}

TEST_CASE("JournalFile: wherever a record is torn, the one before it counts", "[journal][journal_file]") {
  const Scene scene;
  scene.append(kArmed);
  const size_t begin = scene.text().find('\n') + 1;
  scene.append(kDeploying);
  const std::string whole = scene.text();
  const size_t length = whole.find('\n', begin) + 1 - begin;
  for (size_t lost = 1; lost <= length; ++lost) {
    scene.temp.write("journal.json", whole);
    scene.lose(begin + length - lost, lost);
    CHECK(scene.file.read() == kArmed);
    scene.temp.write("journal.json", whole);
    scene.lose(begin, lost);
    CHECK(scene.file.read() == kArmed);
  }
}

TEST_CASE("JournalFile: a torn record is written over by the next", "[journal][journal_file]") {
  const Scene scene;
  scene.append(kArmed);
  const size_t begin = scene.text().find('\n') + 1;
  scene.append(R"({"phase":"deploying","recorded":["a","b","c"]})");
  scene.lose(begin + 5, 3);
  scene.append(kDeploying);
  CHECK(scene.file.read() == kDeploying);
  CHECK(scene.text().find(R"("deploying")") == begin + std::string(R"({"phase":)").size());
}

TEST_CASE("JournalFile: a record that has no room takes the file's place", "[journal][journal_file]") {
  const Scene scene;
  scene.append(kArmed);
  const std::string large = R"({"recorded":")" + std::string(size_t{200} << 10, 'x') + R"("})";
  scene.append(large);
  CHECK(scene.file.read() == large);
  scene.append(kDeploying);
  CHECK(scene.file.read() == kDeploying);
  scene.file.end();
  CHECK_FALSE(scene.temp.has("journal.json"));
}

TEST_CASE("JournalFile: a removal that a power cut takes back opens no run again", "[journal][journal_file]") {
  const Scene scene;
  scene.append(kDeploying);
  const UniqueFd kept = scene.directory.open_file("journal.json");
  scene.file.end();
  CHECK_FALSE(scene.temp.has("journal.json"));
  std::ifstream removed("/proc/self/fd/" + std::to_string(kept.get()));
  scene.temp.write("journal.json", std::string(std::istreambuf_iterator<char>(removed), {}));
  CHECK_FALSE(scene.file.read());
  SECTION("the next run goes on in it") {
    scene.append(kArmed);
    CHECK(scene.file.read() == kArmed);
  }
  SECTION("it is ended once more") {
    scene.file.end();
    CHECK_FALSE(scene.temp.has("journal.json"));
  }
}

TEST_CASE("JournalFile: one without a whole record is damaged, and can be ended", "[journal][journal_file]") {
  const Scene scene;
  const std::string text = GENERATE(std::string(), std::string("{\"phase\":"), std::string("{\"phase\":\"armed\"}\n"),
                                    std::string(4096, '\0'), std::string("{\"phase\":\"armed\",\"sha256\":\"\"}\n"));
  scene.temp.write("journal.json", text);
  CHECK_THROWS_WITH(scene.file.read(), "no record in it is whole");
  scene.append(kArmed);
  CHECK(scene.file.read() == kArmed);
  scene.temp.write("journal.json", text);
  scene.file.end();
  CHECK_FALSE(scene.temp.has("journal.json"));
}

TEST_CASE("JournalFile: the longer its records may become, the more room there is for them",
          "[journal][journal_file]") {
  const Scene scene;
  constexpr size_t kLongest = 40'000;
  scene.file.append(kArmed, scene.owner, kLongest);
  const auto before = scene.directory.status("journal.json");
  const std::string longest = R"({"files":")" + std::string(kLongest - 200, 'x') + "\"}";
  for (int record = 0; record < 6; ++record) scene.file.append(longest, scene.owner, kLongest);
  CHECK(scene.directory.status("journal.json")->inode == before->inode);
  CHECK(scene.file.read() == longest);
}
