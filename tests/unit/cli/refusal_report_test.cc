// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

// What GITHUB_OUTPUT holds after a verb that ended so.
template <typename Ending>
std::string told(Ending ending) {
  const TempDir temp;
  const Environment environment(Variables{{"GITHUB_OUTPUT", temp / "output"}});
  try {
    told_to_the_platform(environment, ending);
  } catch (const std::exception&) {
    return temp.read("output");
  }
  return temp.has("output") ? "told though it went well" : "nothing";
}

}  // namespace

TEST_CASE("RefusalReport: an error is told with its exit code and goes on", "[cli][refusal]") {
  const std::string text =
      told([]() -> int { throw Error(ExitCode::kLockHeld, "somebody is at work"); });
  CHECK_THAT(text, Contains("\nnot_started\n") && Contains("\n11\n"));
}

TEST_CASE("RefusalReport: so is a signal before anything began", "[cli][refusal]") {
  CHECK_THAT(told([]() -> int { throw Interrupted(15); }), Contains("\n143\n"));
}

TEST_CASE("RefusalReport: a verb that ran tells by itself", "[cli][refusal]") {
  CHECK(told([] { return 21; }) == "nothing");
}
