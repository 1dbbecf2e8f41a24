// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/text.h"
#include "report/outcome/report_model.h"
#include "report/platform/platform.h"
#include "report/templates.h"

namespace backstep {
namespace {

constexpr std::string_view kCut = "\n\n(cut here: GitHub takes no longer summary)\n";

// At the end of a line, so that no character and no reference is left in halves. What is open there
// hides nothing: GitHub closes it.
std::string cut(std::string text, size_t limit) {
  if (limit <= kCut.size()) return "";
  text.resize(limit - kCut.size());
  const size_t line_end = text.rfind('\n');
  if (line_end == std::string::npos) return "";
  return text.substr(0, line_end).append(kCut);
}

}  // namespace

// A numeric reference is text to every Markdown reader and can begin nothing.
std::string markdown_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_<>&|[]#~@$!";
  std::string result;
  for (const char c : text) {
    if (kSpecial.find(c) == std::string_view::npos) {
      result += c;
    } else {
      result += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return result;
}

std::string github_summary(const Outcome& outcome, const RunRecord& record, size_t limit) {
  std::string text = rendered(kSummaryTemplate, report_model(outcome, record), markdown_text);
  return text.size() <= limit ? text : cut(std::move(text), limit);
}

}  // namespace backstep
