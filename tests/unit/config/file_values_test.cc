// SPDX-License-Identifier: Apache-2.0
#include "config/file/file_values.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

std::vector<GivenValue> values_of(const std::string& bytes) {
  return values_in_file("f.yml", parse_yaml("f.yml", bytes)).settings;
}

std::string refused_file(const std::string& bytes) {
  return test::refusal([&] { values_of(bytes); });
}

}  // namespace

TEST_CASE("FileValues: an unknown key is refused with the nearest", "[config][file_values]") {
  REQUIRE(refused_file("deploy: x\n\nhelth_check: y\n") ==
          "f.yml:3:1: unknown key 'helth_check' (did you mean 'health_check'?)");
  REQUIRE(refused_file("health-retries: 3\n") ==
          "f.yml:1:1: unknown key 'health-retries' (did you mean 'health_retries'?)");
  REQUIRE(refused_file("retentoin: {}\n") == "f.yml:1:1: unknown key 'retentoin' (did you mean 'retention'?)");
  REQUIRE(refused_file("zzzzzz: 1\n") == "f.yml:1:1: unknown key 'zzzzzz'");
  REQUIRE(refused_file("<<: {deploy: x}\n") == "f.yml:1:1: unknown key '<<'");
}

TEST_CASE("FileValues: an unknown key of a group is refused with the nearest of it", "[config][file_values]") {
  REQUIRE(refused_file("health_check:\n  test: x\n  retrys: 3\n") ==
          "f.yml:3:3: unknown key 'retrys' in 'health_check' (did you mean 'retries'?); allowed: test, "
          "url, interval, timeout, retries, start_period, min_healthy_time, deadline, baseline, "
          "start_interval, status, body, headers, cacert, insecure");
  REQUIRE_THAT(refused_file("health_check: {health_retries: 3}\n"),
               Contains("unknown key 'health_retries' in 'health_check' (did you mean "
                        "'retries'?)"));
  REQUIRE(refused_file("timeouts: {keep_last: 3}\n") ==
          "f.yml:1:12: unknown key 'keep_last' in 'timeouts'; allowed: generate, deploy, "
          "rollback, stop_grace");
}

TEST_CASE("FileValues: a setting given flat and in its group is refused with both places", "[config][file_values]") {
  REQUIRE(refused_file("health_retries: 3\nhealth_check:\n  retries: 4\n") ==
          "f.yml:3:3: 'health_check.retries' is the same setting as 'health_retries' at line 1, "
          "column 1: keep one of them");
  REQUIRE(refused_file("retention: {keep_last: 3}\nkeep_last:\n") ==
          "f.yml:2:1: 'keep_last' is the same setting as 'retention.keep_last' at line 1, column "
          "13: keep one of them");
}

TEST_CASE("FileValues: a map where a value is due is refused", "[config][file_values]") {
  REQUIRE(refused_file("services_dir: {a: b}\n") == "f.yml:1:15: services_dir: a list of paths is expected, not a map");
  REQUIRE(refused_file("health_check: {test: {a: b}}\n") ==
          "f.yml:1:22: health_check: a text or a list is expected, not a map");
}

TEST_CASE("FileValues: what a list holds must be texts", "[config][file_values]") {
  REQUIRE(refused_file("files:\n  - a\n  - [b]\n") == "f.yml:3:5: files: a text is expected in the list, not a list");
  REQUIRE(refused_file("deploy: [a, {b: c}]\n") == "f.yml:1:13: deploy: a text is expected in the list, not a map");
  REQUIRE(refused_file("deploy: [a, ~]\n") == "f.yml:1:13: deploy: a text is expected in the list, not an empty item");
}

TEST_CASE("FileValues: a value where a group is due is refused", "[config][file_values]") {
  REQUIRE(refused_file("retention: 3\n") == "f.yml:1:12: retention: a map is expected, with its settings");
  REQUIRE(refused_file("timeouts: [a]\n") == "f.yml:1:11: timeouts: a map is expected, with its settings");
}

TEST_CASE("FileValues: the file cannot say which file to read", "[config][file_values]") {
  REQUIRE(refused_file("deploy: x\nconfig: other.yml\n") ==
          "f.yml:2:1: 'config' says which file to read and cannot stand in it");
}

TEST_CASE("FileValues: a group that is also a setting may be either", "[config][file_values]") {
  const auto flat = values_of("health_check: curl x\nrollback: false\n");
  REQUIRE(flat.size() == 2);
  REQUIRE(flat[0].setting->name == "health_check");
  REQUIRE(flat[0].value.text == "curl x");
  REQUIRE(flat[1].setting->name == "rollback");

  const auto grouped = values_of("health_check: {test: [CMD, x]}\nrollback: {enabled: false}\n");
  REQUIRE(grouped.size() == 2);
  REQUIRE(grouped[0].setting->name == "health_check");
  REQUIRE(grouped[0].value.list == std::vector<std::string>{"CMD", "x"});
  REQUIRE(grouped[1].setting->name == "rollback");
}

TEST_CASE("FileValues: empty values and empty groups count as unset", "[config][file_values]") {
  REQUIRE(values_of("deploy:\ngenerate: ''\nfiles: []\nretention:\n"
                    "timeouts: {}\nrollback:\nhealth_check: {test: ~}\n")
              .empty());
}

TEST_CASE("FileValues: each value knows its place", "[config][file_values]") {
  const auto values = values_of("timeouts:\n  deploy: 3s\n");
  REQUIRE(values.size() == 1);
  REQUIRE(values[0].origin == "f.yml:2:11");
  REQUIRE(values[0].place.line == 2);
}
