// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "deploy/run/open_run.h"

namespace backstep {

// The newest run that was accepted with this content. nullopt: none was, or the history cannot be
// read, which is said; nothing depends on it.
std::optional<Origin> origin_of(const OpenRun& run, std::string_view digest);

// nullopt: nothing is on record against this content, or a pass or a human's mark outranks it.
// Without a verdict the newest end counts: a run that failed on it, and was not accepted since.
std::optional<FailedBefore> failed_before(const Store& store, std::string_view digest);

// "health check exited with 1, 2024-03-10T14:23:00Z in run 2024-03-10_14-22-00 (URL)"
std::string described(const FailedBefore& failed);

}  // namespace backstep
