// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "support/processes.h"
#include "system/process/process.h"
#include "system/signals.h"

namespace backstep::test {

// Runs shell commands as the tool does. The command finds us as $RUNNER.
struct ProcessBench {
  SignalWatch signals;
  KeptProcessRunner runner{signals};
  MarkedTree tree;

  ProcessSpec shell(const std::string& script) const {
    ProcessSpec spec;
    spec.argv = {"sh", "-ec", script};
    spec.environment = {tree.mark(), "RUNNER=" + std::to_string(getpid())};
    return spec;
  }
  ProcessResult run(const std::string& script) { return runner.run(shell(script)); }
};

// Runs it with a short timeout; where the machine was too busy for it to come so far, with longer
// ones.
template <typename CameSoFar>
ProcessResult run_given_time(ProcessBench& bench, ProcessSpec spec, CameSoFar came_so_far) {
  ProcessResult result;
  for (const int timeout : {300, 3'000, 30'000}) {
    spec.timeout = Duration(timeout);
    result = bench.runner.run(spec);
    if (came_so_far(result)) break;
  }
  return result;
}

}  // namespace backstep::test
