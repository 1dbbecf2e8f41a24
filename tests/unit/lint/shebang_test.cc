// SPDX-License-Identifier: Apache-2.0
#include "lint/script.h"

#include "base/text.h"
#include "support/catch.h"

using namespace backstep;

namespace {

// "INTERPRETER | PROGRAM"
std::string read(std::string_view line) {
  const Shebang shebang = read_shebang(line);
  return shebang.interpreter + " | " + shebang.program;
}

}  // namespace

TEST_CASE("Shebang: a line without an interpreter names none", "[lint][shebang]") {
  for (const char* line : {"", "#", "#!", "#! \t", " #!/bin/sh", "echo", "#!\r"}) {
    CAPTURE(line);
    CHECK(read(line) == " | ");
  }
}

TEST_CASE("Shebang: the program behind env or busybox is who runs the script", "[lint][shebang]") {
  CHECK(read("#!/bin/sh") == "/bin/sh | sh");
  CHECK(read("#! /bin/bash -eu") == "/bin/bash | bash");
  CHECK(read("#!/bin/sh\r") == "/bin/sh | sh");
  CHECK(read("#!/usr/bin/env bash") == "/usr/bin/env | bash");
  CHECK(read("#!/usr/bin/env -S LC_ALL=C zsh -f") == "/usr/bin/env | zsh");
  CHECK(read("#!/usr/bin/env opt/bash") == "/usr/bin/env | bash");
  CHECK(read("#!/usr/bin/env") == "/usr/bin/env | ");
  CHECK(read("#!/bin/busybox sh") == "/bin/busybox | busybox");
  CHECK(read("#!/bin/busybox awk -f") == "/bin/busybox | awk");
  CHECK(read("#!/usr/bin/python3") == "/usr/bin/python3 | python3");
  CHECK(read("#!/opt/bash/") == "/opt/bash/ | ");
}
