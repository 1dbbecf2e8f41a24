// SPDX-License-Identifier: Apache-2.0
#include "report/platform/delivery.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "report/outcome/dotenv.h"
#include "report/outcome/junit.h"
#include "report/outcome/report_values.h"
#include "report/platform/github_summary.h"
#include "system/files/ci_file.h"
#include "system/files/staged_file.h"
#include "system/random_token.h"

namespace backstep {
namespace {

using Result = Outcome::Result;

// A step's summary above 1 MiB is dropped as a whole, with what the user's commands wrote into it.
constexpr uint64_t kSummaryLimit = 1'000'000;

// NAME<<DELIMITER: the one form in which no value can end early.
std::string output_lines(const Outcome& outcome) {
  const std::string delimiter = "backstep_" + random_token();
  std::string text;
  for (const ReportValue& row : report_values()) {
    text += fmt::format("{}<<{}\n{}\n{}\n", row.name, delimiter, row.value(outcome), delimiter);
  }
  return text;
}

void append_summary(const std::string& path, const Outcome& outcome, const RunRecord& record,
                    const Warn& warn) {
  const uint64_t used = ci_file_size(path);
  const uint64_t room = used < kSummaryLimit ? kSummaryLimit - used : 0;
  const std::string summary = github_summary(outcome, record, room);
  if (summary.empty()) {
    warn(fmt::format("the summary is not written: GITHUB_STEP_SUMMARY holds {} bytes already",
                     used));
    return;
  }
  append_to_ci_file(path, summary);
}

void report(std::string_view what, const Warn& warn, const std::function<void()>& write) {
  try {
    write();
  } catch (const Error& error) {
    warn(fmt::format("{} was not written: {}", what, error.message()));
  }
}

bool says_something(Result result) {
  return result != Result::kBegun && result != Result::kNothingToDo;
}

void write_beneath(const Workspace& workspace, const std::string& setting,
                   const std::string& bytes) {
  const std::string path = workspace.resolve(setting);
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

void deliver_to_github(const Environment& environment, const Outcome& outcome,
                       const RunRecord& record, const Warn& warn) {
  const std::string output = environment.get("GITHUB_OUTPUT");
  if (!output.empty()) {
    report("GITHUB_OUTPUT", warn, [&] { append_to_ci_file(output, output_lines(outcome)); });
  }
  const std::string summary = environment.get("GITHUB_STEP_SUMMARY");
  if (!summary.empty() && says_something(outcome.result)) {
    report("GITHUB_STEP_SUMMARY", warn, [&] { append_summary(summary, outcome, record, warn); });
  }
}

void deliver_report_files(const Workspace& workspace, const Config& config, const Outcome& outcome,
                          const RunRecord& record, const Warn& warn) {
  const auto write = [&](const std::string& setting, std::string_view what, auto make) {
    if (setting.empty()) return;
    report(what, warn, [&] {
      const bool idle = outcome.result == Result::kNothingToDo;
      if (idle && workspace.directory.status(workspace.resolve(setting))) return;
      write_beneath(workspace, setting, make());
    });
  };
  write(config.dotenv_report, "the dotenv report", [&] { return dotenv_report(outcome); });
  write(config.junit_report, "the JUnit report", [&] { return junit_report(outcome, record); });
}

}  // namespace backstep
