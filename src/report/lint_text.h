// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "lint/lint.h"

namespace backstep {

// How the findings of lint look: in a run's log, as the answer of the verb, and as JSON.

// File, line, severity, rule, what: a row a finding, at most so many, with a last line that counts the others.
std::string lint_table(const LintReport& report, size_t most);

// Which scripts' syntax was not checked: a line a reason, with the first of the scripts.
std::vector<std::string> skipped_lines(const LintReport& report);

std::string lint_text(const LintReport& report);  // all of it
// `json` with scripts, errors, warnings, findings and skipped.
Json lint_json(const LintReport& report, Json json = {});

}  // namespace backstep
