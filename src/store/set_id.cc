// SPDX-License-Identifier: Apache-2.0
#include "store/set_id.h"

#include <fmt/core.h>
#include <time.h>

#include "base/error.h"

namespace backstep {
namespace {

constexpr const char* kUtcFormat = "%Y-%m-%dT%H:%M:%SZ";
constexpr const char* kIdFormat = "%Y-%m-%d_%H-%M-%S";
constexpr int64_t kAfterTheYear9999 = 253402300800;

std::string text_of_moment(const char* format, int64_t seconds) {
  if (seconds < 0 || seconds >= kAfterTheYear9999) {
    throw Error(ExitCode::kBackupFailed,
                fmt::format("cannot write the time {}: it is not in the years 1970 to 9999", seconds));
  }
  const time_t moment = seconds;
  tm civil{};
  gmtime_r(&moment, &civil);
  std::array<char, 32> text{};
  return {text.data(), strftime(text.data(), text.size(), format, &civil)};
}

// The library reads a 30th of February, too: a text is a moment's only where it is written like it.
std::optional<int64_t> moment_of_text(const char* format, std::string_view text) {
  tm civil{};
  if (strptime(std::string(text).c_str(), format, &civil) == nullptr) return std::nullopt;
  const int64_t seconds = timegm(&civil);
  const bool writable = seconds >= 0 && seconds < kAfterTheYear9999;
  return writable && text_of_moment(format, seconds) == text ? std::optional(seconds) : std::nullopt;
}

}  // namespace

std::string utc_text(int64_t seconds) { return text_of_moment(kUtcFormat, seconds); }

std::optional<int64_t> seconds_of_utc_text(std::string_view text) { return moment_of_text(kUtcFormat, text); }

std::string id_of_seconds(int64_t seconds) { return text_of_moment(kIdFormat, seconds); }

std::optional<int64_t> seconds_of_id(std::string_view name) { return moment_of_text(kIdFormat, name); }

}  // namespace backstep
