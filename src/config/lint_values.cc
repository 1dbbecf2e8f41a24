// SPDX-License-Identifier: Apache-2.0
#include "config/lint_values.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "config/lint_rules.h"
#include "config/setting_types.h"

namespace backstep {
namespace {

std::vector<std::string> items_of(const RawValue& value) {
  if (!value.is_list) return listed_items(value.text);
  std::vector<std::string> items;
  for (const std::string& item : value.list) items.emplace_back(trimmed(item));
  return items;
}

void require_rule(const std::string& name) {
  std::vector<std::string> names;
  for (const LintRuleRow& row : lint_rules()) names.emplace_back(row.name);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  const std::string meant = closest_match(name, names);
  refuse_usage(fmt::format("{} is no rule of lint{}; 'backstep help rules' lists them",
                           in_quotes(name),
                           meant.empty() ? "" : " (did you mean '" + meant + "'?)"));
}

}  // namespace

std::vector<std::string> LintRulesValue::read(const RawValue& value) {
  std::vector<std::string> names = items_of(value);
  for (const std::string& name : names) require_rule(name);
  return names;
}

std::string LintRulesValue::show(const std::vector<std::string>& names) {
  return joined(names, ",");
}

}  // namespace backstep
