// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "base/environment.h"
#include "config/config.h"
#include "config/workspace.h"
#include "deploy/run/outcome.h"
#include "report/outcome/run_record.h"

namespace backstep {

using Warn = std::function<void(const std::string& text)>;

// Hands the end of a run to the CI system. A report that cannot be written never changes how the
// run ends: it is said through `warn`.

// GitHub's files, where their variables are set: the values to GITHUB_OUTPUT, the summary to
// GITHUB_STEP_SUMMARY (not for a run that did nothing yet).
void deliver_to_github(const Environment& environment, const Outcome& outcome,
                       const RunRecord& record, const Warn& warn);

// The files that dotenv_report and junit_report name, beneath the workspace. A `finish` that finds
// nothing open leaves what the run before it reported.
void deliver_report_files(const Workspace& workspace, const Config& config, const Outcome& outcome,
                          const RunRecord& record, const Warn& warn);

}  // namespace backstep
