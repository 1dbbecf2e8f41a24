// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep {

// A JUnit report: a test case a phase, and a last one that says whether the new version is live,
// which fails whenever the exit code is not 0. Well-formed XML 1.0 whatever the commands printed.
std::string junit_report(const Outcome& outcome, const RunRecord& record);

}  // namespace backstep
