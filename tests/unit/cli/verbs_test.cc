// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <set>

#include "base/error.h"
#include "captured_stdout.h"
#include "config/settings.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

// The contract's verbs, and what every command line has.
const std::set<std::string_view> kNames = {
    "run",    "begin",   "finish",  "backup", "rollback", "check",   "lint",       "list",    "show",   "diff",
    "verify", "status",  "history", "prune",  "mark",     "recover", "config",     "install", "export", "import",
    "help",   "version", "guard",   "post",   "probe",    "init",    "completion", "pull",    "push"};

std::string refused_verb(const std::vector<std::string>& arguments) {
  return refusal([&] { run_command_line({"backstep", arguments}, Environment(), "/"); });
}

}  // namespace

TEST_CASE("Verbs: an unknown verb is refused with the nearest", "[cli][verbs]") {
  CHECK_THAT(refused_verb({"rolback"}), Contains("unknown verb 'rolback' (did you mean 'rollback'?)"));
  CHECK_THAT(refused_verb({"statsu"}), Contains("(did you mean 'status'?)"));
  CHECK_THAT(refused_verb({"frobnicate"}), Contains("'backstep help' lists them") && !Contains("did you mean"));
  CHECK_THAT(refused_verb({""}), Contains("unknown verb ''"));
}

TEST_CASE("Verbs: a flag of another verb is refused before anything happens", "[cli][verbs]") {
  CHECK_THAT(refused_verb({"list", "--dry-run"}), Contains("unknown flag '--dry-run' for 'list'"));
  CHECK_THAT(refused_verb({"run", "production"}), Contains("unexpected word 'production'"));
  CHECK_THAT(refused_verb({"version", "--deploy", "x"}), Contains("unknown flag '--deploy'"));
}

TEST_CASE("Verbs: the table holds the contract's names, each once and with a function", "[cli][verbs]") {
  std::set<std::string_view> seen;
  for (const Verb& verb : verbs()) {
    CAPTURE(verb.name);
    CHECK(kNames.contains(verb.name));
    CHECK(seen.insert(verb.name).second);
    CHECK(verb.run != nullptr);
    CHECK(verb.words.empty() == (verb.max_words == 0));
    CHECK_FALSE(verb.summary.ends_with('.'));
    CHECK(find_verb(verb.name) == &verb);
  }
  for (const char* needed : {"run", "begin", "finish", "backup", "rollback", "check", "list", "show", "verify",
                             "status", "history", "prune", "mark", "recover", "config"}) {
    CAPTURE(needed);
    CHECK(find_verb(needed) != nullptr);
  }
  CHECK(find_verb("deploy") == nullptr);
}

TEST_CASE("Verbs: no flag of a verb has the name of a setting", "[cli][verbs]") {
  for (const Verb& verb : verbs()) {
    for (const VerbOption& option : verb.options) {
      CAPTURE(verb.name, option.name);
      for (const Setting& setting : settings()) {
        CHECK(flag_name(setting) != "--" + std::string(option.name));
      }
    }
  }
}

TEST_CASE("Verbs: the usual short forms work", "[cli][verbs]") {
  const auto printed = [](const std::string& argument) {
    return captured_stdout([&] { run_command_line({"backstep", {argument}}, Environment(), "/"); });
  };
  CHECK(printed("--help") == printed("help"));
  CHECK(printed("-h") == printed("help"));
  CHECK(printed("--version") == printed("version"));
  CHECK(printed("-V") == printed("version"));
  CHECK_FALSE(printed("version").empty());
}
