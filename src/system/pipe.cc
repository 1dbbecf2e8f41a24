// SPDX-License-Identifier: Apache-2.0
#include "system/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"

namespace backstep {

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw SystemError("make", "pipe");
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

}  // namespace backstep
