// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "config/pipeline.h"
#include "report/log/log_dialect.h"

namespace backstep {

// The dialect of the platform that runs us. `allow_commands`: what the user's commands print may
// steer the platform.
std::unique_ptr<LogDialect> dialect_of(const Pipeline& pipeline, bool allow_commands);

}  // namespace backstep
