// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <array>

#include "config/settings.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;

namespace {

constexpr std::array kOwn = {VerbOption{"json", "", "print one JSON object"}, VerbOption{"to", "ID", "the backup"},
                             VerbOption{"service", "NAME", "only this service", true}};

using Arguments = std::vector<std::string>;

ParsedFlags run(const Arguments& arguments) { return parse_flags("run", kOwn, true, 0, arguments); }

std::string refused_flags(const Arguments& arguments) {
  return test::refusal([&] { run(arguments); });
}

}  // namespace

TEST_CASE("Flags: an unknown flag is refused with the nearest", "[cli][flags]") {
  const std::string why = "unknown flag '--deplyo' for 'run' (did you mean '--deploy'?)";
  REQUIRE(refused_flags({"--deplyo", "x"}) == why);
  REQUIRE(refused_flags({"--deplyo=x"}) == why);
  REQUIRE(refused_flags({"--health_retries=3"}) ==
          "unknown flag '--health_retries' for 'run' (did you mean '--health-retries'?)");
  REQUIRE(refused_flags({"--zzzzzzz"}) == "unknown flag '--zzzzzzz' for 'run'");
  REQUIRE(refused_flags({"-x"}) == "unknown flag '-x' for 'run'");
  REQUIRE(refused_flags({"--a\x1b"}) == "unknown flag '--a\\x1b' for 'run'");
}

TEST_CASE("Flags: a stray word is refused, for it was meant to be part of a value", "[cli][flags]") {
  REQUIRE(refused_flags({"--deploy", "docker", "compose", "up"}) ==
          "unexpected word 'compose': 'run' takes none; a value that holds spaces needs quotes");
  REQUIRE(refused_flags({"--json", "false"}) ==
          "unexpected word 'false': 'run' takes none; a value that holds spaces needs quotes");
  REQUIRE(test::refusal([] {
            parse_flags("show", kOwn, false, 1, {"a", "b"});
          }) == "unexpected word 'b': 'show' takes at most 1; a value that holds spaces needs quotes");
}

TEST_CASE("Flags: a flag without its value is refused", "[cli][flags]") {
  REQUIRE(refused_flags({"--json", "--deploy"}) == "flag '--deploy' needs a value");
  REQUIRE(refused_flags({"--deploy", "--", "x"}) == "flag '--deploy' needs a value");
}

TEST_CASE("Flags: a flag does not swallow the next one", "[cli][flags]") {
  REQUIRE(refused_flags({"--deploy", "--health-check", "x"}) ==
          "flag '--deploy' needs a value, but '--health-check' follows; write "
          "'--deploy=--health-check' if that is the value");
  REQUIRE(refused_flags({"--to", "-h"}) ==
          "flag '--to' needs a value, but '-h' follows; write '--to=-h' if that is the value");
  REQUIRE(run({"--deploy=--health-check"}).settings.at("deploy") == "--health-check");
  REQUIRE(refused_flags({"--deploy", "-q"}) ==
          "flag '--deploy' needs a value, but '-q' follows; write '--deploy=-q' if that is the value");
  REQUIRE(run({"--deploy", "-x"}).settings.at("deploy") == "-x");
}

TEST_CASE("Flags: the same flag given twice is refused", "[cli][flags]") {
  REQUIRE(refused_flags({"--deploy", "a", "--deploy=b"}) == "flag '--deploy' is given twice");
  REQUIRE(refused_flags({"--to", "a", "--to", "b"}) == "flag '--to' is given twice");
  REQUIRE(run({"--json", "--json"}).has("json"));
}

TEST_CASE("Flags: a switch takes no value", "[cli][flags]") {
  REQUIRE(refused_flags({"--json=x"}) == "flag '--json' takes no value, but got 'x'");
  REQUIRE(refused_flags({"--json="}) == "flag '--json' takes no value, but got ''");
}

TEST_CASE("Flags: a verb without settings does not take them", "[cli][flags]") {
  REQUIRE(test::refusal([] {
            parse_flags("list", kOwn, false, 0, {"--deploy", "x"});
          }) == "unknown flag '--deploy' for 'list'");
}

TEST_CASE("Flags: every setting is a flag, in both forms", "[cli][flags]") {
  for (const Setting& setting : settings()) {
    INFO(setting.name);
    const std::string name(setting.name);
    REQUIRE(run({flag_name(setting), "a b"}).settings.at(name) == "a b");
    REQUIRE(run({flag_name(setting) + "=a=b"}).settings.at(name) == "a=b");
    REQUIRE(run({flag_name(setting) + "="}).settings.at(name).empty());
  }
}

TEST_CASE("Flags: values stay whole", "[cli][flags]") {
  const std::string script = "set -e\nmake a,b,\n\tmake 'c'\n";
  REQUIRE(run({"--deploy", script}).settings.at("deploy") == script);
  REQUIRE(run({"--deploy=" + script}).settings.at("deploy") == script);
  const std::string large(200'000, 'x');
  REQUIRE(run({"--deploy=" + large}).settings.at("deploy") == large);
}

TEST_CASE("Flags: options that repeat keep their order", "[cli][flags]") {
  const ParsedFlags parsed = run({"--service", "b,c", "--to", "latest", "--service=a"});
  REQUIRE(parsed.option("to") == "latest");
  REQUIRE(parsed.option("none").empty());
  Arguments services;
  const auto [first, last] = parsed.options.equal_range("service");
  for (auto it = first; it != last; ++it) services.push_back(it->second);
  REQUIRE(services == Arguments{"b,c", "a"});
}

TEST_CASE("Flags: two dashes end the flags", "[cli][flags]") {
  const ParsedFlags parsed = parse_flags("show", kOwn, false, 3, {"a", "--", "--json", "--"});
  REQUIRE(parsed.words == Arguments{"a", "--json", "--"});
  REQUIRE(parsed.switches.empty());
}

TEST_CASE("Flags: help is a switch of every verb, whatever else stands there", "[cli][flags]") {
  REQUIRE(parse_flags("list", {}, false, 0, {"-h"}).has("help"));
  REQUIRE(parse_flags("list", {}, false, 0, {"word", "--help"}).has("help"));
  REQUIRE_FALSE(run({}).has("help"));
}

TEST_CASE("Flags: a letter stands for the flag that has it", "[cli][flags]") {
  const auto own = find_verb("run")->options;
  CHECK(parse_flags("run", own, true, 0, {"-q"}).has("quiet"));
  CHECK(parse_flags("run", own, true, 0, {"-v"}).has("verbose"));
  CHECK(test::refusal([] { parse_flags("list", kOwn, true, 0, {"-q"}); }) == "unknown flag '-q' for 'list'");
}
