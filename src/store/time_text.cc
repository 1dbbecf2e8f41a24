// SPDX-License-Identifier: Apache-2.0
#include "store/time_text.h"

#include <fmt/core.h>
#include <time.h>

#include <array>
#include <chrono>

#include "base/error.h"

namespace backstep {
namespace {

constexpr std::string_view kUtcShape = "0000-00-00T00:00:00Z";
constexpr int64_t kAfterTheYear9999 = 253402300800;

using Fields = std::array<int, 6>;  // year, month, day, hour, minute, second

std::optional<Fields> fields_of(std::string_view shape, std::string_view text) {
  if (text.size() != shape.size()) return std::nullopt;
  Fields fields{};
  size_t field = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (shape[i] != '0') {
      if (text[i] != shape[i]) return std::nullopt;
      ++field;
    } else if (text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    } else {
      fields.at(field) = fields.at(field) * 10 + (text[i] - '0');
    }
  }
  return fields;
}

}  // namespace

std::string text_of_shape(std::string_view shape, int64_t seconds) {
  if (seconds < 0 || seconds >= kAfterTheYear9999) {
    throw Error(
        ExitCode::kBackupFailed,
        fmt::format("cannot write the time {}: it is not in the years 1970 to 9999", seconds));
  }
  const time_t moment = seconds;
  tm civil{};
  gmtime_r(&moment, &civil);
  const std::string digits =
      fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", civil.tm_year + 1900, civil.tm_mon + 1,
                  civil.tm_mday, civil.tm_hour, civil.tm_min, civil.tm_sec);
  std::string text(shape);
  size_t next = 0;
  for (char& character : text) {
    if (character == '0') character = digits[next++];
  }
  return text;
}

std::optional<int64_t> seconds_of_shape(std::string_view shape, std::string_view text) {
  using namespace std::chrono;
  const std::optional<Fields> fields = fields_of(shape, text);
  if (!fields) return std::nullopt;
  const auto& [year_number, month_number, day_number, hour, minute, second] = *fields;
  const year_month_day date{year(year_number), month(static_cast<unsigned>(month_number)),
                            day(static_cast<unsigned>(day_number))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const sys_seconds moment = sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
  const int64_t since = moment.time_since_epoch().count();
  return since < 0 ? std::nullopt : std::optional(since);
}

std::string utc_text(int64_t seconds) {
  return text_of_shape(kUtcShape, seconds);
}

std::optional<int64_t> seconds_of_utc_text(std::string_view text) {
  return seconds_of_shape(kUtcShape, text);
}

}  // namespace backstep
