// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep {

// The job's summary on GitHub, in Markdown: what is live now, what failed and the next command; the
// phases with their durations; the services; the tail of what failed. Nothing in it is obeyed as
// Markdown or HTML but what we wrote ourselves.
//
// Never longer than `limit` bytes: GitHub drops a summary as a whole when it is too long, so the
// end is cut and that is said. "" where not even the first lines have room.
std::string github_summary(const Outcome& outcome, const RunRecord& record, size_t limit);

}  // namespace backstep
