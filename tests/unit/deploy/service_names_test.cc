// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/commands.h"

#include "support/catch.h"

using namespace backstep;
using Names = std::vector<std::string>;

TEST_CASE("ServiceNames: an entry that names no service says what was meant", "[deploy][service_names]") {
  ServiceChecks checks;
  checks.own["action_servise"] = {};
  checks.own["there"] = {};
  CHECK(entries_without_service(checks, {"action_service", "there"}) ==
        Names{"no service is called 'action_servise' (did you mean 'action_service'?): its entry "
              "in 'services' checks nothing"});
}
