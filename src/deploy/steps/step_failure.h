// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "deploy/run/check_results.h"
#include "deploy/run/open_run.h"

namespace backstep {

// Why a run cannot go on, and what the rollback needs to know of it.
struct StepFailure {
  Failure shown;
  ExitCode code = ExitCode::kInternal;  // how the run ends when the deploy had not begun
  std::optional<int> signal = {};       // a stop signal ended it
  int exit_code = 0;                    // of the command that failed; 0: none, or health checks
  CheckResults checks = {};             // where one of them failed; else empty
  std::string advice = {};              // missing_program_advice
};

StepFailure failure_of(Step step, const ProcessResult& result);
// At least one of these checks asks for a rollback.
StepFailure failure_of(const CheckResults& checks);
std::optional<StepFailure> stopped_by_signal(const Context& context);

// "deploy exited with 7", without the caller's secrets: for the journal and the history.
std::string summary_of(const Context& context, const StepFailure& failure);

// Runs the health checks after the deploy, if there are any, and sets journal.passed_check. Returns
// why the run cannot go on.
std::optional<StepFailure> judge_health(OpenRun& run);

}  // namespace backstep
