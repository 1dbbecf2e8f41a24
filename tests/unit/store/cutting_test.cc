// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <random>

#include "store/archive/incoming_set.h"
#include "store/records/history.h"
#include "store/records/new_names.h"
#include "store/records/verdicts.h"
#include "store/set_id.h"
#include "stored_sets.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr const char* kCutHistory = "backups/.backstep/history.jsonl";
constexpr const char* kCutVerdicts = "backups/.backstep/verdicts.jsonl";
constexpr const char* kCutStore = "0123456789abcdef0123";
constexpr int64_t kCutTime = 1710080580;
constexpr int kVersions = 300;  // of which the first ten are stored

std::string digest_of(int version) { return digest_of_script("v" + std::to_string(version)); }

SetRef set_of(int version) { return {Shelf::kBackups, id_of_seconds(kCutTime + version)}; }

std::string cut_line(int sequence, const std::string& run, const std::string& members) {
  return fmt::format(R"({{"format":1,"run":"{}","sequence":{},"time":"{}","store":"{}",{}}})"
                     "\n",
                     run, sequence, utc_text(kCutTime - 9'000'000 + sequence), kCutStore, members);
}

size_t lines_of(const std::string& text) { return static_cast<size_t>(std::ranges::count(text, '\n')); }

// What a store of many years may hold: runs of all ends, on versions that are mostly gone.
class ManyRuns {
 public:
  explicit ManyRuns(unsigned seed) : random_(seed) {}

  void write(const StoreScene& scene, int runs) {
    scene.temp.write("backups/.backstep/store", std::string(kCutStore) + "\n");
    for (int run = 0; run < runs; ++run) add_run(uid_of("run " + std::to_string(run)));
    scene.temp.write(kCutHistory, history_);
    scene.temp.write(kCutVerdicts, verdicts_);
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  // Most runs deploy what the last one did; some what lies there since long.
  int next_version() {
    if (below(3) == 0) version_ = below(below(2) == 0 ? 10 : kVersions);
    return version_;
  }

  void add_run(const std::string& run) {
    static const std::vector<std::string> kEnds = {R"("event":"accepted","exit_code":0)",
                                                   R"("event":"accepted","exit_code":0)",
                                                   R"("event":"rolled_back","exit_code":20)",
                                                   R"("event":"restored","exit_code":4)",
                                                   R"("event":"unrestored","exit_code":23)",
                                                   R"("event":"kept","exit_code":0)",
                                                   R"("event":"nothing_to_roll_back_to","exit_code":10)"};
    static const std::vector<std::string> kVerbs = {"run", "run", "begin", "rollback"};
    const int version = next_version();
    const std::string verb = kVerbs[static_cast<size_t>(below(4))];
    const std::string& end = kEnds[static_cast<size_t>(below(below(2) == 0 ? 1 : 7))];
    const std::string who = fmt::format(R"("verb":"{}","owner":"o{}")", verb, below(5));
    if (verb == "begin") add(history_, run, R"("event":"begun",)" + who);
    if (below(3) != 0) add_verdicts(run, version);
    if (verb == "begin" && below(40) == 0) return;
    const std::string live = below(2) == 0 ? "" : fmt::format(R"(,"live":"{}")", digest_of(below(20)));
    const std::string to = fmt::format(R"(,"restored_from":"{}")", uid_of(set_of(below(15)).id));
    add(history_, run,
        fmt::format(R"({},{},"digest":"{}"{})", end, who, digest_of(version),
                    end.find("accepted") == std::string::npos ? to + live : ""));
  }

  void add_verdicts(const std::string& run, int version) {
    static const std::vector<std::string> kSaid = {R"("good":true)", R"("good":true,"commit":"abc")",
                                                   R"("good":false)"};
    static const std::vector<std::string> kMarks = {R"("good":true,"by_human":true)", R"("good":false,"by_human":true)",
                                                    R"("withdrawn":true,"by_human":true)"};
    const auto& said = below(12) == 0 ? kMarks : kSaid;
    const std::string service = below(6) == 0 ? R"("service":"api",)" : "";
    add(verdicts_, run,
        fmt::format(R"({}"digest":"{}",{})", service, digest_of(version), said[static_cast<size_t>(below(3))]));
  }

  void add(std::string& text, const std::string& run, const std::string& members) {
    text += cut_line(++sequence_, run, members);
  }

  std::mt19937 random_;
  std::string history_;
  std::string verdicts_;
  int sequence_ = 0;
  int version_ = 0;
};

std::string run_of(const HistoryLine* line) { return line == nullptr ? "none" : line->run; }

// Everything that a verb decides by the records.
std::vector<std::string> decisions(const StoreScene& scene) {
  scene.store.forget_records();
  const Catalog catalog = read_catalog(scene.store);
  const std::vector<HistoryLine> history = labelled_history(scene.store, catalog);
  const Verdicts verdicts = Verdicts::load(scene.store);
  const LiveVersion live = live_version(history, catalog).value_or(LiveVersion{});
  std::vector<std::string> told = {
      fmt::format("live {} {} {} {}", live.digest, live.since, run_of(live.put_live), run_of(live.deployed)),
      "before " + run_of(put_live_before(history, catalog, live.digest)), "last change " + run_of(last_change(history)),
      "failure " + run_of(last_failure(history))};
  for (int owner = 0; owner < 5; ++owner) {
    const auto begun = unfinished_begin(history, "o" + std::to_string(owner));
    told.push_back("begun " + (begun ? begun->run : ""));
  }
  for (const CatalogEntry& entry : catalog.entries) {
    const std::string& digest = entry.manifest.digest;
    const VerdictLine* deciding = verdicts.deciding(digest);
    told.push_back(fmt::format("{} by {}, {} by {}, commit {}", digest, run_of(deploy_of(history, digest)),
                               name_of(verdicts.of(digest)), deciding == nullptr ? "" : deciding->run,
                               verdicts.commit_of(digest)));
  }
  const KnownGood good = known_good(catalog, verdicts);
  for (const std::string& digest : good.stored) told.push_back("good " + digest);
  told.push_back("lost " + good.lost);
  for (const std::string& digest : verdicts.good_digests()) {
    if (verdicts.commit_of(digest).empty()) continue;
    told.push_back("revision of " + digest);
    break;
  }
  told.push_back(fmt::format("next {}", next_sequence(scene.store)));
  return told;
}

void store_ten(const StoreScene& scene) {
  for (int version = 0; version < 10; ++version) {
    scene.publish(set_of(version), "v" + std::to_string(version));
  }
}

// The verdicts on what was judged of late, whether it is stored or not.
std::vector<std::string> late_verdicts(const StoreScene& scene, const std::vector<std::string>& digests) {
  scene.store.forget_records();
  const Verdicts verdicts = Verdicts::load(scene.store);
  std::vector<std::string> told;
  for (const std::string& digest : digests) {
    const VerdictLine* deciding = verdicts.deciding(digest);
    told.push_back(
        fmt::format("{} {} by {}", digest, name_of(verdicts.of(digest)), deciding == nullptr ? "" : deciding->run));
  }
  return told;
}

// Of the newest lines, whatever they say.
std::vector<std::string> late_digests(const StoreScene& scene) {
  const Verdicts verdicts = Verdicts::load(scene.store);
  std::vector<std::string> digests;
  for (size_t i = verdicts.lines().size() - kBoundedPast; i < verdicts.lines().size(); ++i) {
    const VerdictLine& line = verdicts.lines()[i];
    if (line.service.empty()) digests.push_back(line.digest);
  }
  return digests;
}

void write_verdicts(const StoreScene& scene, const std::vector<std::string>& lines) {
  std::string text;
  int sequence = 0;
  for (const std::string& members : lines) {
    ++sequence;
    text += cut_line(sequence, uid_of("run " + std::to_string(sequence)), members);
  }
  scene.temp.write(kCutVerdicts, text);
  scene.store.forget_records();
}

std::string said_of(int version, const std::string& said) {
  return fmt::format(R"("digest":"{}",{})", digest_of(version), said);
}

}  // namespace

TEST_CASE("Cutting: every decision is as before, also when what was cut comes back", "[store][cutting]") {
  const unsigned seed = GENERATE(range(1U, 26U));
  const StoreScene scene;
  store_ten(scene);
  ManyRuns(seed).write(scene, 1'500);
  const std::string history = scene.temp.read(kCutHistory);
  const std::string verdicts = scene.temp.read(kCutVerdicts);
  const std::vector<std::string> before = decisions(scene);
  const std::vector<std::string> late = late_digests(scene);
  const std::vector<std::string> judged = late_verdicts(scene, late);
  cut_records(scene.store);
  CHECK(lines_of(scene.temp.read(kCutHistory)) < lines_of(history) / 2);
  CHECK(lines_of(scene.temp.read(kCutVerdicts)) < lines_of(verdicts) * 3 / 4);
  CHECK(decisions(scene) == before);
  CHECK(late_verdicts(scene, late) == judged);
  scene.store.forget_records();
  scene.temp.write(kCutHistory, merge_records(scene.temp.read(kCutHistory), history).text);
  scene.temp.write(kCutVerdicts, merge_records(scene.temp.read(kCutVerdicts), verdicts).text);
  CHECK(decisions(scene) == before);
  CHECK(late_verdicts(scene, late) == judged);
}

TEST_CASE("Cutting: a hundred failures are remembered beside any number of passes, and marks too", "[store][cutting]") {
  const StoreScene scene;
  std::vector<std::string> lines = {said_of(0, R"("good":false)")};
  lines.push_back(said_of(1, R"("good":false,"by_human":true)"));
  for (int i = 2; i < 101; ++i) lines.push_back(said_of(i, R"("good":false)"));
  for (int i = 0; i < 900; ++i) lines.push_back(said_of(1'000 + i, R"("good":true)"));
  write_verdicts(scene, lines);
  SECTION("the hundredth is still there") {
    cut_records(scene.store);
    const Verdicts verdicts = Verdicts::load(scene.store);
    CHECK(verdicts.of(digest_of(0)) == Verdict::kBad);
    CHECK(verdicts.of(digest_of(1)) == Verdict::kBad);
    CHECK(verdicts.of(digest_of(1'000)) == Verdict::kUntested);
    CHECK(verdicts.of(digest_of(1'899)) == Verdict::kGood);
  }
  SECTION("one more, and the oldest is past; what a person said is not") {
    lines.push_back(said_of(101, R"("good":false)"));
    write_verdicts(scene, lines);
    cut_records(scene.store);
    const Verdicts verdicts = Verdicts::load(scene.store);
    CHECK(verdicts.of(digest_of(0)) == Verdict::kUntested);
    CHECK(verdicts.of(digest_of(1)) == Verdict::kBad);
    CHECK(verdicts.of(digest_of(2)) == Verdict::kBad);
  }
}

TEST_CASE("Cutting: what is remembered of a version is remembered whole", "[store][cutting]") {
  const StoreScene scene;
  std::vector<std::string> lines = {said_of(0, R"("good":true)")};
  for (int i = 0; i < 500; ++i) lines.push_back(said_of(1'000 + i, R"("good":true)"));
  lines.push_back(said_of(0, R"("good":false)"));
  write_verdicts(scene, lines);
  cut_records(scene.store);
  // A pass outranks a failure, however old it is.
  CHECK(Verdicts::load(scene.store).of(digest_of(0)) == Verdict::kGood);
}

TEST_CASE("Cutting: one version that passes every day takes two lines", "[store][cutting]") {
  const StoreScene scene;
  write_verdicts(scene, std::vector<std::string>(1'000, said_of(0, R"("good":true)")));
  cut_records(scene.store);
  const Verdicts verdicts = Verdicts::load(scene.store);
  REQUIRE(verdicts.lines().size() == 2);
  CHECK(verdicts.deciding(digest_of(0))->run == uid_of("run 1"));
  CHECK(verdicts.lines().back().run == uid_of("run 1000"));
}

TEST_CASE("Cutting: what cannot be read stays, and so does what a newer version wrote", "[store][cutting]") {
  const StoreScene scene;
  write_verdicts(scene, std::vector<std::string>(1'000, said_of(0, R"("good":true)")));
  scene.temp.write(kCutVerdicts, "{\"format\":2}\nbroken\n\n" + scene.temp.read(kCutVerdicts) + R"({"format":1,"torn)");
  cut_records(scene.store);
  const std::string left = scene.temp.read(kCutVerdicts);
  CHECK(left.starts_with("{\"format\":2}\nbroken\n\n{"));
  CHECK(left.ends_with("}\n{\"format\":1,\"torn"));
  CHECK(lines_of(left) == 5);
}

TEST_CASE("Cutting: what is not twice as long as needed is left alone", "[store][cutting]") {
  const StoreScene scene;
  const size_t lines = GENERATE(1U, 200U, 201U);
  write_verdicts(scene, std::vector<std::string>(lines, said_of(0, R"("good":true)")));
  const uint64_t inode = scene.store.control().status("verdicts.jsonl")->inode;
  cut_records(scene.store);
  const bool same = scene.store.control().status("verdicts.jsonl")->inode == inode;
  CHECK(same == (lines <= 200));
  CHECK_FALSE(scene.store.control().status("history.jsonl"));
}
