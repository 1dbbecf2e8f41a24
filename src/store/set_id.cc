// SPDX-License-Identifier: Apache-2.0
#include "store/set_id.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "store/time_text.h"

namespace backstep {
namespace {

constexpr std::string_view kIdShape = "0000-00-00_00-00-00";
constexpr std::string_view kLastId = "9999-12-31_23-59-59";

}  // namespace

bool is_set_id(std::string_view name) {
  return seconds_of_id(name).has_value();
}

bool is_set_label(std::string_view text) {
  constexpr std::string_view kFailed = "failed/";
  if (text.starts_with(kFailed)) text.remove_prefix(kFailed.size());
  return is_set_id(text);
}

std::optional<int64_t> seconds_of_id(std::string_view name) {
  return seconds_of_shape(kIdShape, name);
}

std::string id_of_seconds(int64_t seconds) {
  return text_of_shape(kIdShape, seconds);
}

std::string next_id(int64_t now, std::string_view newest) {
  const std::optional<int64_t> newest_seconds = seconds_of_id(newest);
  if (!newest_seconds) return id_of_seconds(now);
  if (newest == kLastId) {
    throw Error(ExitCode::kBackupFailed,
                "cannot name a set after " + in_quotes(newest) + ": no later name exists");
  }
  return id_of_seconds(std::max(now, *newest_seconds + 1));
}

}  // namespace backstep
