// SPDX-License-Identifier: Apache-2.0
#include "config/file/file_values.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using backstep::test::matchers::Contains;
using std::chrono::seconds;

namespace {

FileValues read_checks(const std::string& bytes) { return values_in_file("f.yml", parse_yaml("f.yml", bytes)); }

std::string refused_checks(const std::string& bytes) {
  return test::refusal([&] { read_checks(bytes); });
}

ServiceChecks checks_of(const std::string& bytes) { return read_checks(bytes).checks; }

}  // namespace

TEST_CASE("ServiceValues: a misspelt key says where it stands and what was meant", "[config][service_values]") {
  CHECK(refused_checks("services:\n  a:\n    health_chek: x\n") ==
        "f.yml:3:5: unknown key 'health_chek' in 'services.a' (did you mean 'health_check'?); "
        "allowed: health_check, on_failure");
  CHECK_THAT(refused_checks("each_service:\n  health_check:\n    tmeout: 3s\n"),
             Contains("f.yml:3:5: unknown key 'tmeout' in 'each_service.health_check' (did you "
                      "mean 'timeout'?); allowed: test, url, interval, timeout"));
}

TEST_CASE("ServiceValues: what belongs to the whole run is no key of a service", "[config][service_values]") {
  CHECK_THAT(refused_checks("each_service: {health_check: {baseline: 1}}\n"), Contains("unknown key 'baseline'"));
}

TEST_CASE("ServiceValues: a bad value says what is allowed", "[config][service_values]") {
  CHECK_THAT(refused_checks("each_service: {health_check: {test: x, retries: 0}}\n"),
             Contains("f.yml:1:49: each_service.health_check.retries: '0' is not a whole number "
                      "from 1 to"));
  CHECK(refused_checks("services: {a: {health_check: x, on_failure: warm}}\n") ==
        "f.yml:1:45: services.a.on_failure: 'warm' is not one of rollback, warn (did you mean "
        "'warn'?)");
  CHECK_THAT(refused_checks("services: [a]\n"), Contains("f.yml:1:11: services: a map is expected"));
  CHECK_THAT(refused_checks("services: {a: curl}\n"), Contains("services.a: a map is expected"));
  CHECK_THAT(refused_checks("services: {a: {health_check: {url: ftp://x/}}}\n"),
             Contains("services.a.health_check.url: 'ftp://x/' cannot be asked"));
  CHECK_THAT(refused_checks("services: {a: {health_check: {test: {x: y}}}}\n"),
             Contains("services.a.health_check.test: a text or a list is expected, not a map"));
}

TEST_CASE("ServiceValues: two checks of one service are one too many", "[config][service_values]") {
  CHECK_THAT(refused_checks("services: {a: {health_check: {test: x, url: 'http://x/'}}}\n"),
             Contains("services.a.health_check: test and url are both set"));
  CHECK_THAT(refused_checks("services: {a: {health_check: {test: x, body: y}}}\n"),
             Contains("services.a.health_check: test and body are both set"));
}

TEST_CASE("ServiceValues: what would check nothing is refused", "[config][service_values]") {
  CHECK(refused_checks("services: {a: {on_failure: warn}}\n") ==
        "f.yml:1:12: services.a has no check: give its health_check a test or a url, or "
        "give each_service one");
  CHECK_THAT(refused_checks("each_service: {on_failure: warn}\n"), Contains("each_service has no check"));
  CHECK(refused_checks("each_service:\nservices:\n") == "not refused");
  CHECK_THAT(refused_checks("each_service: {health_check: {body: x}}\n"),
             Contains("each_service says how a URL is asked, and has none"));
}

TEST_CASE("ServiceValues: a check that could never pass is refused", "[config][service_values]") {
  CHECK_THAT(refused_checks("each_service: {health_check: {test: x, deadline: 6s}}\n"
                            "services: {a: {health_check: {min_healthy_time: 7s}}}\n"),
             Contains("f.yml:2:12: services.a: min_healthy_time '7s' leaves no time before deadline "
                      "'6s'"));
}

TEST_CASE("ServiceValues: an entry of its own outranks each_service key by key", "[config][service_values]") {
  const ServiceChecks checks = checks_of(
      "services: {a: {health_check: {timeout: 60s}}}\n"
      "each_service: {health_check: {test: x, timeout: 2s, retries: 7}, on_failure: warn}\n");
  const auto a = checks.of("a");
  REQUIRE(a);
  CHECK(a->health.test.text == "x");
  CHECK(a->health.timeout == seconds(60));
  CHECK(a->health.retries == 7);
  CHECK(a->on_failure == OnFailure::kWarn);
  CHECK(checks.of("another")->health.timeout == seconds(2));
}

TEST_CASE("ServiceValues: a URL takes the place of the command of each_service, and back", "[config][service_values]") {
  const ServiceChecks url =
      checks_of("each_service: {health_check: x}\nservices: {a: {health_check: {url: 'http://h/'}}}\n");
  CHECK(url.of("a")->health.test.empty());
  CHECK(url.of("a")->health.ask.url == "http://h/");
  const ServiceChecks test = checks_of(
      "each_service: {health_check: {url: 'http://h/', body: y}}\nservices: {a: {health_check: "
      "x}}\n");
  CHECK(test.of("a")->health.ask == ProbeRequest());
}

TEST_CASE("ServiceValues: NONE leaves one service out", "[config][service_values]") {
  const ServiceChecks checks = checks_of("each_service: {health_check: x}\nservices: {a: {health_check: [NONE]}}\n");
  CHECK_FALSE(checks.of("a"));
  CHECK(checks.of("b"));
  CHECK_FALSE(checks.empty());
}

TEST_CASE("ServiceValues: the service's name stands in its URL", "[config][service_values]") {
  const ServiceChecks checks =
      checks_of("each_service: {health_check: {url: 'http://$BACKSTEP_SERVICE:80/${BACKSTEP_SERVICE}'}}\n");
  CHECK(checks.of("shop")->health.ask.url == "http://shop:80/shop");
  CHECK(checks.each.health.ask.url == "http://$BACKSTEP_SERVICE:80/${BACKSTEP_SERVICE}");
}

TEST_CASE("ServiceValues: what was given is shown with its place", "[config][service_values]") {
  const auto shown = read_checks(
                         "services:\n  a:\n    health_check: [NONE]\n"
                         "each_service: {health_check: {test: x, timeout: 1m}}\n")
                         .shown_checks;
  REQUIRE(shown.size() == 3);
  CHECK(shown[0].name == "each_service.health_check.test");
  CHECK(shown[1].value == "1m");
  CHECK(shown[1].origin == "f.yml:4:49");
  CHECK(shown[2].name == "services.a.health_check");
  CHECK(shown[2].value == "NONE");
}
