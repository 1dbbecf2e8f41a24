// SPDX-License-Identifier: Apache-2.0
#include "store/records/verdicts.h"

#include "retention_scene.h"
#include "stored_sets.h"
#include "support/catch.h"

using Digests = std::vector<std::string>;
using namespace backstep::test;
using namespace backstep;

namespace {

const std::string kA = sha256_hex("a");
const std::string kB = sha256_hex("b");
constexpr const char* kVerdictsPath = "backups/.backstep/verdicts.jsonl";

struct Said {
  std::string digest;
  bool good;
  bool by_human = false;
  std::string commit = "";
  bool withdrawn = false;
};

const Said kWithdrawn{kA, false, true, "", true};

Verdicts after(const StoreScene& scene, const std::vector<Said>& lines) {
  int run = 0;
  for (const Said& said : lines) {
    append_verdict(scene.store, {.run = uid_of("r" + std::to_string(++run)),
                                 .digest = said.digest,
                                 .good = said.good,
                                 .by_human = said.by_human,
                                 .withdrawn = said.withdrawn,
                                 .time = 1710080580 - run,
                                 .commit = said.commit});
  }
  return Verdicts::load(scene.store);
}

}  // namespace

TEST_CASE("Verdicts: nothing said is untested", "[store][verdicts]") {
  const StoreScene scene;
  const Verdicts verdicts = Verdicts::load(scene.store);
  REQUIRE(verdicts.of(kA) == Verdict::kUntested);
  REQUIRE(verdicts.good_digests().empty());
  REQUIRE(name_of(Verdict::kUntested) == "untested");
  REQUIRE(name_of(Verdict::kBad) == "bad");
  REQUIRE(name_of(Verdict::kGood) == "good");
}

TEST_CASE("Verdicts: a failure is bad, a pass outranks failures, a mark outranks all", "[store][verdicts]") {
  const StoreScene scene;
  const auto [lines, verdict] = GENERATE(table<std::vector<Said>, Verdict>({
      {{{kA, false}}, Verdict::kBad},
      {{{kA, true}}, Verdict::kGood},
      {{{kA, true}, {kA, false}, {kA, false}}, Verdict::kGood},
      {{{kA, false}, {kA, true}}, Verdict::kGood},
      {{{kA, false, true}, {kA, true}, {kA, true}}, Verdict::kBad},
      {{{kA, true, true}, {kA, false}}, Verdict::kGood},
      {{{kA, true, true}, {kA, false, true}}, Verdict::kBad},
      {{{kA, false, true}, {kA, true, true}, {kA, false}}, Verdict::kGood},
      {{{kB, false}}, Verdict::kUntested},
      {{{kA, true}, {kA, false, true}, kWithdrawn}, Verdict::kUntested},
      {{{kA, true, true}, kWithdrawn, {kA, false}}, Verdict::kBad},
      {{{kA, false, true}, kWithdrawn, {kA, true}}, Verdict::kGood},
  }));
  REQUIRE(after(scene, lines).of(kA) == verdict);
}

TEST_CASE("Verdicts: good digests come with the most recently confirmed first", "[store][verdicts]") {
  const StoreScene scene;
  const std::string c = sha256_hex("c");
  const Verdicts verdicts =
      after(scene, {{kA, true}, {kB, true}, {c, true}, {kA, true}, {c, false, true}, {kB, false}});
  REQUIRE(verdicts.good_digests() == Digests{kA, kB});
}

TEST_CASE("Verdicts: the line that decided says since when", "[store][verdicts]") {
  const StoreScene scene;
  const auto [lines, run] = GENERATE(table<std::vector<Said>, std::string>({
      {{{kA, false}, {kA, false}}, "r2"},
      {{{kA, false}, {kA, true}, {kA, true}, {kA, false}}, "r2"},
      {{{kA, true, true}, {kA, false, true}, {kA, true}}, "r2"},
      {{{kA, true}, kWithdrawn, {kA, true}}, "r3"},
      {{{kA, true}, kWithdrawn}, "none"},
      {{{kB, true}}, "none"},
  }));
  const Verdicts verdicts = after(scene, lines);
  const VerdictLine* deciding = verdicts.deciding(kA);
  REQUIRE((deciding == nullptr ? "none" : deciding->run) == (run == "none" ? run : uid_of(run)));
}

TEST_CASE("Verdicts: what is withdrawn reads back", "[store][verdicts]") {
  const StoreScene scene;
  VerdictLine line{.run = uid_of("r1"), .digest = kA, .by_human = true, .time = 1710080580, .commit = ""};
  append_verdict(scene.store, line);
  line.withdrawn = true;
  append_verdict(scene.store, line);
  append_verdict(scene.store, line);
  const std::string text = scene.temp.read(kVerdictsPath);
  REQUIRE(text.ends_with(R"("digest":")" + kA + R"(","withdrawn":true,"by_human":true})" + "\n"));
  REQUIRE(Verdicts::load(scene.store).lines().size() == 2);
  REQUIRE(Verdicts::load(scene.store).lines().back().withdrawn);
}

TEST_CASE("Verdicts: a commit is that of the newest pass that names one", "[store][verdicts]") {
  const StoreScene scene;
  const Verdicts verdicts = after(scene, {{kA, true, false, "aaaa"},
                                          {kA, true, false, "bbbb"},
                                          {kA, false, false, "failed"},
                                          {kA, true, true},
                                          {kA, true, false, "--upload-pack=id"},
                                          {kA, true, false, "main"},
                                          {kB, true, false, "cccc"}});
  REQUIRE(verdicts.commit_of(kA) == "bbbb");
  REQUIRE(verdicts.commit_of(sha256_hex("c")).empty());
}

TEST_CASE("Verdicts: settling twice appends once", "[store][verdicts]") {
  const StoreScene scene;
  VerdictLine line{.run = uid_of("r1"), .digest = kA, .good = false, .time = 1710080580, .commit = "abc"};
  append_verdict(scene.store, line);
  const std::string once = scene.temp.read(kVerdictsPath);
  REQUIRE(once == R"({"format":1,"run":")" + uid_of("r1") +
                      R"(","sequence":1,"time":"2024-03-10T14:23:00Z","digest":")" + kA +
                      R"(","good":false,"commit":"abc"})" + "\n");
  append_verdict(scene.store, line);
  line.good = true;
  append_verdict(scene.store, line);
  REQUIRE(scene.temp.read(kVerdictsPath) == once);
  line.run = uid_of("r2");
  append_verdict(scene.store, line);
  line.digest = kB;
  append_verdict(scene.store, line);
  REQUIRE(Verdicts::load(scene.store).lines().size() == 3);
}

TEST_CASE("Verdicts: a person may change their mind within one run", "[store][verdicts]") {
  const StoreScene scene;
  VerdictLine mark{.run = uid_of("shell"), .digest = kA, .good = true, .by_human = true, .commit = ""};
  for (const bool good : {true, true, false, true}) {
    mark.good = good;
    append_verdict(scene.store, mark);
  }
  const Verdicts verdicts = Verdicts::load(scene.store);
  REQUIRE(verdicts.lines().size() == 3);
  REQUIRE(verdicts.of(kA) == Verdict::kGood);
}

TEST_CASE("Verdicts: lines that are none are counted, newer ones and a torn end are not", "[store][verdicts]") {
  const StoreScene scene;
  after(scene, {{kA, true}});
  scene.temp.write(kVerdictsPath,
                   "{\"format\":1}\n{\"format\":1,\"run\":\"r\",\"time\":\"\",\"digest\":\"x\","
                   "\"good\":true}\nnonsense\n{\"format\":2}\n" +
                       scene.temp.read(kVerdictsPath) + "{\"form");
  scene.store.forget_records();
  const Verdicts verdicts = Verdicts::load(scene.store);
  REQUIRE(verdicts.broken_lines() == 3);
  REQUIRE(verdicts.lines().size() == 1);
  REQUIRE(verdicts.of(kA) == Verdict::kGood);
}

TEST_CASE("Verdicts: what is said of a service says nothing of a set", "[store][verdicts]") {
  const StoreScene scene;
  append_verdict(scene.store, {.run = uid_of("r1"), .service = "a", .digest = kA, .good = true});
  append_verdict(scene.store, {.run = uid_of("r1"), .service = "b", .digest = kA, .good = false});
  const Verdicts verdicts = Verdicts::load(scene.store);
  CHECK(verdicts.of(kA) == Verdict::kUntested);
  CHECK(verdicts.good_digests().empty());
  CHECK(verdicts.commit_of(kA).empty());
  CHECK(verdicts.of(kA, "a") == Verdict::kGood);
  CHECK(verdicts.of(kA, "b") == Verdict::kBad);
  CHECK(verdicts.of(kA, "c") == Verdict::kUntested);
}

TEST_CASE("Verdicts: a set of one service has another digest than the service", "[store][verdicts]") {
  const FileEntry entry = entry_for(service_path("a"), "text");
  CHECK(service_digest(entry) != set_digest({&entry, 1}));
  const StoreScene scene;
  append_verdict(scene.store, {.run = uid_of("r1"), .service = "a", .digest = service_digest(entry), .good = false});
  const Verdicts verdicts = Verdicts::load(scene.store);
  CHECK(service_verdicts(verdicts, {&entry, 1}, original_patterns()) ==
        std::vector<std::pair<std::string, Verdict>>{{"a", Verdict::kBad}});
}

TEST_CASE("Verdicts: many are appended once, each by itself", "[store][verdicts]") {
  const StoreScene scene;
  const std::vector<VerdictLine> lines{{.run = uid_of("r1"), .digest = kA, .good = true},
                                       {.run = uid_of("r1"), .service = "a", .digest = kB, .good = true}};
  append_verdicts(scene.store, lines);
  append_verdicts(scene.store, lines);
  append_verdicts(scene.store, {});
  CHECK(Verdicts::load(scene.store).lines().size() == 2);
}

namespace {

KnownGood known_in(const RetentionScene& it) { return known_good(it.catalog, Verdicts::load(it.scene.store)); }

}  // namespace

TEST_CASE("KnownGood: the newest good version that no set holds is lost, and said", "[store][known_good]") {
  RetentionScene it;
  it.backup(3, "a");
  it.backup(2, "a");
  it.failed(1, "b");
  it.passed("a");
  it.passed("b");
  const KnownGood good = known_in(it);
  CHECK(good.lost == digest_of_script("b"));
  REQUIRE(good.last != nullptr);
  CHECK(good.last->ref == it.catalog.entries[1].ref);
  CHECK(good.loss() == "no backup holds the newest known good version (" + good.lost.substr(0, 12) +
                           ") any more; the newest that is left is " + good.last->ref.id);
  CHECK_THAT(good.why_last(), backstep::test::matchers::StartsWith("an older known good"));
}

TEST_CASE("KnownGood: with nothing good left there is nothing to go back to", "[store][known_good]") {
  RetentionScene it;
  it.backup(2, "a");
  CHECK(known_in(it).loss().empty());
  CHECK(known_in(it).last == nullptr);
  it.passed("b");
  CHECK_THAT(known_in(it).loss(), backstep::test::matchers::EndsWith("; nothing else is known good"));
}

TEST_CASE("KnownGood: older versions go by retention, which is no loss", "[store][known_good]") {
  RetentionScene it;
  it.backup(2, "b");
  it.passed("a");
  it.passed("b");
  const KnownGood good = known_in(it);
  CHECK(good.stored == std::vector<std::string>{digest_of_script("b")});
  CHECK(good.loss().empty());
  CHECK(std::string(good.why_last()) == "the newest known good");
}

TEST_CASE("KnownGood: a set whose manifest does not read holds nothing", "[store][known_good]") {
  RetentionScene it;
  it.backup(2, CatalogEntry::State::kDamaged);
  it.passed("a");
  CHECK(known_in(it).lost == digest_of_script("a"));
}
