// SPDX-License-Identifier: Apache-2.0
#include "config/setting_types.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

RawValue text(std::string value) { return {.text = std::move(value), .list = {}, .is_list = false}; }

RawValue list(std::vector<std::string> items) { return {.text = "", .list = std::move(items), .is_list = true}; }

template <typename Value>
std::string refused_value(const RawValue& value) {
  return test::refusal([&] { Value::read(value); });
}

}  // namespace

TEST_CASE("SettingTypes: a path that leaves the workspace is refused", "[config][setting_types]") {
  REQUIRE(refused_value<PathValue>(text("a/../../x")) ==
          "'a/../../x' leads down and up again: '..' may only begin a path");
  REQUIRE(refused_value<PathValue>(text("/etc")) == "'/etc' leaves the workspace: a relative path is expected");
  for (const char* path : {"$APP/x", "a/$b", "~/backups"}) {
    REQUIRE_THAT(refused_value<AnyPathValue>(text(path)), Contains("no variable is expanded"));
  }
  REQUIRE(refused_value<AnyPathValue>(text("/var/../etc")) ==
          "'/var/../etc' leads down and up again: '..' may only begin a path");
}

TEST_CASE("SettingTypes: a path that names nothing, or holds a NUL, is refused", "[config][setting_types]") {
  REQUIRE(refused_value<PathValue>(text("./")) == "'./' names no file or directory of its own");
  REQUIRE(refused_value<AnyPathValue>(text("/")) == "'/' names no file or directory of its own");
  REQUIRE(refused_value<PathValue>(text(std::string("a\0b", 3))) == "'a\\x00b' holds a NUL byte");
  REQUIRE(refused_value<PathValue>(text("a /")) == "'a /' begins or ends with a blank");
  REQUIRE(refused_value<PathsValue>(list({"./ a"})) == "'./ a' begins or ends with a blank");
  REQUIRE(refused_value<PathValue>(list({"a"})) == "a path is expected, not a list");
}

TEST_CASE("SettingTypes: a path is taken without its ornaments", "[config][setting_types]") {
  REQUIRE(PathValue::read(text(" ./a//b/ \n")) == "a/b");
  REQUIRE(PathValue::read(text("..a/b..")) == "..a/b..");
  REQUIRE(PathValue::read(text("./.././../a")) == "../../a");
  REQUIRE(AnyPathValue::read(text("//var/./lib/")) == "/var/lib");
}

TEST_CASE("SettingTypes: an entrypoint is a file in each service", "[config][setting_types]") {
  for (const std::string name : {"..", "../a", "a/", "*.sh", ""}) {
    REQUIRE(refused_value<EntrypointValue>(text(name)) == "'" + name + "' is not the name of a file in each service");
  }
  REQUIRE(refused_value<EntrypointValue>(text("a\tb")) == "'a\\x09b' holds bytes that a file name here may not");
  REQUIRE(refused_value<EntrypointValue>(text(std::string(129, 'a'))) ==
          "'" + std::string(129, 'a') + "' is longer than 128 bytes");
  REQUIRE(EntrypointValue::read(text("run.sh")) == "run.sh");
  REQUIRE(EntrypointValue::read(text("./bin//run.sh")) == "bin/run.sh");
}

TEST_CASE("SettingTypes: paths in a text are separated, those in a list are whole", "[config][setting_types]") {
  REQUIRE(PathsValue::read(text("a, b/*.conf\n c,\n\n")) == std::vector<std::string>{"a", "b/*.conf", "c"});
  REQUIRE(PathsValue::read(list({"a,b", "./c"})) == std::vector<std::string>{"a,b", "c"});
  REQUIRE(refused_value<PathsValue>(text("a,b/../c")) ==
          "'b/../c' leads down and up again: '..' may only begin a path");
  REQUIRE(PathsValue::read(list({"a", "/b//c"})) == std::vector<std::string>{"a", "/b/c"});
  REQUIRE(refused_value<PathsValue>(list({"a", ""})) == "'' names no file or directory of its own");
}

TEST_CASE("SettingTypes: texts are separated like paths, and may be any words", "[config][setting_types]") {
  REQUIRE(TextsValue::read(text("v1, ../a b\n*,")) == std::vector<std::string>{"v1", "../a b", "*"});
  REQUIRE(TextsValue::read(list({"a,b", " c "})) == std::vector<std::string>{"a,b", "c"});
  REQUIRE(refused_value<TextsValue>(list({"a", " "})) == "an item of the list is empty");
  REQUIRE(TextsValue::show({"v1", "*"}) == "v1,*");
}

TEST_CASE("SettingTypes: a command keeps its text, and a list its words", "[config][setting_types]") {
  REQUIRE(CommandValue::read(text("make a,b\nmake c\n")).text == "make a,b\nmake c\n");
  REQUIRE(CommandValue::read(list({"make", "a b"})).list == std::vector<std::string>{"make", "a b"});
  REQUIRE(refused_value<CommandValue>(list({"", "x"})) ==
          "the list's first item is the program to run, and it is empty");
}

TEST_CASE("SettingTypes: a check may come in Compose's forms", "[config][setting_types]") {
  REQUIRE(CheckValue::read(list({"CMD", "curl", "-f"})).list == std::vector<std::string>{"curl", "-f"});
  REQUIRE(CheckValue::read(list({"CMD-SHELL", "curl -f || exit 1"})).text == "curl -f || exit 1");
  REQUIRE(CheckValue::read(list({"NONE"})).empty());
  REQUIRE(CheckValue::read(list({"curl", "-f"})).list == std::vector<std::string>{"curl", "-f"});
  REQUIRE(CheckValue::read(text("CMD")).text == "CMD");
}

TEST_CASE("SettingTypes: Compose's forms with the wrong count are refused", "[config][setting_types]") {
  REQUIRE(refused_value<CheckValue>(list({"CMD"})) == "[\"CMD\", …] names no program");
  REQUIRE(refused_value<CheckValue>(list({"CMD-SHELL", "a", "b"})) ==
          "[\"CMD-SHELL\", …] takes one text for the shell");
  REQUIRE(refused_value<CheckValue>(list({"NONE", "a"})) == "[\"NONE\"] switches the check off and stands alone");
}

TEST_CASE("SettingTypes: a count that could be octal is refused as ambiguous", "[config][setting_types]") {
  REQUIRE(refused_value<CountValue>(text("010")) == "'010' is ambiguous: write it without the leading zero");
  REQUIRE(refused_value<CountValue>(text("00")) == "'00' is ambiguous: write it without the leading zero");
}

TEST_CASE("SettingTypes: a count outside its range is refused", "[config][setting_types]") {
  for (const std::string word : {"-1", "100001", "99999999999999999999", "x", "1x", "1.5", ""}) {
    REQUIRE(refused_value<CountValue>(text(word)) == "'" + word + "' is not a whole number from 0 to 100000");
  }
  REQUIRE(refused_value<PositiveCountValue>(text("0")) == "'0' is not a whole number from 1 to 100000");
  REQUIRE(refused_value<CountValue>(list({"1"})) == "a whole number is expected, not a list");
  REQUIRE(CountValue::read(text("0")) == 0);
  REQUIRE(CountValue::read(text(" 100000\n")) == 100'000);
}

TEST_CASE("SettingTypes: a switch takes what people write", "[config][setting_types]") {
  for (const char* word : {"true", "True", "YES", "on", "1", " true\n"}) {
    REQUIRE(SwitchValue::read(text(word)));
  }
  for (const char* word : {"false", "FALSE", "no", "Off", "0"}) {
    REQUIRE_FALSE(SwitchValue::read(text(word)));
  }
  REQUIRE(refused_value<SwitchValue>(text("maybe")) == "'maybe' is neither true nor false");
}

TEST_CASE("SettingTypes: an unknown target is refused with the nearest", "[config][setting_types]") {
  REQUIRE(refused_value<TargetValue>(text("last_good")) ==
          "'last_good' is not one of auto, previous, last-good (did you mean 'last-good'?)");
  REQUIRE(refused_value<TargetValue>(text("zzzzzz")) == "'zzzzzz' is not one of auto, previous, last-good");
  REQUIRE(TargetValue::read(text("previous")) == RollbackTarget::kPrevious);
}

TEST_CASE("SettingTypes: a time limit of zero is refused where it could never be met", "[config][setting_types]") {
  REQUIRE(refused_value<PositiveDurationValue>(text("0ms")) == "'0ms' is too short: it must be longer than 0s");
  REQUIRE(PositiveDurationValue::read(text("1ms")) == Duration(1));
  REQUIRE(DurationValue::read(text("0")) == Duration(0));
}

TEST_CASE("SettingTypes: exit codes that no command can give are refused", "[config][setting_types]") {
  for (const std::string code : {"0", "256", "-1", "75x", "75 80", "x"}) {
    REQUIRE(refused_value<ExitCodesValue>(text(code)) == "'" + code + "' is not a whole number from 1 to 255");
  }
  REQUIRE(refused_value<ExitCodesValue>(list({"75", ""})) == "'' is not a whole number from 1 to 255");
  REQUIRE(refused_value<ExitCodesValue>(text("075")) == "'075' is ambiguous: write it without the leading zero");
}

TEST_CASE("SettingTypes: exit codes are sorted, each once", "[config][setting_types]") {
  REQUIRE(ExitCodesValue::read(text("80, 75\n80")) == std::vector<int>{75, 80});
  REQUIRE(ExitCodesValue::read(list({"255", "1"})) == std::vector<int>{1, 255});
  REQUIRE(ExitCodesValue::show({75, 80}) == "75,80");
}
