// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/exit_code.h"
#include "store/verdicts.h"

namespace backstep {

// What failed first, for the report.
struct Failure {
  std::string step;         // "generate", "deploy", "health check", "job", "internal"
  std::string described;    // "exited with 7"
  std::string output_tail;  // the last lines of its output
};

// How a run ended: one value that the console, JSON and the faces of the CI systems print.
struct Outcome {
  enum class Result {
    kAccepted,       // the new version is live
    kNothingToDo,    // nothing was open
    kFilesRestored,  // failed before the deploy began
    kRolledBack,     // files and services
    kRollbackOwed,   // files are back; the rollback command has not run (yet)
    kRollbackFailed,
    kNotRolledBack,
    kNothingToRollBackTo,
    kBegun,
    kKept,        // recover --keep
    kBackedUp,    // `backup` alone
    kHealthy,     // `check` alone
    kUnhealthy,   // likewise
    kNotStarted,  // refused before anything was changed
  };

  Result result = Result::kNothingToDo;
  int exit_status = 0;
  std::string run;
  std::string live;      // what is live now, a sentence without full stop
  std::string services;  // "running the old version", "unknown" ...; may be empty
  std::optional<Failure> failure;
  std::string advice;                    // what to do about it, a sentence; mostly empty
  std::string backup;                    // label of this run's backup
  std::string restored_from;             // label of the target
  std::string target_reason;             // why this target
  std::string evidence;                  // label of what was replaced
  std::vector<std::string> changed;      // services and files that this run changed
  std::vector<std::string> restored;     // files put back or removed
  std::vector<std::string> kept;         // files left because they are newer
  bool files_only = false;               // redeploying is left to somebody with the tools for it
  bool unchanged = false;                // the generator changed nothing
  bool was_unhealthy_before = false;     // the baseline check failed
  Verdict verdict = Verdict::kUntested;  // given by this run
  int attempts = 0;                      // of the health check after the deploy
  std::vector<std::string> next;         // commands to type next

  void end_with(Result how, ExitCode code) {
    result = how;
    exit_status = static_cast<int>(code);
  }
};

std::string_view name_of(Outcome::Result result);  // "rolled_back"

// Services and files whose new version is not live because the run failed.
std::vector<std::string> failed_services(const Outcome& outcome);

}  // namespace backstep
