// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace backstep {

// What is looked for in a generated script. Settings switch rules off by name, so they are here.
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
inline constexpr auto kLintRules = std::to_array<LintRuleRow>({
    {LintRule::kEmpty, "empty", true, "the script holds nothing but blanks",
     "a service that starts, does nothing and ends with 0"},
    {LintRule::kNulBytes, "nul-bytes", true, "NUL bytes",
     "a script that a full disk or a power cut left as zeros: 'cannot execute "
     "binary file'"},
    {LintRule::kBom, "bom", true, "a byte order mark before everything else",
     "'exec format error': the kernel does not see the '#!' behind it"},
    {LintRule::kNoShebang, "no-shebang", true, "the first line names no interpreter", "'exec format error'"},
    {LintRule::kCrlfShebang, "crlf-shebang", true, "a carriage return in the '#!' line",
     "'no such file or directory' for a script that is there"},
    {LintRule::kConflictMarkers, "conflict-markers", true, "lines that begin with '<<<<<<<' or '>>>>>>>'",
     "two halves of a merge going live as one script"},
    {LintRule::kSyntax, "syntax", true, "every shell that its image may have refuses it with '-n'",
     "a service that dies at the first line which its shell cannot read"},
    {LintRule::kNotExecutable, "not-executable", false, "its owner may not execute it",
     "'permission denied', exit code 126"},
    {LintRule::kCrlf, "crlf", false, "lines after the first that end in CRLF",
     "words and file names with a carriage return at their end: 'command not found'"},
    {LintRule::kRelativeInterpreter, "relative-interpreter", false, "the interpreter is no absolute path",
     "a script that starts from one directory and from no other"},
});

constexpr const LintRuleRow& row_of(LintRule rule) { return *std::ranges::find(kLintRules, rule, &LintRuleRow::rule); }
constexpr std::string_view severity_of(bool stops) { return stops ? "error" : "warning"; }

}  // namespace backstep
