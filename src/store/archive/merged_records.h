// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backstep {

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
