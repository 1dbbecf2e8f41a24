// SPDX-License-Identifier: Apache-2.0
#include "lint/script.h"

#include "base/text.h"
#include "support/catch.h"
#include "support/fake_process_runner.h"
#include "support/temp_dir.h"
#include "system/files/directory.h"

using namespace backstep;
using namespace backstep::test;

namespace {

// "dash, bash as sh", the likeliest first.
std::string readings(std::string_view first_line, bool sets_extglob = false) {
  std::vector<std::string> names;
  for (const Reading* reading : readings_of(read_shebang(first_line).program, sets_extglob)) {
    names.insert(names.begin(), std::string(reading->name));
  }
  return joined(names, ", ");
}

// "3: WHAT"
std::string complaint(std::string_view output) {
  const Complaint read = read_complaint(output);
  return std::to_string(read.line) + "| " + read.said;
}

}  // namespace

TEST_CASE("Syntax: a shell reads the opened script from its beginning, and nothing else", "[lint][syntax]") {
  const TempDir temp;
  temp.write("script", "#!/bin/sh\n");
  const UniqueFd script = Directory::open_root(temp.path(), "").open_file("script");
  char byte = 0;
  REQUIRE(read(script.get(), &byte, 1) == 1);
  const ProcessSpec spec = shell_call({"dash", "-n"}, script.get());
  REQUIRE(read(script.get(), &byte, 1) == 1);
  CHECK(byte == '#');
  CHECK(spec.argv == std::vector<std::string>{"dash", "-n"});
  CHECK(spec.input_fd == script.get());
  CHECK(spec.directory == "/");
  CHECK(spec.timeout == Duration(10'000));
  CHECK(spec.live == nullptr);
  for (const char* name : {"BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS"}) {
    CHECK(variable(spec, name).empty());
  }
}

TEST_CASE("Syntax: the shells that an image may have under a name", "[lint][syntax]") {
  CHECK(readings("#!/bin/sh") == "dash, busybox's sh, bash as sh, bash as sh with extglob");
  CHECK(readings("#!/usr/bin/env bash") == "bash, bash with extglob");
  CHECK(readings("#!/bin/bash", true) == "bash with extglob, bash");
  CHECK(readings("#!/bin/busybox ash") == "busybox's sh");
  CHECK(readings("#!/bin/ash") == "busybox's ash, dash as ash");
  CHECK(readings("#!/workspace/evil/zsh") == "zsh");
  for (const char* line : {"#!/usr/bin/python3", "#!/bin/busybox awk -f", "echo", "#!/bin/fish"}) {
    CHECK(readings(line).empty());
  }
}

TEST_CASE("Syntax: a refusal is read, whatever the shell", "[lint][syntax]") {
  CHECK(complaint("dash: 3: Syntax error: \"fi\" unexpected\n") == "3| Syntax error: \"fi\" unexpected");
  CHECK(complaint("bash: line 12: syntax error near unexpected token `fi'\nbash: line 12: `fi'\n") ==
        "12| syntax error near unexpected token `fi'");
  CHECK(complaint("zsh: parse error near `fi'") == "0| parse error near `fi'");
  CHECK(complaint("zsh:4: parse error near `fi'") == "4| parse error near `fi'");
  CHECK(complaint("ash: syntax error: unexpected \"fi\"") == "0| syntax error: unexpected \"fi\"");
  CHECK(complaint("ash: 7") == "0| 7");
  CHECK(complaint("") == "0| it is refused without a word");
}

TEST_CASE("Syntax: what a shell quotes of a script cannot steer a terminal", "[lint][syntax]") {
  const std::string said = complaint("sh: 1: Syntax error: \x1b[2J ##[x]" + std::string(900, 'y'));
  CHECK(said.find('\x1b') == std::string::npos);
  CHECK(said.find("##[") == std::string::npos);
  CHECK(said.size() < 250);
}
