// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace backstep {

// The local name of a stored set, its directory's: YYYY-MM-DD_HH-MM-SS, UTC. Another store may call
// the same set otherwise.
bool is_set_id(std::string_view name);
std::optional<int64_t> seconds_of_id(std::string_view name);
// Throws Error (kBackupFailed) after the year 9999.
std::string id_of_seconds(int64_t seconds);

// What a set or a run is called everywhere and for ever: 20 lower-case hex digits of randomness.
bool is_uid(std::string_view text);
// What names a set in the journal, the records and a base: its uid; of the original's sets the ID.
bool names_set(std::string_view text);

// The highest number that a set or a line of the records may have. Nobody counts so far; a forged
// one must not leave us without a next.
inline constexpr int64_t kLastSequence = 1'000'000'000'000;
bool is_sequence(int64_t number);

// Two clocks that disagree are hardly a day apart: a date beyond that decides nothing.
bool is_believable(int64_t seconds, int64_t now);

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
  bool operator==(const SetRef&) const = default;
};

// A set as the journal and the records name it, and where this store has it: a merge may rename it
// at any time, a retention may remove it.
struct RecordedSet {
  std::string uid;  // of a set of the original, which has none, its ID: nobody renames that
  SetRef ref;       // with the uid for an ID while the set is not here

  bool empty() const { return uid.empty(); }
  bool is_here() const { return is_set_id(ref.id); }
  std::string label() const { return is_here() ? ref.label() : std::string(); }
  bool operator==(const RecordedSet&) const = default;
};

}  // namespace backstep
