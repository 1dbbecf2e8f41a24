// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
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
#include "system/process/process.h"

namespace {

backstep::Environment read_environment() {
  std::map<std::string, std::string, std::less<>> values;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const size_t equals = text.find('=');
    if (equals != std::string::npos)
      values.emplace(text.substr(0, equals), text.substr(equals + 1));
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

int report(std::string_view message, int status) {
  backstep::Output log(STDERR_FILENO);
  log.hide(backstep::Secrets(read_environment()));
  log.say(fmt::format("❌ {}", message));
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  backstep::drain_if_called_to(argc, argv);
  backstep::leave_no_core();
  backstep::fill_standard_streams();
  try {
    const backstep::Call call{argc > 0 ? argv[0] : "", {argv + std::min(argc, 1), argv + argc}};
    return backstep::run_command_line(call, read_environment(), current_directory());
  } catch (const backstep::Error& error) {
    return report(error.message(), static_cast<int>(error.code()));
  } catch (const backstep::Interrupted& interrupted) {
    return report(
        fmt::format("stopped by signal {}; nothing was changed", interrupted.signal_number()),
        backstep::exit_status_of_signal(interrupted.signal_number()));
  } catch (const std::exception& error) {
    return report(fmt::format("internal error: {}", error.what()),
                  static_cast<int>(backstep::ExitCode::kInternal));
  }
}
