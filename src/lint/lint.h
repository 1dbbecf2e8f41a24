// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "config/workspace.h"
#include "lint/lint_report.h"
#include "system/process/process.h"

namespace backstep {

// Looks at generated scripts by the rules of config/lint_rules.h, one after the other, and changes
// nothing. `syntax` is asked last, of scripts in which nothing else was wrong: what an interpreter
// says of a merge conflict helps nobody.
class Linter {
 public:
  // All must outlive it. `lock_fd`: the store's lock, which the keepers of interpreters hold; -1
  // where there is none.
  Linter(const Workspace& workspace, const LintSettings& settings, ProcessRunner& runner,
         int lock_fd = -1)
      : workspace_(workspace), settings_(settings), runner_(runner), lock_fd_(lock_fd) {}

  // Paths relative to the workspace. A stop signal ends it early, and is in the report. Throws
  // SystemError where a script cannot be read.
  LintReport lint(std::span<const std::string> scripts) const;

 private:
  const Workspace& workspace_;
  const LintSettings& settings_;
  ProcessRunner& runner_;
  int lock_fd_;
};

}  // namespace backstep
