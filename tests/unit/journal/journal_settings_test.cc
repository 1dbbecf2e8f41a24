// SPDX-License-Identifier: Apache-2.0
#include "journal/journal_settings.h"

#include "base/error.h"
#include "support/catch.h"
#include "support/json_parts.h"

using namespace backstep;
using backstep::test::matchers::Contains;

namespace {

// `group` with one member replaced.
Json with(const Json& group, std::string_view key, const Json& value) {
  Json changed;
  for (const auto& [name, member] : test::members(group)) {
    changed.set(name, name == key ? value : member);
  }
  return changed;
}

template <typename Read>
std::string refused_by(Read read) {
  try {
    read();
    return "not refused";
  } catch (const Error& error) {
    return error.code() == ExitCode::kDamaged ? error.message() : "another exit code";
  }
}

std::string refused_check(std::string_view key, const Json& value) {
  return refused_by([&] { health_from(with(json_of(HealthCheck()), key, value)); });
}

}  // namespace

TEST_CASE("JournalSettings: a check's URL that is none, or a flag, is refused",
          "[deploy][journal_settings]") {
  CHECK_THAT(refused_check("http", "--help"), Contains("'http' is no URL"));
  CHECK_THAT(refused_check("http", "https://a/"), Contains("'http' is no URL"));
  // As a version that did not know it wrote it.
  CHECK(refused_check("http", Json()) == "not refused");
}

TEST_CASE("JournalSettings: numbers that no setting may be are refused",
          "[deploy][journal_settings]") {
  CHECK(refused_check("deadline_ms", INT64_MAX) == "'deadline_ms' is 9223372036854775807");
  CHECK(refused_check("interval_ms", -1) == "'interval_ms' is -1");
  CHECK(refused_check("retries", int64_t{1} << 32) == "'retries' is 4294967296");
  const auto timeouts = [](int64_t number) {
    return refused_by([&] { timeouts_from(with(json_of(Timeouts()), "deploy_ms", number)); });
  };
  CHECK(timeouts(int64_t{3650} * 24 * 3600 * 1000) == "not refused");
  CHECK(timeouts(int64_t{3650} * 24 * 3600 * 1000 + 1) == "'deploy_ms' is 315360000001");
  const auto retention = [](int64_t number) {
    return refused_by([&] { retention_from(with(json_of(Retention()), "keep_last", number)); });
  };
  CHECK(retention(100'000) == "not refused");
  CHECK(retention(-5) == "'keep_last' is -5");
}

TEST_CASE("JournalSettings: the retention of an older journal has no evidence of its own",
          "[deploy][journal_settings]") {
  const Json older(Json::Object{{"keep_last", 4}, {"keep_good", 2}, {"keep_within_ms", 7000}});
  const Retention retention = retention_from(older);
  CHECK(retention.keep_last == 4);
  CHECK(retention.keep_failed == 10);
  CHECK(retention.keep_tags.empty());
}

TEST_CASE("JournalSettings: a retention is read back as it was", "[deploy][journal_settings]") {
  const Retention retention = retention_from(json_of(Retention{.keep_last = 1,
                                                               .keep_good = 2,
                                                               .keep_within = Duration(3),
                                                               .keep_tags = {"v1", "*"},
                                                               .keep_failed = 4}));
  CHECK(retention.keep_last == 1);
  CHECK(retention.keep_good == 2);
  CHECK(retention.keep_within == Duration(3));
  CHECK(retention.keep_tags == std::vector<std::string>{"v1", "*"});
  CHECK(retention.keep_failed == 4);
  const Json odd = with(json_of(Retention()), "keep_failed", -1);
  CHECK(refused_by([&] { retention_from(odd); }) == "'keep_failed' is -1");
}

TEST_CASE("JournalSettings: what no exit code may be is refused", "[deploy][journal_settings]") {
  const auto codes = [](Json value) {
    const Json object(Json::Object{{"codes", std::move(value)}});
    return refused_by([&] { exit_codes_at(object, "codes"); });
  };
  CHECK_THAT(codes(75), Contains("'codes' is not a list"));
  for (const int code : {0, -1, 256}) {
    CHECK_THAT(codes(Json::Array{75, code}), Contains("'codes' holds something that is no exit"));
  }
  CHECK_THAT(codes(Json::Array{"75"}), Contains("is no exit code"));
  CHECK(codes(Json::Array{1, 255}) == "not refused");
  CHECK(codes(Json()) == "not refused");
}

TEST_CASE("JournalSettings: commands are read back as text or list", "[deploy][journal_settings]") {
  const Command text{"docker compose up -d\n", {}};
  const Command list{"", {"curl", "-f"}};
  const Json object(Json::Object{{"text", json_of(text)}, {"list", json_of(list)}});
  CHECK(command_at(object, "text") == text);
  CHECK(command_at(object, "list") == list);
  CHECK(command_at(object, "none").empty());
}
