// SPDX-License-Identifier: Apache-2.0
#include "store/time_text.h"

#include <fmt/core.h>
#include <time.h>

#include <array>

#include "base/error.h"

namespace backstep {
namespace {

constexpr std::string_view kUtcShape = "0000-00-00T00:00:00Z";
constexpr int64_t kAfterTheYear9999 = 253402300800;

// The 14 digits of `text`, or "" when it does not have that shape.
std::string digits_of(std::string_view shape, std::string_view text) {
  if (text.size() != shape.size()) return {};
  std::string digits;
  for (size_t i = 0; i < text.size(); ++i) {
    if (shape[i] != '0') {
      if (text[i] != shape[i]) return {};
    } else if (text[i] < '0' || text[i] > '9') {
      return {};
    } else {
      digits += text[i];
    }
  }
  return digits;
}

std::string formatted(const char* format, int64_t seconds) {
  const time_t moment = seconds;
  tm civil{};
  gmtime_r(&moment, &civil);
  std::array<char, 32> text{};
  return {text.data(), strftime(text.data(), text.size(), format, &civil)};
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
  const std::string digits = digits_of(shape, text);
  if (digits.empty()) return std::nullopt;
  const auto number = [&](size_t at, size_t length) {
    return std::stoi(digits.substr(at, length));
  };
  tm civil{};
  civil.tm_year = number(0, 4) - 1900;
  civil.tm_mon = number(4, 2) - 1;
  civil.tm_mday = number(6, 2);
  civil.tm_hour = number(8, 2);
  civil.tm_min = number(10, 2);
  civil.tm_sec = number(12, 2);
  const int64_t seconds = timegm(&civil);
  if (seconds < 0 || seconds >= kAfterTheYear9999) return std::nullopt;
  // timegm turns a 30th of February into the 1st of March: only what comes back is a date.
  if (text_of_shape(shape, seconds) != text) return std::nullopt;
  return seconds;
}

std::string utc_text(int64_t seconds) {
  return text_of_shape(kUtcShape, seconds);
}

std::optional<int64_t> seconds_of_utc_text(std::string_view text) {
  return seconds_of_shape(kUtcShape, text);
}

std::string day_text(int64_t seconds) {
  return formatted("%Y-%m-%d", seconds);
}

std::string week_text(int64_t seconds) {
  return formatted("%G-W%V", seconds);
}

}  // namespace backstep
