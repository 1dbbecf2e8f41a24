// SPDX-License-Identifier: Apache-2.0
#include "report/outcome_words.h"

#include <catch2/catch.hpp>

using namespace backstep;

TEST_CASE("OutcomeWords: files that are back without a redeploy are not called a rollback",
          "[report][words]") {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kFilesRestored, ExitCode::kRolledBackUnhealthy);
  CHECK(headline_of(outcome) == "❌ Failed before the deploy began");
  outcome.files_only = true;
  CHECK(headline_of(outcome) == "❌ Failed; the files are back, nothing was redeployed");
}

TEST_CASE("OutcomeWords: how the services are stands behind the files", "[report][words]") {
  Outcome outcome;
  outcome.live = "files: old";
  CHECK(live_words(outcome) == "files: old");
  outcome.services = "services: unknown";
  CHECK(live_words(outcome) == "files: old; services: unknown");
}
