// SPDX-License-Identifier: Apache-2.0
#include "system/process/keeper.h"

#include <unistd.h>

#include <csignal>

#include "base/error.h"
#include "system/fd.h"

namespace backstep {

Keeper start_keeper(const ProcessSpec& spec, int output, int drained) {
  Pipe control = make_pipe();
  Pipe report = make_pipe();
  const pid_t pid = fork();
  if (pid < 0) throw SystemError("start", "keeper");
  if (pid == 0) {
    be_keeper(spec, {control.read.get(), report.write.get(), output, spec.lock_fd, spec.input_fd,
                     drained});
  }
  return {pid, std::move(control.write), std::move(report.read)};
}

void request_end(const Keeper& keeper, Duration grace) {
  // A command may stop its parent. Whether the request arrives does not matter to the caller: a
  // keeper that is gone has closed the report pipe.
  kill(keeper.pid, SIGCONT);
  const EndRequest request{grace.count()};
  [[maybe_unused]] const ssize_t written = write(keeper.control.get(), &request, sizeof request);
}

}  // namespace backstep
