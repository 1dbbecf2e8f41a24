// SPDX-License-Identifier: Apache-2.0
#include "store/archive/incoming_set.h"

#include "store/records/line_file.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("ArchiveName: what a store never has is none", "[store][archive]") {
  const std::string id = "2024-03-10_14-23-00";
  for (const std::string& name : {std::string(),
                                  std::string("/"),
                                  std::string("a"),
                                  id,
                                  "/" + id + "/a",
                                  "../" + id + "/a",
                                  id + "/../a",
                                  id + "//",
                                  id + "//a",
                                  id + "/.a",
                                  id + "/a/",
                                  id + "/a/../b",
                                  id + "/./a",
                                  "./" + id + "/a",
                                  std::string(".backstep/lock"),
                                  std::string(".backstep/index"),
                                  std::string(".backstep/journal.json"),
                                  ".backstep/" + id + "/a",
                                  ".backstep/good/../" + id + "/a",
                                  std::string(".backstep/verdicts.jsonl/"),
                                  std::string("2024-13-10_14-23-00/a"),
                                  ".partial-" + id + "/a",
                                  id + "/" + std::string(300, 'x'),
                                  id + "/a" + std::string(1, '\0')}) {
    CAPTURE(name);
    const std::optional<ArchiveName> parsed = parse_archive_name(name);
    if (name == id + "/a/") {
      CHECK(parsed->kind == ArchiveName::Kind::kDirectory);
    } else {
      CHECK_FALSE(parsed);
    }
  }
}

TEST_CASE("ArchiveName: what is written is read", "[store][archive]") {
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood, Shelf::kFailed}) {
    const SetRef ref{shelf, "2024-03-10_14-23-00"};
    const auto file = parse_archive_name(archive_name(ref, "_files/a/b"));
    REQUIRE(file);
    CHECK(file->kind == ArchiveName::Kind::kSetFile);
    CHECK(file->ref == ref);
    CHECK(file->path == "_files/a/b");
    CHECK_FALSE(file->is_note());
    CHECK(parse_archive_name(archive_name(ref, "_output.txt"))->is_note());
    CHECK(parse_archive_name(archive_name(ref, ""))->ref == ref);
  }
  for (const char* name : kRecordNames) {
    CHECK(parse_archive_name(archive_name_of_records(name))->path == name);
  }
}
