// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include <stdexcept>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

// What GITHUB_OUTPUT holds after a call that ended so.
std::string told(const std::exception& ending) {
  const TempDir temp;
  const Environment environment(Variables{{"GITHUB_OUTPUT", temp / "output"}});
  tell_platform(environment, refusal_of(ending));
  return temp.read("output");
}

}  // namespace

TEST_CASE("RefusalReport: an error is told with its exit code", "[cli][refusal]") {
  CHECK_THAT(told(Error(ExitCode::kLockHeld, "somebody is at work")),
             Contains("\nnot_started\n") && Contains("\n11\n"));
}

TEST_CASE("RefusalReport: so is a signal before anything began", "[cli][refusal]") {
  CHECK_THAT(told(Interrupted(15)), Contains("\n143\n"));
}

TEST_CASE("RefusalReport: what nobody foresaw is an internal error, and may have changed something", "[cli][refusal]") {
  const Refusal refusal = refusal_of(std::runtime_error("a library gave up"));
  CHECK(refusal.exit_status == 1);
  CHECK(refusal.why == "internal error: a library gave up");
  CHECK_FALSE(refusal.as_before);
}

TEST_CASE("RefusalReport: whoever adds what was done keeps the place of what is wrong", "[cli][refusal]") {
  const Error error(ExitCode::kUsage, "unknown key 'x'", {"ci/backstep.yml", 3});
  const Refusal refusal = refusal_of(error.within("flag --config", ExitCode::kUsage));
  CHECK(refusal.place.file == "ci/backstep.yml");
  CHECK(refusal.place.line == 3);
}
