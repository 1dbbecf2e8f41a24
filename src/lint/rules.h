// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lint/lint.h"
#include "lint/script_text.h"

namespace backstep {

// What the rules find in a script without asking a shell. Of another script than an entrypoint
// nobody knows whether it is executed or read by a script, so its mode is no matter.
std::vector<LintFinding> findings_of(const std::string& path, const ScriptText& text, mode_t mode,
                                     bool is_entrypoint, const LintSettings& settings);

bool is_on(LintRule rule, const LintSettings& settings);

}  // namespace backstep
