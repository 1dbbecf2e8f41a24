// SPDX-License-Identifier: Apache-2.0
#include "store/sets/file_entry.h"

#include <algorithm>

#include "base/error.h"
#include "store/sets/manifest.h"
#include "stored_sets.h"
#include "support/catch.h"
#include "support/json_parts.h"

using backstep::test::matchers::Contains;
using namespace backstep::test;
using namespace backstep;

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
  const std::vector<FileEntry> files{entry_for("a", "1", 0755), absent_entry("b"), entry_for("c", "2", 0640)};
  const std::string lines = "a" + std::string(1, '\0') + "x" + std::string(1, '\0') + sha256_hex("1") + "\nc" +
                            std::string(1, '\0') + "-" + std::string(1, '\0') + sha256_hex("2") + "\n";
  REQUIRE(set_digest(files) == sha256_hex(lines));
  REQUIRE(set_digest({}) == sha256_hex(""));
}

TEST_CASE("FileEntry: umask, owner, time and absent files do not change a digest", "[store][entry]") {
  const std::vector<FileEntry> files{entry_for("a", "1", 0755)};
  std::vector<FileEntry> others{entry_for("a", "1", 0700), absent_entry("b")};
  others[0].owner = {1000, 1000};
  others[0].mtime_ns = 0;
  REQUIRE(set_digest(files) == set_digest(others));
  others[0].mode = 0644;
  REQUIRE(set_digest(files) != set_digest(others));
}

TEST_CASE("FileEntry: nothing can be said beneath what could not be stored", "[store][entry]") {
  const std::vector<FileEntry> files{entry_for("a", "1"), unstored_entry("conf"), absent_entry("gone"),
                                     unstored_entry("x/link")};
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

namespace {

// A good line with one member's JSON replaced.
std::string line_with(const std::string& key, const std::string& value) {
  Json line;
  const Json good = encode_entry(entry_for("services/a/entrypoint.sh", "x"));
  for (const auto& [name, member] : members(good)) {
    line.set(name, name == key ? Json::parse(value) : member);
  }
  return line.dump();
}

}  // namespace

TEST_CASE("ManifestLine: forged lines are refused", "[store][manifest]") {
  const auto [key, value, reason] = GENERATE(table<std::string, std::string, std::string>({
      {"path", "\"a/../../etc/passwd\"", "leaves the workspace"},
      {"path", "\"/etc/passwd\"", "leaves the workspace"},
      {"path", "\"services/../../x\"", "leaves the workspace"},
      {"path", "\"services//x\"", "leaves the workspace"},
      {"path", "\"a\\u0000b\"", "leaves the workspace"},
      {"path", "\"\"", "leaves the workspace"},
      {"path", "7", "'path'"},
      {"stored", "\"../../good\"", "stored name"},
      {"stored", "\"/etc/passwd\"", "stored name"},
      {"stored", "\".backstep\"", "stored name"},
      {"stored", "\"_manifest.jsonl\"", "stored name"},
      {"stored", "\"_files/../../x\"", "stored name"},
      {"stored", "\"\"", "stored name"},
      {"size", "-1", "size is -1"},
      {"size", "\"1\"", "'size'"},
      {"mode", "\"4755\"", "mode '4755'"},
      {"mode", "\"2755\"", "mode '2755'"},
      {"mode", "\"1755\"", "mode '1755'"},
      {"mode", "\"07777\"", "mode '07777'"},
      {"mode", "\"0788\"", "mode '0788'"},
      {"mode", "\"755\"", "mode '755'"},
      {"mode", "493", "'mode'"},
      {"uid", "-1", "uid is -1"},
      {"gid", "4294967296", "gid is 4294967296"},
      {"mtime", "\"1710080580\"", "mtime"},
      {"mtime", "\"1710080580.12345678\"", "mtime"},
      {"mtime", "\"1710080580.12345678x\"", "mtime"},
      {"mtime", "\"x.123456789\"", "mtime"},
      {"mtime", "\"99999999999.000000000\"", "mtime"},
      {"sha256", "\"abc\"", "64 hex digits"},
      {"sha256", "\"" + std::string(64, 'A') + "\"", "64 hex digits"},
      {"absent", "\"yes\"", "'absent'"},
  }));
  CAPTURE(key, value);
  std::string text = line_with(key, value);
  if (key == "absent") text = R"({"path":"a","absent":"yes"})";
  REQUIRE_THROWS_WITH(decode_entry(Json::parse(text)), Contains(reason));
}

TEST_CASE("ManifestLine: what could not be read back is not written", "[store][manifest]") {
  FileEntry entry = entry_for("services/a/entrypoint.sh", "x");
  SECTION("a name that is not UTF-8") { entry.path = "services/\xff/entrypoint.sh"; }
  SECTION("a path that leaves the workspace") { entry.path = "a/../../x"; }
  SECTION("no stored name") { entry.stored = ""; }
  SECTION("the manifest's own name") { entry.stored = "_manifest.jsonl"; }
  SECTION("a setuid file") { entry.mode = 04755; }
  SECTION("no hash") { entry.sha256 = {}; }
  try {
    encode_entry(entry);
    FAIL("it was written");
  } catch (const Error& error) {
    REQUIRE(error.code() == ExitCode::kBackupFailed);
    REQUIRE_THAT(error.message(), Contains("cannot back up '"));
  }
}

TEST_CASE("ManifestLine: a line reads back, odd times and names included", "[store][manifest]") {
  FileEntry entry = entry_for("nginx/\xC3\xA4 \"b\"\n.conf", "x", 0640);
  entry.owner = {4294967294, 33};
  entry.mtime_ns = GENERATE(as<int64_t>{}, 0, 1, -1, -1'500'000'000, 1'710'080'580'123'456'789);
  const FileEntry read = decode_entry(Json::parse(encode_entry(entry).dump()));
  REQUIRE(read.path == entry.path);
  REQUIRE(read.stored == "_files/" + entry.path);
  REQUIRE(read.size == 1);
  REQUIRE(read.mode == 0640);
  REQUIRE(read.owner == entry.owner);
  REQUIRE(read.mtime_ns == entry.mtime_ns);
  REQUIRE(read.sha256 == entry.sha256);
}

TEST_CASE("ManifestLine: a hidden file is stored beneath _files", "[store][manifest]") {
  const FileEntry entry = entry_for(".env", "x", 0600);
  REQUIRE(decode_entry(encode_entry(entry)).stored == "_files/.env");
}

TEST_CASE("ManifestLine: patterns stay beneath the workspace", "[store][manifest]") {
  REQUIRE_FALSE(stays_beneath("/etc/*"));
  REQUIRE_FALSE(stays_beneath("a/.."));
  REQUIRE_FALSE(stays_beneath("a/../../x"));
  REQUIRE(stays_beneath("nginx/**/*.conf"));
  REQUIRE(stays_beneath("../../x"));
  REQUIRE(stays_beneath(".."));
  REQUIRE(stays_beneath("../.."));
  REQUIRE(stays_beneath("a..b"));
  REQUIRE(stays_beneath(""));
}

TEST_CASE("ManifestLine: a capability comes back as it was", "[store][manifest]") {
  FileEntry entry = entry_for("services/a/entrypoint.sh", "x");
  REQUIRE(encode_entry(entry).find("capability") == nullptr);
  entry.capability = "01ff";
  REQUIRE(decode_entry(encode_entry(entry)).capability == "01ff");
}
