// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include <algorithm>

#include "base/text.h"
#include "report_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

std::unique_ptr<Platform> github(bool allow_commands = false) {
  static const Environment nothing;
  return github_platform(nothing, allow_commands);
}

std::string annotations(const Outcome& outcome, const RunRecord& record) {
  return github()->annotations(outcome, record);
}

}  // namespace

TEST_CASE("Github: a failed run is one error with what is live and what to type", "[report][github]") {
  CHECK(annotations(rolled_back(), {}) ==
        "::error title=backstep::health check exited with 1 (1 attempt)%0A"
        "live now: the old version, healthy again%0A"
        "next:%0Asee what failed:%0Abackstep show failed/2024-03-10_14-23-07\n");
}

TEST_CASE("Github: of several steps each has a number", "[report][github]") {
  Outcome outcome = rolled_back();
  outcome.advise("ask somebody");
  CHECK_THAT(annotations(outcome, {}),
             Contains("%0Anext:%0A1. see what failed:%0A   backstep show failed/") && Contains("%0A2. ask somebody\n"));
}

TEST_CASE("Github: a warning that was shown at once is not shown again, and counts", "[report][github]") {
  const auto platform = github();
  CHECK(platform->at_once("no way back") == "::warning title=backstep::no way back\n");
  RunRecord record;
  record.warnings.assign(10, "w");
  record.warnings.emplace_back("no way back");
  const std::string rest = platform->annotations({}, record);
  CHECK_THAT(rest, !Contains("no way back") && Contains("::and 2 more warnings: see the log"));
  CHECK(split(trimmed(rest), '\n').size() == 9);
}

TEST_CASE("Github: ten warnings are shown, of eleven the last counts two", "[report][github]") {
  const auto lines = [](size_t count) {
    RunRecord record;
    record.warnings.assign(count, "w");
    return split(trimmed(annotations({}, record)), '\n');
  };
  CHECK(lines(10).size() == 10);
  CHECK(lines(10).back() == "::warning title=backstep::w");
  CHECK(lines(11).size() == 10);
  CHECK(lines(11).back() == "::warning title=backstep::and 2 more warnings: see the log");
}

TEST_CASE("Github: a long one is cut between characters", "[report][github]") {
  RunRecord record;
  record.warnings = {"x" + std::string()};
  for (int i = 0; i < 3'000; ++i) record.warnings[0] += "é";
  const std::string line = annotations({}, record);
  CHECK(is_utf8(line));
  CHECK(line.size() < 4'096);
  CHECK_THAT(line, Contains(" …"));
}

TEST_CASE("Github: a good run without warnings has none", "[report][github]") { CHECK(annotations({}, {}).empty()); }

TEST_CASE("Github: what lint found stands at its file and line", "[report][github]") {
  Outcome outcome;
  outcome.lint = linted();
  CHECK(annotations(outcome, {}) ==
        "::warning file=services/a/entrypoint.sh,title=backstep lint%3A not-executable::mode 0644\n"
        "::error file=services/a/entrypoint.sh,line=3,title=backstep lint%3A syntax::"
        "sh: \"fi\" unexpected\n");
  outcome = rolled_back();
  outcome.lint = linted();
  const std::string lines = annotations(outcome, {});
  CHECK(lines.find("::error title=backstep::") < lines.find("::error file="));
}

TEST_CASE("Github: neither message nor property can end early", "[report][github]") {
  Outcome outcome;
  outcome.lint.findings = {{"a:b,c%", 1, LintRule::kSyntax, "1\n::warning::2\r%0A"}};
  CHECK(annotations(outcome, {}) ==
        "::error file=a%3Ab%2Cc%25,line=1,title=backstep lint%3A syntax::"
        "1%0A::warning::2%0D%250A\n");
}

TEST_CASE("Github: ten errors are shown, the run's own among them", "[report][github]") {
  Outcome outcome = rolled_back();
  outcome.lint.findings.assign(12, {"a", 1, LintRule::kBom, "x"});
  const auto lines = split(trimmed(annotations(outcome, {})), '\n');
  CHECK(lines.size() == 10);
  CHECK(lines.back() == "::error title=backstep::and 4 more errors: see the log");
}

TEST_CASE("Github: a block is closed by a token that is new each time", "[report][github]") {
  const auto dialect = github();
  const auto open = split(dialect->open_block("deploy: x"), '\n');
  REQUIRE(open.size() == 3);
  CHECK(open[0] == "::group::▶ deploy: x");
  CHECK(open[1].starts_with("::stop-commands::"));
  const std::string token = open[1].substr(17);
  CHECK(token.size() == 20);
  CHECK(dialect->close_block() == "::" + token + "::\n::endgroup::\n");
  CHECK(dialect->open_block("deploy: x").find(token) == std::string::npos);
}

TEST_CASE("Github: commands that are allowed stand bare", "[report][github]") {
  const auto dialect = github(true);
  CHECK(dialect->open_block("deploy: x") == "::group::▶ deploy: x\n");
  CHECK(dialect->live_prefix().empty());
  CHECK(dialect->close_block() == "::endgroup::\n");
}

TEST_CASE("Github: our own lines hold no command of either form", "[report][github]") {
  const auto dialect = github();
  CHECK(dialect->harmless("a\n  ::error::x\nb ##[group]c ##[x]\n") == "a\n  \\::error::x\nb ## [group]c ## [x]\n");
  // What .NET trims, and where it splits.
  CHECK(dialect->harmless("\xC2\xA0\xE3\x80\x80::a::\r::b::\n│ ::c::\n::") ==
        "\xC2\xA0\xE3\x80\x80\\::a::\r\\::b::\n│ ::c::\n\\::");
  CHECK(dialect->harmless("plain :: text") == "plain :: text");
  CHECK(dialect->harmless_json("{\"a\": \"##[error]\"}") == "{\"a\": \"##\\u005berror]\"}");
}
