// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "config/config.h"
#include "config/workspace.h"
#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep {

// Writes a report. One that cannot be written never changes how the run ends: it is a warning.
void write_report(std::string_view what, Listener& listener, const std::function<void()>& write);

// The files that dotenv_report and junit_report name, beneath the workspace. A `finish` that finds
// nothing open leaves what the run before it reported.
void write_report_files(const Workspace& workspace, const Config& config, const Outcome& outcome,
                        Recorder& recorder);

}  // namespace backstep
