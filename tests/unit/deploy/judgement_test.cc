// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/judgement.h"

#include "support/catch.h"

using namespace backstep;

namespace {

struct JudgedRow {
  const char* why;
  FailedRun run;
  Verdict verdict;
};

const JudgedRow kJudgedRows[] = {
    {"no check failed: the deploy command did",
     {.check_failed = false, .differs_from_target = true, .healthy_after_restore = true},
     Verdict::kUntested},
    {"126 and 127 tell nothing of the service",
     {.check_failed = true,
      .check_could_run = false,
      .differs_from_target = true,
      .healthy_after_restore = true},
     Verdict::kUntested},
    {"the same files cannot be better and worse",
     {.check_failed = true, .differs_from_target = false, .healthy_after_restore = true},
     Verdict::kUntested},
    {"the old files fail too",
     {.check_failed = true, .differs_from_target = true, .healthy_after_restore = false},
     Verdict::kUntested},
    {"it failed, and what was before passes again",
     {.check_failed = true, .differs_from_target = true, .healthy_after_restore = true},
     Verdict::kBad},
};

}  // namespace

TEST_CASE("Judgement: nothing is bad without proof", "[deploy][judgement]") {
  for (const JudgedRow& row : kJudgedRows) {
    CAPTURE(row.why);
    CHECK(verdict_of_failed(row.run) == row.verdict);
  }
}

TEST_CASE("Judgement: nothing is good without a check", "[deploy][judgement]") {
  CHECK(verdict_of_accepted(false) == Verdict::kUntested);
  CHECK(verdict_of_accepted(true) == Verdict::kGood);
}
