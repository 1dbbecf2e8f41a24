// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "config/lint_rules.h"

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

}  // namespace backstep
