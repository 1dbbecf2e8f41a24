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

}  // namespace backstep
