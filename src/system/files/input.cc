// SPDX-License-Identifier: Apache-2.0
#include "system/files/input.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/error.h"

namespace backstep {

size_t Input::read(std::span<char> buffer) {
  while (true) {
    // Before the wait: the one that somebody else took off the descriptor wakes no poll.
    if (const std::optional<int> signal = signals_.caught()) throw Interrupted(*signal);
    std::array<pollfd, 2> waits{pollfd{fd_, POLLIN, 0}, pollfd{signals_.fd(), POLLIN, 0}};
    if (poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) {
      throw SystemError("wait for", subject_);
    }
    if (waits[0].revents == 0 || waits[1].revents != 0) continue;
    const ssize_t count = ::read(fd_, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EINTR && errno != EAGAIN) throw SystemError("read", subject_);
  }
}

}  // namespace backstep
