// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "support/processes.h"
#include "system/process.h"
#include "system/signals.h"

namespace backstep::test {

// Runs shell commands as the tool does. The command finds us as $RUNNER.
struct ProcessBench {
  SignalWatch signals;
  KeptProcessRunner runner{signals};
  MarkedTree tree;

  ProcessSpec shell(const std::string& script) const {
    ProcessSpec spec;
    spec.argv = shell_command(script);
    spec.environment = {tree.mark(), "RUNNER=" + std::to_string(getpid())};
    return spec;
  }
  ProcessResult run(const std::string& script) { return runner.run(shell(script)); }
};

}  // namespace backstep::test
