// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace backstep {

// The verbs that open a run, as its journal and the history keep them. `finish` and `recover` end
// one that another verb opened.
enum class RunVerb { kRun, kBegin, kRollback, kBackup };

inline constexpr std::array<std::pair<RunVerb, std::string_view>, 4> kRunVerbs{{
    {RunVerb::kRun, "run"},
    {RunVerb::kBegin, "begin"},
    {RunVerb::kRollback, "rollback"},
    {RunVerb::kBackup, "backup"},
}};

constexpr std::string_view name_of(RunVerb verb) {
  for (const auto& [known, name] : kRunVerbs) {
    if (known == verb) return name;
  }
  return "";
}

constexpr std::optional<RunVerb> run_verb_named(std::string_view name) {
  for (const auto& [verb, known] : kRunVerbs) {
    if (known == name) return verb;
  }
  return std::nullopt;
}

}  // namespace backstep
