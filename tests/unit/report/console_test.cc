// SPDX-License-Identifier: Apache-2.0
#include "report/log/console.h"

#include <fcntl.h>

#include "report_scene.h"
#include "support/catch.h"
#include "support/fake_process_runner.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using namespace backstep;
using namespace backstep::test;

namespace {

struct FoldingDialect : LogDialect {
  bool folds() const override { return true; }
};

// What a console prints of one event.
template <typename Event>
std::string printed(Event event, LogDialect&& dialect = LogDialect(), Telling telling = Telling::kUsual) {
  const TempDir temp;
  const UniqueFd file(open((temp / "out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  Output output(file.get());
  Console console(output, dialect, nullptr, telling);
  event(console);
  return temp.read("out");
}
template <typename Event>
std::string printed(Event event, Telling telling) {
  return printed(event, LogDialect(), telling);
}

HealthAttempt failed_attempt(int number, std::string output) {
  return {number, false, true, "exited with 7", Duration(400), Duration(0), "", std::move(output)};
}

}  // namespace

TEST_CASE("Console: names cannot forge a line or move the cursor", "[report][console]") {
  const std::string evil = "a\n::error::x\x1b[2J";
  const std::string escaped = "a\\x0a::error::x\\x1b[2J";
  CHECK(printed([&](Console& console) { console.generated({evil}); }) == "✅ Generated " + escaped + "\n");
  CHECK(printed([&](Console& console) {
          console.put_back({{evil, false}, {evil, true}}, "ID");
        }) == "✅ Restored " + escaped + " from ID\n" + "✅ Removed " + escaped + ": it did not exist before\n");
  CHECK(printed([&](Console& console) {
          console.step_began(Step::kDeploy, {evil, {}});
        }).find('\x1b') == std::string::npos);
}

TEST_CASE("Console: a step that failed says how, one that worked says nothing", "[report][console]") {
  const auto ended = [](const ProcessResult& result) {
    return printed([&](Console& console) { console.step_ended(Step::kRollback, result); });
  };
  CHECK(ended(exited(7)) == "❌ rollback exited with 7\n");
  CHECK(ended(exited(0)).empty());
  ProcessResult survived = exited(0);
  survived.survivors = {42};
  CHECK(ended(survived).find("process 42 could not be ended") != std::string::npos);
}

TEST_CASE("Console: an attempt says how it ended, and whether it counts", "[report][console]") {
  const auto told = [](const HealthAttempt& attempt) {
    return printed([&](Console& console) { console.check_attempted("", attempt); });
  };
  CHECK(told({1, false, false, "exited with 7", Duration(400)}) ==
        "  attempt 1: exited with 7 (still starting) after 0.4 s\n");
  CHECK(told({2, false, true, "exited with 7", Duration(400)}) == "  attempt 2: exited with 7 after 0.4 s\n");
  CHECK(told({3, true, false, "exited with 0", Duration(12'000)}) == "  attempt 3: passed after 12 s\n");
  CHECK(told({4, true, false, "x", Duration(400), Duration(5000), "http://a/ answered 200 OK"}) ==
        "  attempt 4: passed after 0.4 s, and must keep passing for 5s: http://a/ answered 200 OK\n");
}

TEST_CASE("Console: the original's sentences stay", "[report][console]") {
  const auto created = [](size_t files, size_t linked) {
    return printed([&](Console& console) { console.backup_created({"backups/2024-03-10_14-23-00/", files, linked}); });
  };
  const std::string line = "✅ Backup created: backups/2024-03-10_14-23-00/\n";
  CHECK(created(3, 0) == line);
  CHECK(created(3, 2) == line + "   (3 files, 2 unchanged and shared with an earlier backup)\n");
  CHECK(created(0, 0) == "Backup created, and it is empty: backups/2024-03-10_14-23-00/\n");
  CHECK(printed([](Console& console) { console.generated({"entrypoint.sh for action_service"}); }) ==
        "✅ Generated entrypoint.sh for action_service\n");
  CHECK(printed([](Console& console) {
          console.put_back({{"action_service", false}}, "2024-03-10_14-23-00");
        }) == "✅ Restored action_service from 2024-03-10_14-23-00\n");
  CHECK(printed([](Console& console) { console.warning("Service X does not exist. Skipping."); }) ==
        "⚠️ Warning: Service X does not exist. Skipping.\n");
}

TEST_CASE("Console: a step names itself and its command in one line", "[report][console]") {
  CHECK(printed([](Console& console) {
          console.step_began(Step::kGenerate, {"python x.py\nmore", {}});
        }) == "▶ generate: python x.py …\n");
  CHECK(printed([](Console& console) {
          console.step_began(Step::kDeploy, {"", {"docker", "compose up"}});
        }) == "▶ deploy: docker 'compose up'\n");
}

TEST_CASE("Console: what lint found is a table, and nothing is said of nothing", "[report][console]") {
  const auto told = [](const LintReport& report) {
    return printed([&](Console& console) { console.linted(report, Duration(5)); });
  };
  LintReport report;
  report.scripts = 1;
  CHECK(told(report).empty());
  report.findings = {{"s", 1, LintRule::kBom, "x"}};
  report.skipped = {{"t", 0, LintRule::kSyntax, "why"}};
  CHECK(told(report) ==
        "❌ lint: 1 error in 1 script\n"
        "FILE  LINE  SEVERITY  RULE  WHAT\n"
        "s     1     error     bom   x\n"
        "   lint: the syntax of 1 script was not checked, why: t\n");
  report.stopped = 15;
  CHECK(told(report).empty());
}

TEST_CASE("Console: each service has one line when it is decided", "[report][console]") {
  std::string text;
  for (const ServiceHealth& health : three_services()) {
    text += printed([&](Console& console) { console.check_ended(health); });
  }
  CHECK(text ==
        "  ⚠️ a: exited with 7 (2 failures in a row, 2 attempts) after 1.5 s\n"
        "     │ no <answer>\n"
        "  ❌ b: exited with 7 (2 failures in a row, 2 attempts) after 1.5 s\n"
        "     │ no <answer>\n"
        "  ✅ c: passed after 1.5 s (2 attempts)\n");
  CHECK(printed([](Console& console) {
          console.check_attempted("b", {1, false, false, "exited with 7", Duration(0)});
          console.check_attempted("c", {1, true, true, "exited with 0", Duration(0)});
        }) == "  b: attempt 1: exited with 7 (still starting) after 0.0 s\n");
}

TEST_CASE("Console: the end of all checks is said, unless they were stopped", "[report][console]") {
  CheckResults results{.whole = {}, .services = {service_health("b", false)}};
  const auto told = [&] { return printed([&](Console& console) { console.checks_ended(results); }); };
  CHECK(told() == "❌ health check of b failed: exited with 7 (2 failures in a row, 2 attempts) (0.0 s)\n");
  results.services = {service_health("a", true), service_health("b", true)};
  CHECK(told() == "✅ health check passed: 2 services passed (0.0 s)\n");
  results.stopped = true;
  CHECK(told().empty());
}

TEST_CASE("Console: the end of a check alone is said where its block is folded away", "[report][console]") {
  const auto printed_at_end = [](const CheckResults& results, LogDialect&& dialect) {
    return printed([&](Console& console) { console.checks_ended(results); }, std::move(dialect));
  };
  CheckResults results{.whole = service_health("", false), .services = {}, .alone = true};
  CHECK(printed_at_end(results, FoldingDialect()) == "❌ health check failed (2 attempts, 0.0 s)\n");
  CHECK(printed_at_end(results, LogDialect()).empty());
  results.whole->healthy = true;
  CHECK(printed_at_end(results, FoldingDialect()) == "✅ health check passed (2 attempts, 0.0 s)\n");
  results.stopped = true;
  CHECK(printed_at_end(results, FoldingDialect()).empty());
}

TEST_CASE("Console: attempts that are equal are counted, and told when something else comes", "[report][console]") {
  const auto attempts = [](Console& console) {
    for (int number = 1; number <= 33; ++number) {
      console.check_attempted("", failed_attempt(number, "refused after " + std::to_string(number) + " ms\n"));
    }
    console.check_attempted("", failed_attempt(34, "no table\n"));
    console.check_attempted("", failed_attempt(35, "no table\n"));
    console.checks_ended({.whole = {}, .services = {}, .alone = true});
  };
  CHECK(printed(attempts) ==
        "  attempt 1: exited with 7 after 0.4 s\n"
        "  … 32 more like it …\n"
        "  │ no table\n"
        "  attempt 34: exited with 7 after 0.4 s\n"
        "  … 1 more like it …\n");
  const std::string all = printed(attempts, Telling::kAll);
  CHECK(std::count(all.begin(), all.end(), '\n') == 35 + 34);
}

TEST_CASE("Console: an attempt that differs in more than numbers is another one", "[report][console]") {
  const auto folds = [](const std::string& first, const std::string& second) {
    return printed([&](Console& console) {
             console.check_attempted("", failed_attempt(1, first));
             console.check_attempted("", failed_attempt(2, second));
           }).find("attempt 2") == std::string::npos;
  };
  CHECK(folds("at 12:00:01 refused", "at 12:00:06 refused"));
  CHECK(folds("after 0 ms: refused", "after 12 ms: refused"));
  CHECK_FALSE(folds("refused", "reset"));
  CHECK_FALSE(printed([](Console& console) {
                console.check_attempted("", {1, false, true, "exited with 7", Duration(0)});
                console.check_attempted("", {2, false, true, "exited with 22", Duration(0)});
              }).find("attempt 2") == std::string::npos);
}

TEST_CASE("Console: attempts of several checks are folded each by themselves", "[report][console]") {
  CHECK(printed([](Console& console) {
          for (int number = 1; number <= 3; ++number) {
            console.check_attempted("a", failed_attempt(number, ""));
            console.check_attempted("b", failed_attempt(number, ""));
          }
          console.check_ended(service_health("a", true));
          console.checks_ended({.whole = {}, .services = {service_health("a", true)}});
        }) ==
        "  a: attempt 1: exited with 7 after 0.4 s\n"
        "  b: attempt 1: exited with 7 after 0.4 s\n"
        "  a: … 2 more like it …\n"
        "  ✅ a: passed after 1.5 s (2 attempts)\n"
        "  b: … 2 more like it …\n"
        "✅ health check passed: 1 service passed (0.0 s)\n");
}

TEST_CASE("Console: a list is told to its tenth line, unless all of it is wanted", "[report][console]") {
  const std::vector<PutBack> files(250, {"a", false});
  const auto put_back = [&](Console& console) { console.put_back(files, "ID"); };
  const std::string folded = printed(put_back);
  CHECK(std::count(folded.begin(), folded.end(), '\n') == 11);
  CHECK(folded.ends_with("\n… and 240 more (-v shows all)\n"));
  const std::string all = printed(put_back, Telling::kAll);
  CHECK(std::count(all.begin(), all.end(), '\n') == 250);
}

TEST_CASE("Console: of a quiet run only warnings and failures are told", "[report][console]") {
  CheckResults healthy{.whole = service_health("", true), .services = {}, .alone = true};
  CHECK(printed(
            [&](Console& console) {
              console.note("x");
              console.backup_created({"backups/ID/", 3, 0});
              console.generated({"x"});
              console.step_began(Step::kDeploy, {"true", {}});
              console.step_ended(Step::kDeploy, exited(0));
              console.check_attempted("", failed_attempt(1, "x"));
              console.check_ended(service_health("c", true));
              console.checks_ended(healthy);
              console.put_back({{"a", false}}, "ID");
              CHECK(console.live_output() == nullptr);
              CHECK(console.progress() == nullptr);
            },
            FoldingDialect(), Telling::kLittle)
            .empty());
  CheckResults failed{.whole = service_health("", false), .services = {}, .alone = true};
  CHECK(printed(
            [&](Console& console) {
              console.warning("x");
              console.step_ended(Step::kDeploy, exited(7));
              console.checks_ended(failed);
            },
            Telling::kLittle) ==
        "⚠️ Warning: x\n"
        "❌ deploy exited with 7\n"
        "❌ health check failed (2 attempts, 0.0 s)\n");
}
