// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "config/lint_rules.h"
#include "config/workspace.h"
#include "system/process/process.h"

namespace backstep {

struct LintFinding {
  std::string file;  // relative to the workspace
  size_t line = 0;   // of the first such place, from 1; 0: the file as a whole
  LintRule rule = LintRule::kEmpty;
  std::string what;  // one line, with nothing in it that a terminal obeys
  // Of a rule that else is an error: it may do no harm, for the reason that `what` ends with.
  bool only_warns = false;

  bool stops() const { return row_of(rule).stops && !only_warns; }
};

// At most one finding a rule and script, so that its size follows the number of scripts.
struct LintReport {
  size_t scripts = 0;                 // that were looked at
  std::vector<LintFinding> findings;  // by file and line
  // `syntax` could not be asked, which stops nobody: "PATH has no 'zsh' that only root may change".
  std::vector<LintFinding> skipped;
  std::optional<int> stopped;  // a stop signal ended it before the last script

  size_t errors() const;
  size_t warnings() const { return findings.size() - errors(); }
};

// "2 errors, 1 warning in 3 scripts", "3 scripts, nothing found"
std::string counted_findings(const LintReport& report);

// "services/a/entrypoint.sh:1: no-shebang: the first line names no interpreter"
std::string described(const LintFinding& finding);

// All of it outlives the call.
struct LintJob {
  const Workspace& workspace;
  const Patterns& patterns;
  const LintSettings& settings;
  ProcessRunner& runner;
  int lock_fd = -1;  // the store's lock, which the keepers of shells hold; -1: there is none
};

// Looks at scripts by the rules of config/lint_rules.h, and changes nothing. Paths are relative to
// the workspace; what is no entrypoint is passed over unless it begins with `#!`. `syntax` is asked
// last, of scripts in which nothing else was wrong; the shells run side by side. A stop signal ends
// it early, and is in the report. Throws SystemError where a script cannot be read.
LintReport lint(const LintJob& job, const std::vector<std::string>& paths);

}  // namespace backstep
