// SPDX-License-Identifier: Apache-2.0
#include "system/process/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"

namespace backstep {

Pipe make_pipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw SystemError("make", "pipe");
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Pipe make_roomy_pipe() {
  constexpr int kRoom = 256 * 1024;
  Pipe pipe = make_pipe();
  fcntl(pipe.write.get(), F_SETPIPE_SZ, kRoom);
  return pipe;
}

}  // namespace backstep
