// SPDX-License-Identifier: Apache-2.0
#include "base/duration.h"
#include "fuzz/fuzz.h"

namespace backstep::fuzz {
namespace {

constexpr Duration kTenYears = std::chrono::hours(24 * 3650);

}  // namespace

void try_input(std::string_view bytes) {
  Duration duration{};
  if (!accepts([&] { duration = parse_duration(bytes); })) return;
  require(duration >= Duration::zero() && duration <= kTenYears, "a duration has its bounds", bytes);
  const std::string text = format_duration(duration);
  require(parse_duration(text) == duration, "what is shown is read back", text);
  require(text.size() <= format_duration(kTenYears - Duration(1)).size(), "it is shown shortly", text);
  require_harmless_line(spoken_duration(duration), "a measured time is one harmless line");
}

}  // namespace backstep::fuzz
