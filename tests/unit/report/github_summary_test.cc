// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include "report_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::EndsWith;
using backstep::test::matchers::StartsWith;

namespace {

constexpr size_t kPlenty = 100'000;

}  // namespace

TEST_CASE("GithubSummary: a long one is cut at a line and says so", "[report][summary]") {
  const std::string whole = github_summary(rolled_back(), rolled_back_record(), kPlenty);
  for (size_t limit = 250; limit < whole.size(); ++limit) {
    const std::string cut = github_summary(rolled_back(), rolled_back_record(), limit);
    REQUIRE(cut.size() <= limit);
    REQUIRE_THAT(cut, StartsWith("### ❌ Failed and rolled back to 2024") &&
                          EndsWith("\n\n(cut here: GitHub takes no longer summary)\n"));
    const std::string kept = cut.substr(0, cut.find("\n\n(cut here"));
    REQUIRE(whole.substr(0, kept.size() + 1) == kept + "\n");
  }
  CHECK(github_summary(rolled_back(), rolled_back_record(), whole.size()) == whole);
  CHECK(github_summary(rolled_back(), rolled_back_record(), 20).empty());
}

TEST_CASE("GithubSummary: a warning of lint is one of its warnings", "[report][summary]") {
  Outcome outcome;
  outcome.lint = linted();
  const std::string text = github_summary(outcome, {}, kPlenty);
  CHECK_THAT(text, Contains("- ⚠️ services/a/entrypoint.sh: not"));
  CHECK(text.find("syntax") == std::string::npos);  // an error is the tail of what failed
}

TEST_CASE("GithubSummary: of many services it lists two hundred and counts the rest", "[report][summary]") {
  Outcome outcome = rolled_back();
  outcome.changed.assign(1'000, "service");
  const std::string text = github_summary(outcome, rolled_back_record(), kPlenty);
  CHECK_THAT(text, Contains("| … and 800 more | |"));
  CHECK_THAT(text, Contains("<details><summary>what changed</summary>"));
}

TEST_CASE("GithubSummary: a step that never told how it ended is shown so", "[report][summary]") {
  RunRecord record = rolled_back_record();
  record.steps[1].ended = false;
  record.steps[1].succeeded = false;
  CHECK_THAT(github_summary(rolled_back(), record, kPlenty), Contains("| deploy |  | ❌ did not end |"));
}

TEST_CASE("GithubSummary: what commands printed is shown, not obeyed", "[report][summary]") {
  CHECK_THAT(github_summary(rolled_back(), rolled_back_record(), kPlenty), Contains("<pre>no &#60;answer&#62;</pre>"));
}

TEST_CASE("GithubSummary: what to do about it is said", "[report][summary]") {
  Outcome outcome = rolled_back();
  CHECK_THAT(github_summary(outcome, {}, kPlenty),
             Contains("**Next:**\n\nsee what failed:\n\n<pre>backstep show failed/"));
  outcome.advise("ask somebody");
  CHECK_THAT(github_summary(outcome, {}, kPlenty),
             Contains("\n1. see what failed:\n\n   <pre>backstep show failed/") && Contains("\n2. ask somebody\n"));
}

TEST_CASE("GithubSummary: a good run says that the new version is live", "[report][summary]") {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kAccepted, ExitCode::kOk);
  outcome.set_live(Live::kNew, ", healthy");
  outcome.changed = {"a"};
  CHECK_THAT(github_summary(outcome, {}, kPlenty),
             StartsWith("### ✔ Deployed · 1 change\n\n") &&
                 Contains("<details><summary>Live now: the new version, healthy</summary>\n") &&
                 Contains("| a | the new version |"));
}

TEST_CASE("GithubSummary: unhealthy services are named with their reason", "[report][summary]") {
  RunRecord record = rolled_back_record();
  record.steps[2].services = three_services();
  const std::string text = github_summary(rolled_back(), record, kPlenty);
  CHECK_THAT(text, Contains("| service | its health check |\n| --- | --- |\n| a | ⚠️ exited with 7") &&
                       Contains("| b | ❌ exited with 7") && !Contains("| c |"));
}

TEST_CASE("GithubSummary: what stays of a mixture is not said to be back", "[report][summary]") {
  Outcome outcome = rolled_back();
  outcome.changed = {"a", "b"};
  outcome.rolled_back_only = {"a"};
  CHECK_THAT(github_summary(outcome, rolled_back_record(), kPlenty),
             Contains("| a | the old version |\n| b | the new version |\n"));
}

TEST_CASE("GithubSummary: the first line says who, from which commit, and where", "[report][summary]") {
  Outcome outcome = rolled_back();
  outcome.actor = "mona|<b>";
  outcome.commit = "0123456789abcdef0123";
  outcome.url = "https://ci.example/7";
  outcome.when = {.run_began = 90, .deploy_began = 100, .failed = 130, .healthy_again = 141};
  CHECK_THAT(github_summary(outcome, {}, kPlenty),
             Contains("the failed version was live for 41s · 2 changes · by mona&#124;&#60;b&#62; · "
                      "commit 0123456789ab · [run](https://ci.example/7)\n"));
  for (const char* url : {"javascript:alert(1)", "https://ci.example/) [x](y", "https://a b"}) {
    outcome.url = url;
    CHECK_THAT(github_summary(outcome, {}, kPlenty), !Contains("[run]("));
  }
}

TEST_CASE("GithubSummary: why it failed, as diagnose saw it, and what had changed", "[report][summary]") {
  Outcome outcome = rolled_back();
  outcome.diagnosis = Failure{"diagnose", "docker compose logs", "no such <table>\n"};
  outcome.diff = "-echo old\n+echo `new`\n";
  const std::string text = github_summary(outcome, {}, kPlenty);
  CHECK_THAT(text, Contains("Before the rollback diagnose printed:\n\n<pre>no such &#60;table&#62;</pre>\n"));
  CHECK_THAT(text, Contains("<summary>what the new version changed</summary>\n\n"
                            "<pre>-echo old\n+echo &#96;new&#96;\n</pre>"));
}

TEST_CASE("GithubSummary: a run that took seconds has a picture of its phases", "[report][summary]") {
  RunRecord record = rolled_back_record();
  record.steps[1].began = Duration(2'000);
  record.steps[1].elapsed = Duration(9'000);
  CHECK_THAT(github_summary(rolled_back(), record, kPlenty), Contains("```mermaid\ngantt\n") &&
                                                                 Contains("\n  deploy :2, 11\n") &&
                                                                 Contains("\n  health check :crit, 0, 1\n"));
  record.elapsed = Duration(900);
  CHECK_THAT(github_summary(rolled_back(), record, kPlenty), !Contains("mermaid"));
}
