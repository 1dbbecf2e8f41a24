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
std::string printed(Event event, LogDialect&& dialect = LogDialect()) {
  const TempDir temp;
  const UniqueFd file(open((temp / "out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  Output output(file.get());
  Console console(output, dialect);
  event(console);
  return temp.read("out");
}

}  // namespace

TEST_CASE("Console: names cannot forge a line or move the cursor", "[report][console]") {
  const std::string evil = "a\n::error::x\x1b[2J";
  const std::string escaped = "a\\x0a::error::x\\x1b[2J";
  CHECK(printed([&](Console& console) { console.generated(evil); }) ==
        "✅ Generated " + escaped + "\n");
  CHECK(printed([&](Console& console) {
          console.put_back({{evil, false}, {evil, true}}, "ID");
        }) == "✅ Restored " + escaped + " from ID\n" + "✅ Removed " + escaped +
                  ": it did not exist before\n");
  CHECK(printed([&](Console& console) {
          console.step_began(Step::kDeploy, {evil, {}});
        }).find('\x1b') == std::string::npos);
}

TEST_CASE("Console: a step that failed says how, one that worked says nothing",
          "[report][console]") {
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
  CHECK(told({2, false, true, "exited with 7", Duration(400)}) ==
        "  attempt 2: exited with 7 after 0.4 s\n");
  CHECK(told({3, true, false, "exited with 0", Duration(12'000)}) ==
        "  attempt 3: passed after 12 s\n");
  CHECK(
      told({4, true, false, "x", Duration(400), Duration(5000), "http://a/ answered 200 OK"}) ==
      "  attempt 4: passed after 0.4 s, and must keep passing for 5s: http://a/ answered 200 OK\n");
}

TEST_CASE("Console: the original's sentences stay", "[report][console]") {
  const auto created = [](size_t files, size_t linked) {
    return printed([&](Console& console) {
      console.backup_created({"backups/2024-03-10_14-23-00/", files, linked});
    });
  };
  const std::string line = "✅ Backup created: backups/2024-03-10_14-23-00/\n";
  CHECK(created(3, 0) == line);
  CHECK(created(3, 2) == line + "   (3 files, 2 unchanged and shared with an earlier backup)\n");
  CHECK(created(0, 0) == line + "   (empty: there is nothing to track yet)\n");
  CHECK(printed([](Console& console) { console.generated("entrypoint.sh for action_service"); }) ==
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

TEST_CASE("Console: what lint found is a table, and nothing is said of nothing",
          "[report][console]") {
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
  const auto told = [&] {
    return printed([&](Console& console) { console.checks_ended(results); });
  };
  CHECK(told() ==
        "❌ health check of b failed: exited with 7 (2 failures in a row, 2 attempts) (0.0 s)\n");
  results.services = {service_health("a", true), service_health("b", true)};
  CHECK(told() == "✅ health check passed: 2 services passed (0.0 s)\n");
  results.stopped = true;
  CHECK(told().empty());
}

TEST_CASE("Console: the end of a check alone is said where its block is folded away",
          "[report][console]") {
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
