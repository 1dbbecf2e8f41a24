// SPDX-License-Identifier: Apache-2.0
#include "store/sets/file_entry.h"

#include <algorithm>

#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("FileEntry: a version is content and executable bit, a state is more", "[store][entry]") {
  const FileEntry entry = entry_for("f", "text", 0755);
  FileEntry other = entry;
  other.owner = {7, 7};
  REQUIRE(same_state(entry, other, false));
  REQUIRE(same_state(entry, other, true) != may_change_owner());
  other.mode = 0700;
  REQUIRE(same_version(entry, other));
  REQUIRE_FALSE(same_state(entry, other, false));
  other.mode = 0644;
  REQUIRE_FALSE(same_version(entry, other));
  REQUIRE_FALSE(same_version(entry, entry_for("f", "other", 0755)));
  REQUIRE_FALSE(same_version(entry, absent_entry("f")));
  REQUIRE(same_state(absent_entry("f"), absent_entry("f"), true));
}

TEST_CASE("FileEntry: a capability is state and no version", "[store][entry]") {
  const FileEntry entry = entry_for("f", "text", 0755);
  FileEntry other = entry;
  other.capability = "0100";
  REQUIRE(same_version(entry, other));
  REQUIRE(same_state(entry, other, false));
  REQUIRE(same_state(entry, other, true) != may_change_owner());
}

TEST_CASE("FileEntry: the digest is what this page says, to the byte", "[store][entry]") {
  const std::vector<FileEntry> files{entry_for("a", "1", 0755), absent_entry("b"),
                                     entry_for("c", "2", 0640)};
  const std::string lines = "a" + std::string(1, '\0') + "x" + std::string(1, '\0') +
                            sha256_hex("1") + "\nc" + std::string(1, '\0') + "-" +
                            std::string(1, '\0') + sha256_hex("2") + "\n";
  REQUIRE(set_digest(files) == sha256_hex(lines));
  REQUIRE(set_digest({}) == sha256_hex(""));
}

TEST_CASE("FileEntry: umask, owner, time and absent files do not change a digest",
          "[store][entry]") {
  const std::vector<FileEntry> files{entry_for("a", "1", 0755)};
  std::vector<FileEntry> others{entry_for("a", "1", 0700), absent_entry("b")};
  others[0].owner = {1000, 1000};
  others[0].mtime_ns = 0;
  REQUIRE(set_digest(files) == set_digest(others));
  others[0].mode = 0644;
  REQUIRE(set_digest(files) != set_digest(others));
}

TEST_CASE("FileEntry: nothing can be said beneath what could not be stored", "[store][entry]") {
  const std::vector<FileEntry> files{entry_for("a", "1"), unstored_entry("conf"),
                                     absent_entry("gone"), unstored_entry("x/link")};
  for (const char* path : {"conf", "conf/a.conf", "conf/deep/er", "x/link"}) {
    CAPTURE(path);
    CHECK(is_unstored(files, path));
  }
  for (const char* path : {"a", "conf.d/a", "x", "x/other", "gone", "gone/x"}) {
    CAPTURE(path);
    CHECK_FALSE(is_unstored(files, path));
  }
  CHECK(unstored_entry("x").absent);
}

TEST_CASE("FileEntry: an entry is found by its path alone", "[store][entry]") {
  const std::vector<FileEntry> files{entry_for("a", "1"), entry_for("b/c", "2")};
  REQUIRE(find_entry(files, "b/c") == &files[1]);
  REQUIRE(find_entry(files, "b") == nullptr);
  REQUIRE(find_entry(files, "z") == nullptr);
}
