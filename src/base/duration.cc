// SPDX-License-Identifier: Apache-2.0
#include "base/duration.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

struct Unit {
  std::string_view name;
  int64_t milliseconds;
};

constexpr auto kUnits =
    std::to_array<Unit>({{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}});

// Ten years: longer than any deploy, short enough that no sum of two can overflow.
constexpr int64_t kLongest = 3650 * kUnits[0].milliseconds;

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  refuse_usage(
      fmt::format("{} is not a duration ({}); write it like 500ms, 30s, 1m30s, 2h or 30d", in_quotes(text), why));
}

int64_t take_number(std::string_view whole, std::string_view& rest) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error == std::errc::result_out_of_range) refuse(whole, "too large");
  if (error != std::errc{} || number < 0) refuse(whole, "a number is expected");
  if (rest.front() == '0' && end - rest.data() > 1) refuse(whole, "a leading zero is ambiguous");
  rest.remove_prefix(static_cast<size_t>(end - rest.data()));
  return number;
}

size_t take_unit(std::string_view whole, std::string_view& rest) {
  const size_t end = rest.find_first_of("0123456789");
  const std::string_view name = rest.substr(0, end);
  const auto unit = std::ranges::find(kUnits, name, &Unit::name);
  if (unit == kUnits.end()) refuse(whole, name.empty() ? "a unit is missing" : "unknown unit");
  rest.remove_prefix(name.size());
  return static_cast<size_t>(unit - kUnits.begin());
}

}  // namespace

Duration parse_duration(std::string_view text) {
  if (text.empty()) refuse(text, "it is empty");
  std::string with_units(text);
  if (text.find_first_not_of("0123456789") == std::string_view::npos) with_units += 's';
  std::string_view rest = with_units;
  int64_t total = 0;
  size_t next_unit = 0;
  while (!rest.empty()) {
    const int64_t number = take_number(text, rest);
    const size_t unit = take_unit(text, rest);
    if (unit < next_unit) refuse(text, "units must fall in size");
    next_unit = unit + 1;
    if (number > (kLongest - total) / kUnits[unit].milliseconds) refuse(text, "too large");
    total += number * kUnits[unit].milliseconds;
  }
  return Duration(total);
}

std::string format_duration(Duration duration) {
  int64_t rest = duration.count();
  std::string result;
  for (const Unit& unit : kUnits) {
    if (rest / unit.milliseconds > 0) {
      result += fmt::format("{}{}", rest / unit.milliseconds, unit.name);
      rest %= unit.milliseconds;
    }
  }
  return result.empty() ? "0s" : result;
}

std::string spoken_duration(Duration duration) {
  const int64_t ms = duration.count();
  if (ms < 10'000) return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100);
  if (ms < 60'000) return fmt::format("{} s", ms / 1000);
  return fmt::format("{} m {:02} s", ms / 60'000, ms % 60'000 / 1000);
}

std::string running_time(Duration duration) {
  return fmt::format("{}:{:02}", duration.count() / 60'000, duration.count() % 60'000 / 1000);
}

}  // namespace backstep
