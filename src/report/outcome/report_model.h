// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep {

// What the templates of the summary and of the page show of a run, in their words: all that
// `--json` has, put into sentences, rows and percent. The outcome holds no secrets any more. Texts
// are printable; those of outputs and of the diff may hold several lines.
Json report_model(const Outcome& outcome, const RunRecord& record);

}  // namespace backstep
