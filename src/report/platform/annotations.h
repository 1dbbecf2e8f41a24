// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/run/outcome.h"
#include "report/outcome/run_record.h"

namespace backstep {

// What stands beside the job on GitHub's page, as lines for its log: one error for a run that did
// not bring the new version live, its warnings, and what lint found, each at its file and line.
// GitHub shows ten of a kind a step and 4,096 characters of each, so the last of many says how many
// more there are.
std::string github_annotations(const Outcome& outcome, const RunRecord& record);

// Those of lint alone.
std::string lint_annotations(const LintReport& report);

}  // namespace backstep
