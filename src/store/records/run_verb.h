// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace backstep {

// The verbs that open a run, as its journal and the history keep them. `finish` and `recover` end
// one that another verb opened.
enum class RunVerb { kRun, kBegin, kRollback, kBackup };

// In the order of the enum.
inline constexpr std::array<std::string_view, 4> kRunVerbs = {"run", "begin", "rollback", "backup"};

inline std::string_view name_of(RunVerb verb) {
  return kRunVerbs.at(static_cast<size_t>(verb));
}

// Throws Error (kDamaged) for what is none of them.
inline RunVerb run_verb_named(std::string_view name) {
  const auto known = std::find(kRunVerbs.begin(), kRunVerbs.end(), name);
  if (known == kRunVerbs.end()) refuse_damaged("unknown verb " + in_quotes(name));
  return static_cast<RunVerb>(known - kRunVerbs.begin());
}

}  // namespace backstep
