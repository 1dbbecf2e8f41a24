// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sets/set_reader.h"

namespace backstep {

// Which ID each set has where stores come together. Each wants the one of its manifest's time; on
// each the smaller uid wins, and the other goes on to the next second. So all stores end with the
// same names, in whatever order they were merged, and no set is lost to another.
//
// Never moved: directories without a manifest, damaged or newer ones, foreign names. Where a set
// stands later than it wants though nobody is there, a smaller uid was, and retention took it:
// whoever would have lost to that one does not move in either, so names do not depend on when a
// store was pruned. A set that has its name is not moved without need.
class MergedIds {
 public:
  // Null: an empty store.
  MergedIds(const Store* store, const Catalog& catalog);

  struct Move {
    SetRef from;
    std::string to;
  };
  struct Placed {
    std::string id;
    std::vector<Move> moves;  // of sets that have to go on, in the order in which to rename them
  };
  // The place of a set that comes in, which counts as taken from then on. `there`: its ID where it
  // comes from; a set of the original, whose manifest is empty, can only have that one. nullopt: a
  // thousand seconds are taken; nothing was changed then.
  std::optional<Placed> place(const Manifest& manifest, const SetRef& there);

 private:
  struct Holder {
    std::string uid;  // "": it stays where it is
    int64_t wanted = 0;
    SetRef ref;
  };
  struct Step {
    int64_t at;
    Holder holder;
  };

  bool may_have(const Holder& holder, int64_t at) const;
  bool is_gap_of_a_smaller_one(const Holder& holder, int64_t at) const;
  std::optional<Placed> settle(std::vector<Step> steps);
  std::optional<Placed> place(Holder newcomer, int64_t from, int64_t until);

  std::map<int64_t, Holder> holders_;
};

// Durable on return; a crash leaves each set whole under its old name or its new one.
void rename_set(const Store& store, const MergedIds::Move& move);

struct MergedRecords {
  std::string text;   // of both, in order
  size_t added = 0;   // lines that were not there yet
  size_t broken = 0;  // lines of the other that are none of ours: left out
};

// One of the files of records as it is and the same file from elsewhere, united: each line once,
// as it stands there, for a newer version may have written members that we do not know. In the
// order of their sequence, then of the run's uid, then of their own file, so that all stores that
// were merged have the same file, and merging again adds nothing. What is broken in ours stays
// behind what it follows; a torn last line goes.
MergedRecords merge_records(std::string_view ours, std::string_view other);

// Without a last line that a crash tore.
std::string_view whole_lines(std::string_view text);

}  // namespace backstep
