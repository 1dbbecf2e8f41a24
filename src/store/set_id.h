// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
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

// The name of a stored set's directory. Another store may call the same set otherwise.
inline bool is_set_id(std::string_view name) { return seconds_of_id(name).has_value(); }

// What a set or a run is called everywhere and for ever: 20 lower-case hex digits of randomness.
inline bool is_uid(std::string_view text) {
  return text.size() == 20 && text.find_first_not_of("0123456789abcdef") == text.npos;
}
// What names a set in the journal, the records and a base: its uid; of the original's sets the ID.
inline bool names_set(std::string_view text) { return is_uid(text) || is_set_id(text); }

// The highest number of a set or a line: a forged one must not leave us without a next.
inline constexpr int64_t kLastSequence = 1'000'000'000'000;
inline bool is_sequence(int64_t number) { return number >= 1 && number <= kLastSequence; }

// Two clocks that disagree are hardly a day apart: a date beyond that decides nothing.
inline bool is_believable(int64_t seconds, int64_t now) {
  constexpr int64_t kFarAhead = 86'400;
  return seconds <= now + kFarAhead;
}

// Where a set lies.
enum class Shelf {
  kBackups,  // backups/<id>: what lay there before a generation
  kGood,     // .backstep/good/<id>: an accepted set
  kFailed,   // .backstep/failed/<id>: what a rollback replaced
};
inline constexpr std::array kShelves = {Shelf::kBackups, Shelf::kGood, Shelf::kFailed};

struct SetRef {
  Shelf shelf = Shelf::kBackups;
  std::string id;
  std::string label() const { return shelf == Shelf::kFailed ? "failed/" + id : id; }
  auto operator<=>(const SetRef&) const = default;
};

// A set as journal and records name it, and where it is here: a merge may rename it at any time.
struct RecordedSet {
  std::string uid;  // of a set of the original, which has none, its ID: nobody renames that
  SetRef ref;       // with the uid for an ID while the set is not here

  bool empty() const { return uid.empty(); }
  bool is_here() const { return is_set_id(ref.id); }
  std::string label() const { return is_here() ? ref.label() : std::string(); }
  bool operator==(const RecordedSet&) const = default;
};

}  // namespace backstep
