// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "deploy/run/open_run.h"
#include "deploy/steps/health_checks.h"

namespace backstep {

// Runs the commands of one run, with what they are told through the environment: BACKSTEP_RUN_ID,
// _PHASE, _BACKUP, _DIGEST (of the files that lie there), _CHANGED_SERVICES (as many names as
// execve takes), _CHANGED_FILE (where all of them are, one a line), _GOOD_REVISION (the commit of
// the last good set, for an image tag) and _HOST_GATEWAY (the machine, from a container).
class Commands {
 public:
  // What lies there now, and what differs from before, is as the run knows it.
  explicit Commands(OpenRun& run) : run_(run) { now_live(run.journal.digest, run.outcome.changed); }

  // Something else lies there now and differs; for commands that run from here on. A list
  // of names that cannot be written is a warning: a rollback and a check go on without it.
  void now_live(std::string digest, std::vector<std::string> changed);

  ProcessResult run(Step step, const Command& command, Duration timeout);
  // The checks of the whole and of these services.
  CheckResults check(const std::vector<std::string>& services,
                     Thoroughness thoroughness = Thoroughness::kFull);

 private:
  ProcessSpec common_spec() const;

  OpenRun& run_;
  std::string digest_;
  std::vector<std::string> changed_;
  std::string changed_file_;
};

// Writes these names for the commands that come, unless they are written already, and returns the
// absolute path of the file; /dev/null for none. Throws SystemError: a deploy that would not learn
// what changed is not begun.
std::string write_changed_list(OpenRun& run, const std::vector<std::string>& changed);

}  // namespace backstep
