// SPDX-License-Identifier: Apache-2.0
#include "store/verdicts.h"

#include <catch2/catch.hpp>

#include "stored_sets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

const std::string kA = sha256_hex("a");
const std::string kB = sha256_hex("b");
constexpr const char* kPath = "backups/.backstep/verdicts.jsonl";

struct Said {
  std::string digest;
  bool good;
  bool by_human = false;
  std::string commit = "";
};

Verdicts after(const StoreScene& scene, const std::vector<Said>& lines) {
  int run = 0;
  for (const Said& said : lines) {
    append_verdict(scene.store, {.run = "r" + std::to_string(++run),
                                 .digest = said.digest,
                                 .good = said.good,
                                 .by_human = said.by_human,
                                 .time = 1710080580 - run,
                                 .commit = said.commit});
  }
  return Verdicts::load(scene.store);
}

using Digests = std::vector<std::string>;

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

TEST_CASE("Verdicts: a failure is bad, a pass outranks failures, a mark outranks all",
          "[store][verdicts]") {
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
  }));
  REQUIRE(after(scene, lines).of(kA) == verdict);
}

TEST_CASE("Verdicts: good digests come with the most recently confirmed first",
          "[store][verdicts]") {
  const StoreScene scene;
  const std::string c = sha256_hex("c");
  const Verdicts verdicts =
      after(scene, {{kA, true}, {kB, true}, {c, true}, {kA, true}, {c, false, true}, {kB, false}});
  REQUIRE(verdicts.good_digests() == Digests{kA, kB});
}

TEST_CASE("Verdicts: a commit is that of the newest pass that names one", "[store][verdicts]") {
  const StoreScene scene;
  const Verdicts verdicts = after(scene, {{kA, true, false, "old"},
                                          {kA, true, false, "new"},
                                          {kA, false, false, "failed"},
                                          {kA, true, true},
                                          {kB, true, false, "other"}});
  REQUIRE(verdicts.commit_of(kA) == "new");
  REQUIRE(verdicts.commit_of(sha256_hex("c")).empty());
}

TEST_CASE("Verdicts: settling twice appends once", "[store][verdicts]") {
  const StoreScene scene;
  VerdictLine line{.run = "r1", .digest = kA, .good = false, .time = 1710080580, .commit = "abc"};
  append_verdict(scene.store, line);
  const std::string once = scene.temp.read(kPath);
  REQUIRE(once == R"({"format":1,"run":"r1","time":"2024-03-10T14:23:00Z","digest":")" + kA +
                      R"(","good":false,"commit":"abc"})" + "\n");
  append_verdict(scene.store, line);
  line.good = true;
  append_verdict(scene.store, line);
  REQUIRE(scene.temp.read(kPath) == once);
  line.run = "r2";
  append_verdict(scene.store, line);
  line.digest = kB;
  append_verdict(scene.store, line);
  REQUIRE(Verdicts::load(scene.store).lines().size() == 3);
}

TEST_CASE("Verdicts: a person may change their mind within one run", "[store][verdicts]") {
  const StoreScene scene;
  VerdictLine mark{.run = "shell", .digest = kA, .good = true, .by_human = true, .commit = ""};
  for (const bool good : {true, true, false, true}) {
    mark.good = good;
    append_verdict(scene.store, mark);
  }
  const Verdicts verdicts = Verdicts::load(scene.store);
  REQUIRE(verdicts.lines().size() == 3);
  REQUIRE(verdicts.of(kA) == Verdict::kGood);
}

TEST_CASE("Verdicts: lines that are none are counted, newer ones and a torn end are not",
          "[store][verdicts]") {
  const StoreScene scene;
  after(scene, {{kA, true}});
  scene.temp.write(kPath,
                   "{\"format\":1}\n{\"format\":1,\"run\":\"r\",\"time\":\"\",\"digest\":\"x\","
                   "\"good\":true}\nnonsense\n{\"format\":2}\n" +
                       scene.temp.read(kPath) + "{\"form");
  const Verdicts verdicts = Verdicts::load(scene.store);
  REQUIRE(verdicts.broken_lines() == 3);
  REQUIRE(verdicts.lines().size() == 1);
  REQUIRE(verdicts.of(kA) == Verdict::kGood);
}
