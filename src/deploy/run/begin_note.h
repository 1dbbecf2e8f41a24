// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "deploy/run/open_run.h"

namespace backstep {

// A `begin` notes itself where its `finish` can find it though the journal is lost with the store:
// first in the history, then in the two files of config/pipeline.h, in that for later steps also
// where it began, for a `finish` that is called elsewhere (BACKSTEP_BEGUN_IN,
// BACKSTEP_BEGUN_SETTINGS). Trouble with the platform's files is a warning: they are a report.
void note_begin(const OpenRun& run);

// The run that a `begin` of this job noted in the platform's variables; "" when there is none.
std::string noted_begin(const Environment& environment);

// The run that a `begin` of this owner noted and that has no end; nullopt when all have ended.
// `store` may be null: it is gone.
std::optional<std::string> lost_begin(const Context& context, const Store* store);

}  // namespace backstep
