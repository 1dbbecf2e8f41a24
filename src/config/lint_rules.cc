// SPDX-License-Identifier: Apache-2.0
#include "config/lint_rules.h"

#include <algorithm>
#include <array>

namespace backstep {
namespace {

using enum LintRule;

constexpr std::array kRules = {
    LintRuleRow{kEmpty, "empty", true, "the script holds nothing but blanks",
                "a service that starts, does nothing and ends with 0"},
    LintRuleRow{kNulBytes, "nul-bytes", true, "NUL bytes",
                "a script that a full disk or a power cut left as zeros: 'cannot execute binary "
                "file'"},
    LintRuleRow{kBom, "bom", true, "a byte order mark before everything else",
                "'exec format error': the kernel does not see the '#!' behind it"},
    LintRuleRow{kNoShebang, "no-shebang", true, "the first line names no interpreter",
                "'exec format error'"},
    LintRuleRow{kCrlfShebang, "crlf-shebang", true, "a carriage return in the '#!' line",
                "'no such file or directory' for a script that is there"},
    LintRuleRow{kConflictMarkers, "conflict-markers", true,
                "lines that begin with '<<<<<<<' or '>>>>>>>'",
                "two halves of a merge going live as one script"},
    LintRuleRow{kSyntax, "syntax", true, "every shell that its image may have refuses it with '-n'",
                "a service that dies at the first line which its shell cannot read"},
    LintRuleRow{kNotExecutable, "not-executable", false, "its owner may not execute it",
                "'permission denied', exit code 126"},
    LintRuleRow{kCrlf, "crlf", false, "lines after the first that end in CRLF",
                "words and file names with a carriage return at their end: 'command not found'"},
    LintRuleRow{kRelativeInterpreter, "relative-interpreter", false,
                "the interpreter is no absolute path",
                "a script that starts from one directory and from no other"},
};

}  // namespace

std::span<const LintRuleRow> lint_rules() {
  return kRules;
}

const LintRuleRow& row_of(LintRule rule) {
  return *std::ranges::find(kRules, rule, &LintRuleRow::rule);
}

std::string_view severity_of(bool stops) {
  return stops ? "error" : "warning";
}

}  // namespace backstep
