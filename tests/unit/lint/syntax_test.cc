// SPDX-License-Identifier: Apache-2.0
#include "lint/syntax.h"

#include <cerrno>

#include "support/catch.h"
#include "support/fake_process_runner.h"

using namespace backstep;
using namespace backstep::test;
using Kind = SyntaxAnswer::Kind;

namespace {

struct SyntaxScene {
  FakeProcessRunner runner;

  SyntaxAnswer ask(std::string_view first_line) {
    ProcessSpec spec;
    spec.directory = "/w";
    return check_syntax(read_shebang(first_line), 7, spec, runner);
  }
  SyntaxAnswer answered(ProcessResult result) {
    runner.results.push_back(std::move(result));
    return ask("#!/bin/sh");
  }
};

// "3: WHAT"
std::string complaint(std::string_view output) {
  const SyntaxAnswer answer = read_complaint(output, "sh");
  return std::to_string(answer.line) + "| " + answer.said;
}

ProcessResult not_started(int error_number) {
  ProcessResult result;
  result.end = ProcessResult::End::kNotStarted;
  result.error_number = error_number;
  return result;
}

}  // namespace

TEST_CASE("Syntax: the interpreter reads the opened script and nothing else", "[lint][syntax]") {
  SyntaxScene scene;
  CHECK(scene.ask("#!/bin/busybox ash -e").kind == Kind::kRight);
  REQUIRE(scene.runner.specs.size() == 1);
  const ProcessSpec& spec = scene.runner.specs[0];
  CHECK(spec.argv == std::vector<std::string>{"/bin/busybox", "ash", "-n"});
  CHECK(spec.input_fd == 7);
  CHECK(spec.directory == "/w");
  CHECK(spec.timeout == Duration(10'000));
  CHECK(spec.leftovers == Leftovers::kSweep);
  CHECK(spec.live == nullptr);
  for (const char* name : {"BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS"}) {
    CHECK(variable(spec, name).empty());
  }
  scene.ask("#!/usr/bin/env zsh");
  CHECK(scene.runner.specs[1].argv == std::vector<std::string>{"zsh", "-f", "-n"});
  scene.ask("#!/bin/bash");
  CHECK(scene.runner.specs[2].argv == std::vector<std::string>{"/bin/bash", "-O", "extglob", "-n"});
}

TEST_CASE("Syntax: an interpreter that has no check is not asked", "[lint][syntax]") {
  SyntaxScene scene;
  CHECK(scene.ask("#!/usr/bin/python3").said == "'python3' has no '-n'");
  CHECK(scene.ask("#!bash").said == "'bash' is no absolute path");
  CHECK(scene.ask("#!/usr/bin/env bin/bash").said == "'bin/bash' is no absolute path");
  CHECK(scene.ask("echo").said == "the first line names no interpreter");
  CHECK(scene.ask("#!/usr/bin/env").kind == Kind::kSkipped);
  CHECK(scene.runner.specs.empty());
}

TEST_CASE("Syntax: what says nothing of the script is skipped", "[lint][syntax]") {
  SyntaxScene scene;
  CHECK(scene.answered(not_started(ENOENT)).said == "'/bin/sh' does not exist here");
  CHECK(scene.answered(not_started(EACCES)).said ==
        "'/bin/sh -n' could not be started: Permission denied");
  CHECK(scene.answered(timed_out(Duration(10'000))).said == "'/bin/sh -n' timed out after 10s");
  CHECK(scene.answered(exited(127)).kind == Kind::kSkipped);
  CHECK(scene.answered(exited(126)).kind == Kind::kSkipped);
}

TEST_CASE("Syntax: a stop signal is no answer", "[lint][syntax]") {
  SyntaxScene scene;
  const SyntaxAnswer answer = scene.answered(stopped_by(15));
  CHECK(answer.kind == Kind::kStopped);
  CHECK(answer.signal == 15);
}

TEST_CASE("Syntax: a refusal is read, whatever the shell", "[lint][syntax]") {
  SyntaxScene scene;
  CHECK(scene.answered(exited(2, "/bin/sh: 3: Syntax error: \"fi\" unexpected\n")).line == 3);
  CHECK(complaint("/bin/sh: 3: Syntax error: \"fi\" unexpected\n") ==
        "3| sh: Syntax error: \"fi\" unexpected");
  CHECK(
      complaint("bash: line 12: syntax error near unexpected token `fi'\nbash: line 12: `fi'\n") ==
      "12| sh: syntax error near unexpected token `fi'");
  CHECK(complaint("zsh: parse error near `fi'") == "0| sh: parse error near `fi'");
  CHECK(complaint("zsh:4: parse error near `fi'") == "4| sh: parse error near `fi'");
  CHECK(complaint("/bin/ksh: syntax error at line 7: `fi' unexpected") ==
        "7| sh: syntax error at line 7: `fi' unexpected");
  CHECK(complaint("sh: syntax error: unexpected \"fi\"") ==
        "0| sh: syntax error: unexpected \"fi\"");
  CHECK(complaint("") == "0| sh: it is refused without a word");
}

TEST_CASE("Syntax: what a shell quotes of a script cannot steer a terminal", "[lint][syntax]") {
  const std::string said = complaint("sh: 1: Syntax error: \x1b[2J ##[x]" + std::string(900, 'y'));
  CHECK(said.find('\x1b') == std::string::npos);
  CHECK(said.find("##[") == std::string::npos);
  CHECK(said.size() < 250);
}
