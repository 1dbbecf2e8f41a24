// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace backstep {

// What is looked for in a generated script. Settings switch a rule off by its name, so the table is
// here; src/lint/ holds what each one does.
enum class LintRule {
  kEmpty,
  kNulBytes,
  kBom,
  kNoShebang,
  kCrlfShebang,
  kConflictMarkers,
  kSyntax,
  kNotExecutable,
  kCrlf,
  kRelativeInterpreter,
};

struct LintRuleRow {
  LintRule rule;
  std::string_view name;      // "no-shebang"
  bool stops;                 // an error: nothing is deployed; else a warning
  std::string_view wrong;     // what it finds
  std::string_view prevents;  // the failure that comes of it
};

// In the order in which reports list them; docs/lint.md is compared with it.
std::span<const LintRuleRow> lint_rules();
const LintRuleRow& row_of(LintRule rule);
std::string_view severity_of(bool stops);  // "error" or "warning"

}  // namespace backstep
