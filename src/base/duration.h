// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace backstep {

using Duration = std::chrono::milliseconds;

// Reads `500ms`, `30s`, `1m30s`, `2h`, `30d`; a bare number is seconds. Units must fall in size and
// appear once. Throws Error (kUsage) with the reason; the caller names the setting.
Duration parse_duration(std::string_view text);

// The shortest form that parse_duration reads back: "1m30s", "0s".
std::string format_duration(Duration duration);

// What a person wants to see of a measured time: "0.4 s", "12 s", "2 m 05 s".
std::string spoken_duration(Duration duration);
// Of a time that is running, in whole seconds: "0:12", "30:00".
std::string running_time(Duration duration);

}  // namespace backstep
