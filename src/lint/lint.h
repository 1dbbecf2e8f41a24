// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
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
};

// The rule `syntax` could not be asked, which is said and stops nobody.
struct SkippedSyntax {
  std::string file;
  std::string why;  // "'/bin/zsh' does not exist here"
};

// At most one finding a rule and script, so that its size follows the number of scripts.
struct LintReport {
  size_t scripts = 0;                 // that were looked at
  std::vector<LintFinding> findings;  // script by script, each by line
  std::vector<SkippedSyntax> skipped;
  std::optional<int> stopped;  // a stop signal ended it before the last script

  size_t errors() const;
  size_t warnings() const;
};

// "2 errors, 1 warning in 3 scripts", "3 scripts, nothing found"
std::string counted_findings(const LintReport& report);

// "services/a/entrypoint.sh:1: no-shebang: the first line names no interpreter"
std::string described(const LintFinding& finding);

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
