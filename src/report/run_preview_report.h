// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.h"
#include "deploy/run_preview.h"

namespace backstep {

// `run --dry-run` for people, and as JSON.
std::string run_preview_text(const RunPreview& preview);
Json run_preview_json(const RunPreview& preview);

}  // namespace backstep
