// SPDX-License-Identifier: Apache-2.0
#include "lint/lint_report.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"

namespace backstep {

size_t LintReport::errors() const {
  return static_cast<size_t>(std::ranges::count_if(
      findings, [](const LintFinding& finding) { return row_of(finding.rule).stops; }));
}

size_t LintReport::warnings() const {
  return findings.size() - errors();
}

std::string counted_findings(const LintReport& report) {
  const std::string scripts = counted(report.scripts, "script");
  if (report.findings.empty()) return scripts + ", nothing found";
  std::vector<std::string> counts;
  if (report.errors() > 0) counts.push_back(counted(report.errors(), "error"));
  if (report.warnings() > 0) counts.push_back(counted(report.warnings(), "warning"));
  return joined(counts, ", ") + " in " + scripts;
}

std::string described(const LintFinding& finding) {
  const std::string line = finding.line == 0 ? "" : fmt::format(":{}", finding.line);
  return fmt::format("{}{}: {}: {}", printable(finding.file), line, row_of(finding.rule).name,
                     finding.what);
}

}  // namespace backstep
