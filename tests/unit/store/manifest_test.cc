// SPDX-License-Identifier: Apache-2.0
#include "store/sets/manifest.h"

#include "base/text.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::Equals;

namespace {

constexpr const char* kName = "backups/2024-03-10_14-23-00/_manifest.jsonl";

Manifest small_manifest() {
  Manifest manifest = manifest_for("2024-03-10_14-23-00", {entry_for("docker-compose.yml", "services: {}\n", 0644),
                                                           entry_for("services/a/entrypoint.sh", "#!/bin/sh\n"),
                                                           absent_entry("services/b/entrypoint.sh")});
  manifest.patterns.files = {"docker-compose.yml", "nginx/*.conf"};
  manifest.owner = "uid 0";
  manifest.actor = "ada";
  manifest.url = "https://example.com/1";
  manifest.commit = "abc123";
  manifest.tag = "v1";
  manifest.message = "before \"the\" change";
  return manifest;
}

std::vector<std::string> lines_of(const Manifest& manifest) {
  std::vector<std::string> lines = split(manifest_text(manifest), '\n');
  lines.pop_back();
  return lines;
}

std::string text_of(const std::vector<std::string>& lines) { return joined(lines, "\n") + "\n"; }

// As a person who edits a manifest would leave it: without the hash of its lines.
std::string without_hash(std::string text) {
  const size_t at = text.rfind(",\"sha256\":\"");
  return text.erase(at, text.rfind('}') - at);
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

void require_refused(const std::string& text, const std::string& reason) {
  CAPTURE(text);
  try {
    decode_manifest(kName, text);
    FAIL("it was accepted");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kDamaged);
    REQUIRE_THAT(error.message(), Contains(reason));
    REQUIRE_THAT(error.message(), backstep::test::matchers::StartsWith(in_quotes(kName)));
  }
}

Manifest ends_of(std::string_view text) {
  Manifest manifest;
  decode_manifest_ends(kName, text, manifest);
  return manifest;
}

}  // namespace

TEST_CASE("Manifest: a truncated one is refused at every length", "[store][manifest]") {
  const std::string text = manifest_text(small_manifest());
  for (size_t length = 0; length < text.size(); ++length) {
    CAPTURE(length);
    REQUIRE_THROWS_AS(decode_manifest(kName, text.substr(0, length)), Error);
    REQUIRE_THROWS_AS(ends_of(text.substr(0, length)), Error);
  }
  require_refused(text.substr(0, text.size() - 1), "line 5: truncated");
}

TEST_CASE("Manifest: no flipped byte is accepted with another meaning", "[store][manifest]") {
  const Manifest original = small_manifest();
  const std::string text = manifest_text(original);
  const std::string meaning = text.substr(0, text.rfind("{\"count\""));
  const unsigned flip = GENERATE(0x01U, 0x02U, 0x20U, 0x80U, 0xffU);
  for (size_t at = 0; at < text.size(); ++at) {
    std::string flipped = text;
    flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ flip);
    CAPTURE(at, flipped);
    try {
      const Manifest read = decode_manifest(kName, flipped);
      const std::string again = manifest_text(read);
      REQUIRE(again.substr(0, again.rfind("{\"count\"")) == meaning);
    } catch (const Error& error) {
      REQUIRE(error.code() == ExitCode::kDamaged);
    }
  }
}

TEST_CASE("Manifest: no flipped byte changes the version though the lines' hash is missing", "[store][manifest]") {
  const Manifest original = small_manifest();
  const std::string digest = set_digest(original.files);
  const std::string text = without_hash(manifest_text(original));
  REQUIRE(decode_manifest(kName, text).digest == digest);
  for (size_t at = 0; at < text.size(); ++at) {
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x01);
    CAPTURE(at, flipped);
    try {
      const Manifest read = decode_manifest(kName, flipped);
      REQUIRE(read.digest == digest);
      REQUIRE(set_digest(read.files) == digest);
    } catch (const Error& error) {
      REQUIRE(error.code() == ExitCode::kDamaged);
    }
  }
}

TEST_CASE("Manifest: lines that do not belong together are refused", "[store][manifest]") {
  std::vector<std::string> lines = lines_of(small_manifest());
  const std::string whole = text_of(lines);
  SECTION("out of order") {
    std::swap(lines[1], lines[2]);
    require_refused(text_of(lines), "line 3: path 'docker-compose.yml' comes after");
  }
  SECTION("a path twice") {
    lines.insert(lines.begin() + 1, lines[1]);
    require_refused(text_of(lines), "line 3: path 'docker-compose.yml' comes after");
  }
  SECTION("one left out") {
    lines.erase(lines.begin() + 3);
    require_refused(text_of(lines), "line 4: 3 counted, 2 there");
  }
  SECTION("another content") {
    require_refused(without_hash(with(whole, sha256_hex("#!/bin/sh\n"), sha256_hex("evil"))),
                    "line 5: the digest does not fit the files");
  }
  SECTION("another mode, which the digest does not count") {
    require_refused(with(whole, "\"0644\"", "\"0666\""), "line 5: a line was changed");
  }
  SECTION("another file's name") {
    require_refused(
        without_hash(with(whole, "\"path\":\"docker-compose.yml\"", "\"path\":\"a/../docker-compose.yml\"")),
        "line 2: path 'a/../docker-compose.yml' leaves the workspace");
  }
  SECTION("bytes after the trailer") {
    require_refused(whole + "\n", "line 5: bytes after the trailer");
    require_refused(whole + lines[1] + "\n", "line 5: bytes after the trailer");
  }
  SECTION("a file in a base that is not named") {
    require_refused(without_hash(with(whole, "\"size\":13", "\"in_base\":true,\"size\":13")),
                    "lies in a base, and none is named");
  }
  SECTION("a line that is nothing") {
    lines[1] = "{\"note\":1}";
    require_refused(text_of(lines), "line 2: 'count' is missing");
  }
  SECTION("no JSON") {
    lines[2] = "<<<<<<< HEAD";
    require_refused(text_of(lines), "line 3: not JSON");
  }
}

TEST_CASE("Manifest: a forged header is refused", "[store][manifest]") {
  const std::string whole = without_hash(manifest_text(small_manifest()));
  const auto [from, to, reason] = GENERATE(table<std::string, std::string, std::string>({
      {"\"manifest\"", "\"index\"", "line 1: not a manifest"},
      {"\"format\":1", "\"format\":0", "line 1: format is 0"},
      {"\"format\":1", "\"format\":\"1\"", "line 1: 'format'"},
      {"\"uid\":\"", "\"uid\":\"../good", "line 1: uid '../good"},
      {"\"sequence\":", "\"sequence\":-", "line 1: sequence is -1710080581"},
      {"\"sequence\":", "\"sequence\":1000", "line 1: sequence is 10001710080581"},
      {"\"time\"", "\"base\":\"../x\",\"time\"", "line 1: base '../x'"},
      {"T14:23:00Z", "T25:23:00Z", "line 1: time '2024-03-10T25:23:00Z'"},
      {"\"services\"", "\"a/../services\"", "line 1: pattern 'a/../services'"},
      {"nginx/*.conf", "/etc/*.conf", "line 1: pattern '/etc/*.conf'"},
  }));
  require_refused(with(whole, from, to), reason);
}

TEST_CASE("Manifest: a newer format asks for an update", "[store][manifest]") {
  const std::string text = with(manifest_text(small_manifest()), "\"format\":1", "\"format\":2");
  const std::string sentence = in_quotes(kName) +
                               ": written by a newer version of backstep (format 2): update "
                               "backstep to use it";
  REQUIRE_THROWS_AS(decode_manifest(kName, text), NewerFormat);
  REQUIRE_THROWS_WITH(decode_manifest(kName, text), sentence);
  REQUIRE_THROWS_AS(ends_of(text), NewerFormat);
}

TEST_CASE("Manifest: members of a newer minor are ignored", "[store][manifest]") {
  std::string text = without_hash(manifest_text(small_manifest()));
  text = with(text, "\"format\":1", "\"format\":1,\"mood\":[1,{}]");
  text = with(text, "\"size\":13", "\"size\":13,\"xattrs\":{}");
  text = with(text, "\"count\"", "\"signed\":true,\"count\"");
  REQUIRE(decode_manifest(kName, text).digest == set_digest(small_manifest().files));
}

TEST_CASE("Manifest: what is written reads back", "[store][manifest]") {
  const Manifest manifest = small_manifest();
  const Manifest read = decode_manifest(kName, manifest_text(manifest));
  REQUIRE(read.uid == manifest.uid);
  REQUIRE(read.sequence == manifest.sequence);
  REQUIRE(read.time == manifest.time);
  REQUIRE(read.run == manifest.run);
  REQUIRE(read.patterns == manifest.patterns);
  REQUIRE(read.owner == manifest.owner);
  REQUIRE(read.actor == manifest.actor);
  REQUIRE(read.url == manifest.url);
  REQUIRE(read.commit == manifest.commit);
  REQUIRE(read.tag == manifest.tag);
  REQUIRE(read.message == manifest.message);
  REQUIRE(read.files.size() == 3);
  REQUIRE(read.present_count() == 2);
  REQUIRE(read.files[2].absent);
  REQUIRE(read.digest == set_digest(manifest.files));
  REQUIRE_FALSE(read.empty());
}

TEST_CASE("Manifest: its text is the one that the design shows", "[store][manifest]") {
  Manifest manifest = manifest_for("2024-03-10_14-23-00", {absent_entry("services/b/entrypoint.sh")});
  manifest.uid = "0123456789abcdef0123";
  manifest.sequence = 7;
  manifest.run = uid_of("r1");
  manifest.tree_owner = {1000, 100};
  const std::vector<std::string> lines = lines_of(manifest);
  REQUIRE(lines.size() == 3);
  REQUIRE(lines[0] == R"({"backstep":"manifest","format":1,"uid":"0123456789abcdef0123",)"
                      R"("sequence":7,"time":"2024-03-10T14:23:00Z","run":")" +
                          uid_of("r1") +
                          R"(","scope":{"entrypoint_file":"entrypoint.sh",)"
                          R"("services_dir":["services"]},"tree_uid":1000,"tree_gid":100})");
  REQUIRE(lines[1] == R"({"path":"services/b/entrypoint.sh","absent":true})");
  REQUIRE_THAT(lines[2], backstep::test::matchers::StartsWith(R"({"count":1,"digest":")" + sha256_hex("")));
}

TEST_CASE("Manifest: what was seen and not stored is told from what was not there", "[store][manifest]") {
  const Manifest manifest =
      manifest_for("2024-03-10_14-23-00", {absent_entry("../gone"), unstored_entry("services/linked")});
  const std::vector<std::string> lines = lines_of(manifest);
  REQUIRE(lines[1] == R"({"path":"../gone","absent":true})");
  REQUIRE(lines[2] == R"({"path":"services/linked","unstored":true})");
  const Manifest read = decode_manifest(kName, manifest_text(manifest));
  REQUIRE(read.files[0].absent);
  REQUIRE_FALSE(read.files[0].unstored);
  REQUIRE(read.files[1].unstored);
  REQUIRE(read.files[1].absent);
  REQUIRE(read.empty());
}

TEST_CASE("Manifest: the whole scope is read back", "[store][manifest]") {
  Manifest manifest = manifest_for("2024-03-10_14-23-00");
  manifest.patterns = {.prefix = "deploy",
                       .services_dirs = {"apps/*/services", "../shared"},
                       .entrypoint_file = "bin/start.sh",
                       .files = {"../compose.yml"},
                       .exclude = {"**/*.bak"}};
  REQUIRE(decode_manifest(kName, manifest_text(manifest)).patterns == manifest.patterns);
}

TEST_CASE("Manifest: evidence says which files lie in its base", "[store][manifest]") {
  Manifest manifest = small_manifest();
  manifest.base = uid_of("the base");
  manifest.files[0].in_base = true;
  const Manifest read = decode_manifest(kName, manifest_text(manifest));
  REQUIRE(read.base == manifest.base);
  REQUIRE(read.files[0].in_base);
  REQUIRE_FALSE(read.files[1].in_base);
  REQUIRE(read.digest == set_digest(small_manifest().files));
  REQUIRE(ends_of(manifest_text(manifest)).base == manifest.base);
}

TEST_CASE("Manifest: an empty set is legal", "[store][manifest]") {
  const Manifest read = decode_manifest(kName, manifest_text(manifest_for("2024-03-10_14-23-00")));
  REQUIRE(read.empty());
  REQUIRE(read.digest == sha256_hex(""));
}

TEST_CASE("Manifest: files out of order are not written", "[store][manifest]") {
  Manifest manifest = small_manifest();
  std::swap(manifest.files[0], manifest.files[1]);
  REQUIRE_THROWS_AS(manifest_text(manifest), Error);
}

TEST_CASE("Manifest: a pattern that is not UTF-8 is not written", "[store][manifest]") {
  Manifest manifest = small_manifest();
  manifest.patterns.files = {"\xff"};
  REQUIRE_THROWS_WITH(manifest_text(manifest), Contains("not UTF-8"));
}

TEST_CASE("Manifest: a summary is header and trailer", "[store][manifest]") {
  const std::vector<std::string> lines = lines_of(small_manifest());
  Manifest summary;
  REQUIRE(decode_manifest_ends(kName, lines.front() + "\n" + lines.back() + "\n", summary) == 3);
  REQUIRE(summary.tag == "v1");
  REQUIRE(summary.digest == set_digest(small_manifest().files));
  REQUIRE(summary.files.empty());
  REQUIRE_THROWS_WITH(ends_of(lines[0] + "\n" + lines[1] + "\n"), Contains("last line: truncated"));
}

TEST_CASE("Manifest: directories with a state of their own are a line of their own", "[store][manifest]") {
  Manifest manifest = small_manifest();
  REQUIRE(lines_of(manifest).size() == 5);
  manifest.directories = {{"services", "2775 0:100"}, {"services/a b", "0700 33:34"}};
  const std::vector<std::string> lines = lines_of(manifest);
  REQUIRE(lines[1] == R"({"directories":["2775 0:100 services","0700 33:34 services/a b"]})");
  const Manifest read = decode_manifest(kName, text_of(lines));
  REQUIRE(read.directories == manifest.directories);
  REQUIRE(read.files.size() == 3);
  require_refused(without_hash(with(text_of(lines), "2775 0:100 services", "2775")), "no directory");
}
