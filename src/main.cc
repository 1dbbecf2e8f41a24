// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>

#include "base/error.h"
#include "cli/verbs.h"
#include "system/fd.h"
#include "system/output.h"
#include "system/process/keeper.h"

namespace {

backstep::Environment read_environment() {
  std::map<std::string, std::string, std::less<>> values;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const size_t equals = text.find('=');
    if (equals != std::string::npos) values.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return backstep::Environment(std::move(values));
}

std::string current_directory() {
  char* path = getcwd(nullptr, 0);
  if (path == nullptr) throw backstep::SystemError("find", "the current directory");
  std::string result = path;
  free(path);
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  backstep::drain_if_called_to(argc, argv);
  backstep::leave_no_core();
  backstep::fill_standard_streams();
  mallopt(M_MMAP_THRESHOLD, 512 << 10);  // a long list that is dropped leaves no hole
  try {
    const backstep::Call call{argc > 0 ? argv[0] : "", {argv + std::min(argc, 1), argv + argc}};
    return backstep::run_command_line(call, read_environment(), current_directory());
  } catch (const std::exception& error) {
    const backstep::Refusal refusal = backstep::refusal_of(error);
    backstep::Output log(STDERR_FILENO);
    log.hide(backstep::Secrets(read_environment()));
    log.say("❌ " + refusal.why);
    return refusal.exit_status;
  }
}
