// SPDX-License-Identifier: Apache-2.0
#include "report/lint_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "deploy/run/outcome.h"
#include "report/table.h"

namespace backstep {
namespace {

constexpr size_t kMostNamed = 3;

Json finding_json(const LintFinding& finding) {
  const auto line = static_cast<int64_t>(finding.line);
  return Json::Object{{"file", finding.file},
                      {"line", line == 0 ? Json() : Json(line)},
                      {"severity", severity_of(finding.stops())},
                      {"rule", row_of(finding.rule).name},
                      {"what", finding.what}};
}

}  // namespace

std::string lint_table(const LintReport& report, size_t most) {
  if (report.findings.empty()) return {};
  Table table({"FILE", "LINE", "SEVERITY", "RULE", "WHAT"});
  const size_t shown = std::min(most, report.findings.size());
  for (size_t i = 0; i < shown; ++i) {
    const LintFinding& finding = report.findings[i];
    table.add({finding.file, finding.line == 0 ? "-" : std::to_string(finding.line),
               std::string(severity_of(finding.stops())), std::string(row_of(finding.rule).name), finding.what});
  }
  return table.text() + and_more(report.findings.size() - shown);
}

std::vector<std::string> skipped_lines(const LintReport& report) {
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const LintFinding& skipped : report.skipped) {
    by_reason[skipped.what].push_back(skipped.file);
  }
  std::vector<std::string> lines;
  for (const auto& [why, files] : by_reason) {
    lines.push_back(fmt::format("the syntax of {} was not checked, {}: {}", counted(files.size(), "script"), why,
                                printable(listed(files, kMostNamed))));
  }
  return lines;
}

std::string lint_text(const LintReport& report) {
  std::string text = lint_table(report, report.findings.size());
  for (const std::string& line : skipped_lines(report)) text += line + "\n";
  const bool is_well = report.findings.empty() && report.scripts > 0;
  const char* const sign = report.errors() > 0 ? "❌" : is_well ? "✔" : "⚠️";
  return text + fmt::format("{} {}\n", sign, counted_findings(report));
}

Json lint_json(const LintReport& report, Json json) {
  const auto skipped_json = [](const LintFinding& skipped) {
    return Json::Object{{"file", skipped.file}, {"rule", row_of(skipped.rule).name}, {"why", skipped.what}};
  };
  json.set("scripts", report.scripts);
  json.set("errors", report.errors());
  json.set("warnings", report.warnings());
  json.set("findings", json_array(report.findings, finding_json));
  json.set("skipped", json_array(report.skipped, skipped_json));
  return json;
}

}  // namespace backstep
