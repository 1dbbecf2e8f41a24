// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace backstep {

// Names of stored sets: YYYY-MM-DD_HH-MM-SS, UTC, which sort in the order of creation.
bool is_set_id(std::string_view name);
std::optional<int64_t> seconds_of_id(std::string_view name);
// Throws Error (kBackupFailed) after the year 9999.
std::string id_of_seconds(int64_t seconds);

// What a user calls a set: an id, or "failed/" and an id.
bool is_set_label(std::string_view text);

// max(now, newest + 1 s): nothing waits for a clock, and a clock that was set back changes nothing.
// `newest` may be "".
std::string next_id(int64_t now, std::string_view newest);

// Where a set lies.
enum class Shelf {
  kBackups,  // backups/<id>: what lay there before a generation
  kGood,     // .backstep/good/<id>: an accepted set
  kFailed,   // .backstep/failed/<id>: what a rollback replaced
};

struct SetRef {
  Shelf shelf = Shelf::kBackups;
  std::string id;
  std::string label() const { return shelf == Shelf::kFailed ? "failed/" + id : id; }
  bool operator==(const SetRef&) const = default;
};

}  // namespace backstep
