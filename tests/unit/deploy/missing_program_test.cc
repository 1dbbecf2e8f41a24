// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/commands.h"

#include <cerrno>

#include "support/catch.h"
#include "system/container.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

const Environment kContainer(std::map<std::string, std::string, std::less<>>{{"container", "docker"}});

ProcessResult exited_with(int code, std::string_view output) {
  ProcessResult result;
  result.code = code;
  result.output.add(output);
  return result;
}

}  // namespace

TEST_CASE("MissingProgram: only a missing program is advised about", "[deploy][missing_program]") {
  const Command command{"python gen.py", {}};
  const auto advice = [&](const ProcessResult& result) { return missing_program_advice(result, command, kContainer); };
  CHECK(advice(exited_with(1, "sh: python: not found")).empty());
  CHECK(advice(exited_with(126, "sh: python: Permission denied")).empty());
  ProcessResult refused;
  refused.end = ProcessResult::End::kNotStarted;
  refused.error_number = EACCES;
  CHECK(advice(refused).empty());
}

TEST_CASE("MissingProgram: it is named from what shells and env say", "[deploy][missing_program]") {
  CHECK(missing_program_named_in("sh: 1: python: not found") == "python");
  CHECK(missing_program_named_in("starting\nsh: python: not found\n") == "python");
  CHECK(missing_program_named_in("/bin/bash: line 3: docker: command not found") == "docker");
  CHECK(missing_program_named_in("env: 'python3': No such file or directory") == "python3");
  CHECK(missing_program_named_in("env: can't execute 'node': No such file or directory") == "node");
  CHECK(missing_program_named_in("sh: ./gen.sh: not found") == "./gen.sh");
  CHECK(missing_program_named_in("").empty());
  CHECK(missing_program_named_in("not found").empty());
  CHECK(missing_program_named_in("': No such file or directory").empty());
}

TEST_CASE("MissingProgram: the sentence says what to do", "[deploy][missing_program]") {
  const Command text{"python gen.py", {}};
  CHECK_THAT(
      missing_program_advice(exited_with(127, "sh: python: not found"), text, kContainer),
      Contains("this image has no program 'python'") && Contains("backstep install DIR") && Contains("COPY --from"));
  CHECK_THAT(missing_program_advice(exited_with(127, ""), text, kContainer),
             Contains("lacks a program that the command needs"));
  CHECK_THAT(missing_program_advice(exited_with(127, "sh: ./gen.sh: not found"), text, kContainer),
             Contains("there is no './gen.sh' here, or this image lacks the interpreter"));
}

TEST_CASE("MissingProgram: a list names its own program", "[deploy][missing_program]") {
  ProcessResult result;
  result.end = ProcessResult::End::kNotStarted;
  result.error_number = ENOENT;
  CHECK_THAT(missing_program_advice(result, Command{"", {"python", "gen.py"}}, kContainer),
             Contains("no program 'python'"));
}

TEST_CASE("MissingProgram: on a host there is no image to speak of", "[deploy][missing_program]") {
  if (in_container({})) return;  // as these tests run in CI
  const Command command{"shipit push", {}};
  CHECK(missing_program_advice(exited_with(127, "sh: shipit: not found"), command, {}) ==
        "there is no 'shipit' here: correct the command, or bring the program");
  CHECK(missing_program_advice(exited_with(127, ""), command, {}).empty());
}
