// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/dotenv.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "report/outcome/report_values.h"

namespace backstep {
namespace {

constexpr size_t kLongestValue = 1500;  // two lists and six short values stay below 5 KB

char plain(char c) {
  const bool letter_or_digit =
      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter_or_digit || std::string_view("_-./,:@+").find(c) != std::string_view::npos ? c
                                                                                           : '_';
}

std::string within_limit(const std::string& list) {
  if (list.size() <= kLongestValue) return list;
  const size_t end = list.rfind(',', kLongestValue);
  if (end == std::string::npos) return list.substr(0, kLongestValue);
  const auto more = std::count(list.begin() + static_cast<ptrdiff_t>(end), list.end(), ',');
  return fmt::format("{},and-{}-more", list.substr(0, end), more);
}

}  // namespace

std::string dotenv_report(const Outcome& outcome) {
  std::string text;
  for (const ReportValue& row : report_values()) {
    std::string value = within_limit(row.value(outcome));
    std::transform(value.begin(), value.end(), value.begin(), plain);
    text += fmt::format("BACKSTEP_{}={}\n", upper_case(row.name), value);
  }
  return text;
}

}  // namespace backstep
