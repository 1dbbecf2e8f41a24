// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/report_files.h"

#include <fmt/core.h>

#include "base/error.h"
#include "report/outcome/junit.h"
#include "report/outcome/report_values.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

void write_beneath(const Workspace& workspace, const std::string& path, const std::string& bytes) {
  const PathParts parts = parts_of(path);
  const Owner owner = workspace.directory.own_status().owner();
  // Others read it: the runner that uploads it, and the checkout's owner.
  constexpr mode_t kReadable = 0644;
  if (parts.parent.empty()) {
    return write_file_durably(workspace.directory, std::string(parts.name), bytes, owner,
                              kReadable);
  }
  write_file_durably(workspace.directory.open_directory(parts.parent), std::string(parts.name),
                     bytes, owner, kReadable);
}

}  // namespace

void write_report(std::string_view what, Listener& listener, const std::function<void()>& write) {
  try {
    write();
  } catch (const Error& error) {
    listener.warning(fmt::format("{} was not written: {}", what, error.message()));
  }
}

void write_report_files(const Workspace& workspace, const Config& config, const Outcome& outcome,
                        Recorder& recorder) {
  const auto write = [&](const std::string& setting, std::string_view what, auto make) {
    if (setting.empty()) return;
    write_report(what, recorder, [&] {
      const std::string path = workspace.resolve(setting);
      const bool idle = outcome.result == Outcome::Result::kNothingToDo;
      if (idle && workspace.directory.status(path)) return;
      write_beneath(workspace, path, make());
    });
  };
  write(config.dotenv_report, "the dotenv report", [&] { return dotenv_report(outcome); });
  write(config.junit_report, "the JUnit report",
        [&] { return junit_report(outcome, recorder.record()); });
}

}  // namespace backstep
