// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "system/process/process.h"

namespace backstep {

// What a keeper is born with; everything else it closes.
struct KeeperLinks {
  int control;     // read end
  int report;      // write end
  int output;      // the command's, closed once the command has it
  int lock;        // -1: none
  int input = -1;  // likewise; what the command reads
};

// The life of a keeper: call it in a freshly forked child.
[[noreturn]] void be_keeper(const ProcessSpec& spec, const KeeperLinks& links) noexcept;

}  // namespace backstep
