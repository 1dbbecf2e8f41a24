// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace backstep {

// Moments as our files write them: "2024-03-10T14:23:00Z", always UTC, whatever TZ says.
// Throws Error (kBackupFailed) outside of 1970 to 9999, which the text has no room for.
std::string utc_text(int64_t seconds);
// Exactly what utc_text writes; nullopt for anything else, a 30th of February included.
std::optional<int64_t> seconds_of_utc_text(std::string_view text);

// The same as the name of a set: YYYY-MM-DD_HH-MM-SS.
std::string id_of_seconds(int64_t seconds);
std::optional<int64_t> seconds_of_id(std::string_view name);

}  // namespace backstep
