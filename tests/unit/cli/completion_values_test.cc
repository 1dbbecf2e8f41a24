// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/completion_values.h"

#include <algorithm>

#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;
using Kind = Completable::Kind;

namespace {

CompletedFlag named(const std::vector<CompletedFlag>& flags, const std::string& flag) {
  const auto found = std::find_if(flags.begin(), flags.end(),
                                  [&](const CompletedFlag& each) { return each.flag == flag; });
  REQUIRE(found != flags.end());
  return *found;
}

std::vector<Kind> kinds_of(const char* verb) {
  std::vector<Kind> kinds;
  for (const Completable& word : completed_words(*find_verb(verb))) kinds.push_back(word.kind);
  return kinds;
}

}  // namespace

TEST_CASE("CompletionValues: a value that may be anything is not completed",
          "[cli][completion_values]") {
  CHECK(named(completed_settings(), "--keep-last").value.kind == Kind::kNothing);
  CHECK(named(completed_flags(*find_verb("backup")), "--tag").value.kind == Kind::kNothing);
  CHECK(kinds_of("probe") == std::vector{Kind::kNothing});
  CHECK(kinds_of("run").empty());
}

TEST_CASE("CompletionValues: what may be typed is offered by kind", "[cli][completion_values]") {
  CHECK(named(completed_settings(), "--rollback-target").value.choices ==
        "auto previous last-good");
  CHECK(named(completed_settings(), "--check-baseline").value.choices == "true false");
  CHECK(named(completed_settings(), "--services-dir").value.kind == Kind::kDirectories);
  CHECK(named(completed_settings(), "--config").value.kind == Kind::kFiles);
  CHECK(named(completed_settings(), "--deploy").value.kind == Kind::kFiles);
  CHECK(named(completed_flags(*find_verb("finish")), "--status").value.choices ==
        "success failure cancelled");
  CHECK(named(completed_flags(*find_verb("rollback")), "--to").value.kind == Kind::kSets);
  CHECK_FALSE(named(completed_flags(*find_verb("run")), "--help").takes_value);
}

TEST_CASE("CompletionValues: words are completed by their place", "[cli][completion_values]") {
  CHECK(kinds_of("mark") == std::vector{Kind::kChoices, Kind::kSets});
  CHECK(kinds_of("verify") == std::vector{Kind::kSets});
  CHECK(kinds_of("export") == std::vector{Kind::kFiles});
  CHECK(kinds_of("install") == std::vector{Kind::kDirectories});
  CHECK(kinds_of("help") == std::vector{Kind::kVerbs});
}

TEST_CASE("CompletionValues: each choice of a setting is one that it takes",
          "[cli][completion_values]") {
  for (const Setting& setting : settings()) {
    if (setting.choices.empty()) continue;
    CAPTURE(setting.name);
    const std::string choices = std::string(setting.choices) + " ";
    for (size_t start = 0; start < choices.size();) {
      const size_t end = choices.find(' ', start);
      const std::string choice = choices.substr(start, end - start);
      Config config;
      setting.assign(config, {.text = choice, .list = {}, .is_list = false});
      CHECK(setting.show(config) == choice);
      start = end + 1;
    }
  }
}

TEST_CASE("CompletionValues: each script holds every verb, flag and setting",
          "[cli][completion_values]") {
  for (const std::string& script : {bash_completion(), zsh_completion(), fish_completion()}) {
    for (const Verb& verb : verbs()) {
      CAPTURE(verb.name);
      CHECK_THAT(script, Contains(std::string(verb.name)));
      for (const VerbOption& option : verb.options) {
        CHECK_THAT(script, Contains(std::string(option.name)));
      }
    }
    for (const Setting& setting : settings()) {
      CHECK_THAT(script, Contains(flag_name(setting).substr(2)));
    }
  }
}
