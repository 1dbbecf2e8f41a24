// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/outcome.h"

#include <set>

#include "support/catch.h"

using namespace backstep;
using Result = Outcome::Result;

TEST_CASE("Outcome: each result has a name of its own, which JSON readers rely on", "[deploy][outcome]") {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Result::kKept); ++i) {
    names.insert(name_of(static_cast<Result>(i)));
  }
  CHECK(names.size() == static_cast<size_t>(Result::kKept) + 1);
  CHECK(names == std::set<std::string_view>{"accepted", "nothing_to_do", "files_restored", "rolled_back",
                                            "changed_again", "rollback_not_run", "rollback_failed", "not_rolled_back",
                                            "nothing_to_roll_back_to", "begun", "kept"});
}

TEST_CASE("Outcome: it ends with a result and the contract's number", "[deploy][outcome]") {
  Outcome outcome;
  outcome.end_with(Result::kRolledBack, ExitCode::kRolledBackUnhealthy);
  CHECK(outcome.result == Result::kRolledBack);
  CHECK(outcome.exit_status == 21);
}
