// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <algorithm>

#include "base/text.h"
#include "captured_stdout.h"
#include "config/settings.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

constexpr size_t kScreenLines = 24;
constexpr size_t kScreenColumns = 80;

void check_width(const std::string& text) {
  for (const std::string& line : split(text, '\n')) {
    CAPTURE(line);
    CHECK(line.size() <= kScreenColumns);
  }
}

}  // namespace

TEST_CASE("Help: a word that is no verb is refused", "[cli][help]") {
  const auto ask = [] { run_command_line({"backstep", {"help", "deploy-everything"}}, Environment(), "/"); };
  CHECK_THAT(refusal(ask), Contains("there is no verb 'deploy-everything'"));
}

TEST_CASE("Help: each verb fits on one screen", "[cli][help]") {
  for (const Verb& verb : verbs()) {
    CAPTURE(verb.name);
    CHECK(split(trimmed(help_text(verb)), '\n').size() <= kScreenLines);
    check_width(help_text(verb));
  }
  check_width(overview_text());
}

TEST_CASE("Help: each verb shows its usage, its flags and an example that calls it", "[cli][help]") {
  for (const Verb& verb : verbs()) {
    CAPTURE(verb.name);
    const std::string text = help_text(verb);
    const std::string call = "backstep " + std::string(verb.name);
    CHECK_THAT(text, Contains("usage: " + call) && Contains("\nexample:\n  backstep "));
    CHECK(verb.example.find(call) != std::string_view::npos);
    for (const VerbOption& option : verb.options) {
      CHECK_THAT(text, Contains("  --" + std::string(option.name)) && Contains(std::string(option.help)));
    }
  }
}

TEST_CASE("Help: every setting of the table is explained, and named where it is a flag", "[cli][help]") {
  const std::string explained = captured_stdout([] {
    run_command_line({"backstep", {"help", "settings"}}, Environment(), "/");
  });
  for (const Setting& setting : settings()) {
    CAPTURE(setting.name);
    CHECK_THAT(explained, Contains("  " + flag_name(setting) + " ") && Contains(std::string(setting.help)));
  }
  for (const Verb& verb : verbs()) {
    const bool named = help_text(verb).find("backstep help settings") != std::string::npos;
    CHECK(named == verb.takes_settings);
  }
}

TEST_CASE("Help: the overview names every verb with what it does", "[cli][help]") {
  const std::string overview = captured_stdout([] { run_command_line({"backstep", {}}, Environment(), "/"); });
  for (const Verb& verb : verbs()) {
    CHECK_THAT(overview, Contains("  " + std::string(verb.name)) && Contains(std::string(verb.summary)));
  }
}

TEST_CASE("Help: a verb's --help is its help", "[cli][help]") {
  const std::string shown = captured_stdout([] {
    CHECK(run_command_line({"backstep", {"run", "--help"}}, Environment(), "/") == 0);
  });
  CHECK(shown == help_text(*find_verb("run")));
  CHECK(shown == captured_stdout([] { run_command_line({"backstep", {"help", "run"}}, Environment(), "/"); }));
}
