// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include "config/settings.h"
#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;
using backstep::test::matchers::StartsWith;

TEST_CASE("Candidates: a value that may be anything is only said", "[cli][candidates]") {
  CHECK(candidates({"run", "--keep-last", ""}) == ":a whole number\n");
  CHECK(candidates({"backup", "--tag", "x"}) == ":T\n");
  CHECK(candidates({"probe", ""}) == ":URL\n");
  CHECK(candidates({"run", ""}).empty());
}

TEST_CASE("Candidates: the value of a flag is told by its kind", "[cli][candidates]") {
  CHECK(candidates({"run", "--rollback-target", "p"}) == "auto\nprevious\nlast-good\n");
  CHECK(candidates({"run", "--check-baseline", ""}) == "true\nfalse\n");
  CHECK(candidates({"run", "--services-dir", ""}) == ":directories\n");
  CHECK(candidates({"run", "--config", ""}) == ":files\n");
  CHECK(candidates({"run", "--deploy", "./d"}) == ":files\n");
  CHECK(candidates({"finish", "--status", ""}) == "success\nfailure\ncancelled\n");
  CHECK(candidates({"rollback", "--to", ""}) == ":ID\n");
}

TEST_CASE("Candidates: a value may stand in its flag's word", "[cli][candidates]") {
  CHECK(candidates({"finish", "--status="}) == "success\nfailure\ncancelled\n");
  CHECK(candidates({"run", "--deploy=a=b"}) == ":files\n");
  CHECK(candidates({"mark", "--json", "bad", ""}) == ":ID\n");
  CHECK(candidates({"diff", "--stat", "latest", ""}) == ":ID\n");
  CHECK(candidates({"run", "--dry-run="}).empty());
  CHECK(candidates({"run", "--nonsense="}).empty());
}

TEST_CASE("Candidates: words are told by their place", "[cli][candidates]") {
  CHECK(candidates({"mark", ""}) == "good\nbad\nuntested\n");
  CHECK(candidates({"mark", "good", ""}) == ":ID\n");
  CHECK(candidates({"mark", "good", "latest", ""}).empty());
  CHECK(candidates({"verify", "a", "b", "c", ""}) == ":ID\n");
  CHECK(candidates({"export", ""}) == ":files\n");
  CHECK(candidates({"install", ""}) == ":directories\n");
  CHECK_THAT(candidates({"help", ""}), StartsWith("run\t") && Contains("\nsettings\n"));
  CHECK(candidates({"completion", ""}) == "bash\nzsh\nfish\n");
  CHECK(candidates({"completion", "bash", ""}).empty());
}

TEST_CASE("Candidates: a word behind a flag with a value is its value", "[cli][candidates]") {
  CHECK(candidates({"mark", "--json", ""}) == "good\nbad\nuntested\n");
  CHECK(candidates({"rollback", "--service", "--to", ""}).empty());
  CHECK(candidates({"backup", "--message", "--", "-"}) != "");
  CHECK(candidates({"import", "-", ""}).empty());
}

TEST_CASE("Candidates: behind two dashes there are only words", "[cli][candidates]") {
  CHECK(candidates({"show", "--", "-"}) == ":ID\n");
  CHECK_THAT(candidates({"show", "--"}), Contains("--json\t"));
}

TEST_CASE("Candidates: a flag that was given is told again only where it may be repeated", "[cli][candidates]") {
  const std::string lines = candidates({"rollback", "--service=a", "--to", "latest", "-"});
  CHECK_THAT(lines, Contains("--service\t") && !Contains("--to\t"));
  CHECK_THAT(lines, Contains("--help\twhat this verb does\n"));
}

TEST_CASE("Candidates: every verb and each of its flags is told", "[cli][candidates]") {
  for (const Verb& verb : verbs()) {
    CAPTURE(verb.name);
    CHECK_THAT(candidates({}), Contains(std::string(verb.name) + "\t"));
    const std::string flags = candidates({std::string(verb.name), "-"});
    for (const VerbOption& option : verb.options) {
      CHECK_THAT(flags, Contains("--" + std::string(option.name) + "\t"));
    }
    for (const Setting& setting : settings()) {
      CHECK((flags.find(flag_name(setting) + "\t") != std::string::npos) == verb.takes_settings);
    }
  }
}

TEST_CASE("Candidates: words that make no sense have none", "[cli][candidates]") {
  CHECK(candidates({"nonsense", ""}).empty());
  CHECK(candidates({"--help", "-"}).empty());
  CHECK(candidates({"", ""}).empty());
}

TEST_CASE("Candidates: each choice of a setting is one that it takes", "[cli][candidates]") {
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
