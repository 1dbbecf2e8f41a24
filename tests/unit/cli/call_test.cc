// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;
using Words = std::vector<std::string>;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

Words called(const Variables& variables, const Words& arguments = {},
             const std::string& program = "/usr/local/bin/backstep") {
  return words_of({program, arguments}, Environment(variables));
}

}  // namespace

TEST_CASE("Call: a switch that is neither on nor off is refused", "[cli][call]") {
  CHECK(refusal([] {
          called({{"INPUT_COMMAND", "rollback"}, {"INPUT_EXACT", "maybe"}});
        }) == "exact: 'maybe' is neither true nor false");
}

TEST_CASE("Call: what is typed outranks what the platform says", "[cli][call]") {
  CHECK(called({{"INPUT_COMMAND", "rollback"}}, {"list"}) == Words{"list"});
}

TEST_CASE("Call: the verb and its flags come by variables, GitHub's first", "[cli][call]") {
  CHECK(called({}).empty());
  CHECK(called({{"BACKSTEP_COMMAND", "check"}}) == Words{"check"});
  CHECK(called({{"PLUGIN_COMMAND", "run"}, {"BACKSTEP_COMMAND", "check"}}) == Words{"run"});
  CHECK(called({{"INPUT_COMMAND", "rollback"},
                {"INPUT_TO", "last-good"},
                {"INPUT_SERVICE", "a\nb, c\n"},
                {"INPUT_EXACT", "true"},
                {"INPUT_RECREATE", "false"},
                {"INPUT_MESSAGE", "not of this verb"}}) ==
        Words{"rollback", "--to=last-good", "--service=a", "--service=b", "--service=c", "--exact"});
}

TEST_CASE("Call: a pipeline that names no verb means a run", "[cli][call]") {
  CHECK(called({{"CI", "woodpecker"}}) == Words{"run"});
  CHECK(called({{"CI", "true"}, {"DRONE", "true"}}) == Words{"run"});
  CHECK(called({{"BITBUCKET_BUILD_NUMBER", "7"}}) == Words{"run"});
  CHECK(called({{"CI", "woodpecker"}, {"PLUGIN_COMMAND", "check"}}) == Words{"check"});
  CHECK(called({{"CI", "woodpecker"}}, {"help"}) == Words{"help"});
  CHECK(called({{"CI", "true"}, {"PLUGIN_DEPLOY", "true"}}).empty());
}

TEST_CASE("Call: an unknown command is left for the table to refuse", "[cli][call]") {
  CHECK(called({{"INPUT_COMMAND", "deploy"}}) == Words{"deploy"});
}

TEST_CASE("Call: by the name of the post stage it is that", "[cli][call]") {
  CHECK(called({{"INPUT_COMMAND", "guard"}}, {}, "/usr/local/bin/backstep-post") == Words{"post"});
  CHECK(called({}, {}, "backstep-post") == Words{"post"});
  CHECK(called({}, {}, "/backstep-post/backstep").empty());
  CHECK(called({}, {"version"}, "backstep-post") == Words{"version"});
}

TEST_CASE("Call: the job's status is the input's, then act's, then GitLab's", "[cli][call]") {
  const auto status = [](const Variables& variables) { return job_status_of(Environment(variables)); };
  CHECK(status({}).empty());
  CHECK(status({{"CI_JOB_STATUS", "failed"}}) == "failed");
  CHECK(status({{"CI_JOB_STATUS", "failed"}, {"job_status", "success"}}) == "success");
  CHECK(status({{"INPUT_JOB_STATUS", "cancelled"}, {"job_status", "success"}}) == "cancelled");
}
