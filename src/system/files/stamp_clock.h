// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "system/files/directory.h"

namespace backstep {

// The clock that stamps files when they change. The kernel reads it once a tick, so two changes
// within a tick show the same times; whoever takes equal times for equal content misses the second.
//
// Asked before a file is read, it says until when that file was at rest: with stamps below the
// answer, any later change shows other stamps. 2 s less than now where the stamps are coarse or are
// given by another machine's clock.
class StampClock {
 public:
  explicit StampClock(const Directory& where);

  int64_t now() const;
  // Until what was stamped before the call is at rest: some milliseconds, 50 at most.
  void wait_past_this_moment() const;
  // What `now` said, as far as it holds for this file.
  int64_t at_rest_before(int64_t now, const FileStatus& file) const;

 private:
  bool local_ = false;
  uint64_t device_ = 0;
};

}  // namespace backstep
