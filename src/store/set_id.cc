// SPDX-License-Identifier: Apache-2.0
#include "store/set_id.h"

#include "store/time_text.h"

namespace backstep {
namespace {

constexpr const char* kIdFormat = "%Y-%m-%d_%H-%M-%S";

}  // namespace

bool is_set_id(std::string_view name) {
  return seconds_of_id(name).has_value();
}

bool is_uid(std::string_view text) {
  constexpr size_t kDigits = 20;
  return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

bool names_set(std::string_view text) {
  return is_uid(text) || is_set_id(text);
}

bool is_sequence(int64_t number) {
  return number >= 1 && number <= kLastSequence;
}

bool is_believable(int64_t seconds, int64_t now) {
  constexpr int64_t kFarAhead = 86'400;
  return seconds <= now + kFarAhead;
}

std::optional<int64_t> seconds_of_id(std::string_view name) {
  return moment_of_text(kIdFormat, name);
}

std::string id_of_seconds(int64_t seconds) {
  return text_of_moment(kIdFormat, seconds);
}

}  // namespace backstep
