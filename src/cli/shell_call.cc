// SPDX-License-Identifier: Apache-2.0
#include "cli/shell_call.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"
#include "system/output.h"
#include "system/process/exec.h"

namespace backstep {
namespace {

constexpr int kNotExecutable = 126;
constexpr int kNotFound = 127;

std::string program_of(const std::string& word) {
  return word.substr(word.rfind('/') + 1);
}

}  // namespace

bool is_shell_call(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return false;
  const std::string program = program_of(arguments.front());
  return program == "sh" || program == "bash";
}

int become_shell(const std::vector<std::string>& arguments) {
  const std::string& shell = arguments.front();
  const int error_number = become(arguments);
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  const bool wanted_bash = missing && program_of(shell) == "bash";
  Output(STDERR_FILENO)
      .write(fmt::format("❌ cannot start the shell {}: {}{}\n", in_quotes(shell),
                         std::strerror(error_number),
                         wanted_bash ? "; it is not here, ask for 'sh' instead" : ""));
  return missing ? kNotFound : kNotExecutable;
}

}  // namespace backstep
