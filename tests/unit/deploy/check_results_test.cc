// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/check_results.h"

#include "support/catch.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

ServiceHealth health(const std::string& service, bool healthy, OnFailure on_failure = OnFailure::kRollback) {
  ServiceHealth health;
  health.service = service;
  health.healthy = healthy;
  health.on_failure = on_failure;
  health.attempts = 3;
  if (!healthy) {
    health.described = "exited with 7 (3 failures in a row)";
    health.output_tail = "no answer from " + service;
  }
  return health;
}

CheckResults with_services(std::vector<ServiceHealth> services) {
  CheckResults results;
  results.services = std::move(services);
  return results;
}

}  // namespace

TEST_CASE("CheckResults: a service that fails asks for a rollback, one that warns does not",
          "[deploy][check_results]") {
  CHECK_FALSE(with_services({health("a", false)}).healthy());
  const CheckResults warned = with_services({health("a", false, OnFailure::kWarn), health("b", true)});
  CHECK(warned.healthy());
  CHECK(warned.passed());
}

TEST_CASE("CheckResults: nobody asked proves nothing, and no more does a lone warning", "[deploy][check_results]") {
  CHECK_FALSE(CheckResults().passed());
  CHECK_FALSE(with_services({health("a", false, OnFailure::kWarn)}).passed());
  CHECK(with_services({health("a", true, OnFailure::kWarn)}).passed());
}

TEST_CASE("CheckResults: failures that could not run prove nothing", "[deploy][check_results]") {
  CheckResults results = with_services({health("a", false), health("b", false)});
  CHECK(results.failed_for_sure());
  for (ServiceHealth& one : results.services) one.could_run = false;
  CHECK_FALSE(results.failed_for_sure());
}

TEST_CASE("CheckResults: failures of many are told in few words", "[deploy][check_results]") {
  std::vector<ServiceHealth> services;
  for (int i = 10; i < 40; ++i) services.push_back(health("s" + std::to_string(i), i < 12));
  const CheckResults results = with_services(services);
  CHECK_THAT(failure_words(results), Contains("of 28 of 30 services failed: s12, s13") && Contains("s21 and 18 more"));
  const std::string tail = tail_of(results);
  CHECK_THAT(tail, Contains("s12: exited with 7 (3 failures in a row)\n  no answer from s12\n") &&
                       Contains("… and 22 more") && !Contains("s18"));
  CHECK_THAT(output_of(results), Contains("== s39: "));
}

TEST_CASE("CheckResults: output that is kept stays bounded", "[deploy][check_results]") {
  std::vector<ServiceHealth> services;
  for (int i = 0; i < 500; ++i) {
    services.push_back(health("s" + std::to_string(i), false));
    services.back().output_tail = std::string(4'000, 'x');
  }
  CHECK(output_of(with_services(services)).size() < 300 * 1024);
}

TEST_CASE("CheckResults: one failure is told with its reason", "[deploy][check_results]") {
  const CheckResults results = with_services({health("a", false), health("b", true)});
  CHECK(failure_words(results) == "of a failed: exited with 7 (3 failures in a row)");
  CHECK(tail_of(results) == "no answer from a");
  CHECK(unhealthy_words(results) == "a: exited with 7 (3 failures in a row)");
}

TEST_CASE("CheckResults: a pass is told with who only warns", "[deploy][check_results]") {
  CHECK(summary_of(with_services({health("a", true), health("b", true)})) == "2 services passed");
  CHECK(summary_of(with_services({health("a", true), health("b", false, OnFailure::kWarn)})) ==
        "1 of 2 services passed; unhealthy, which only warns: b");
}
