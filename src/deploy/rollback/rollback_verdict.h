// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "backup/restore/restore.h"
#include "deploy/run/open_run.h"
#include "deploy/steps/check_results.h"
#include "deploy/steps/step_failure.h"
#include "store/sets/set_reader.h"

namespace backstep {

// How things stand after the files are back and the rollback command has run.
struct AfterRestore {
  const StoredSet& target;
  // What the restore left. Not the target: what it kept, and a partial rollback, differ from that
  // on purpose.
  std::vector<FileEntry> left;
  std::string digest = {};  // of that
  CheckResults checks = {};
  bool redeployed = false;  // the rollback command ran
  std::vector<ReplacedFile> replaced = {};
};

// Writes what a finished rollback proved: of the version that failed, of single services, and of
// the version that came back. A record that cannot be written is said in the outcome.
void give_verdict(OpenRun& run, const StepFailure& failure, const AfterRestore& after);

// The services whose own script is known bad by it, on the same proof: the check failed on this
// script, which differs from the target's, and has passed again on that one.
std::vector<std::string> proved_bad(const Journal& journal, const CheckResults& after,
                                    const std::vector<FileEntry>& target);

}  // namespace backstep
