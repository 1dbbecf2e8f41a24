// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "support/temp_dir.h"

namespace backstep::test {

// What an action writes to standard output. Verbs write to the descriptor itself, so that is what
// is swapped.
template <typename Action>
std::string captured_stdout(Action action) {
  const TempDir temp;
  std::cout.flush();
  std::fflush(stdout);
  const int original = dup(STDOUT_FILENO);
  const int file = open((temp / "stdout").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  dup2(file, STDOUT_FILENO);
  close(file);
  try {
    action();
  } catch (...) {
    dup2(original, STDOUT_FILENO);
    close(original);
    throw;
  }
  dup2(original, STDOUT_FILENO);
  close(original);
  return temp.read("stdout");
}

}  // namespace backstep::test
