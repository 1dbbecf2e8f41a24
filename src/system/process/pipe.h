// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "system/fd.h"

namespace backstep {

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

// Both ends are close-on-exec: whoever is to inherit one says so. Throws SystemError.
Pipe make_pipe();

// With room for 256 KiB in place of 64, for a command's output: whoever prints much and whoever
// reads it wake each other less often, which makes a gigabyte more than twice as fast. One whose
// user has many pipes already keeps the usual room.
Pipe make_roomy_pipe();

}  // namespace backstep
