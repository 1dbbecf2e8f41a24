// SPDX-License-Identifier: Apache-2.0
#include "system/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

namespace backstep {

void fill_standard_streams() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) >= 0) continue;
    // The lowest free number is `fd` itself, for the smaller ones are open by now. Read-only, so
    // that a write fails as it would have on the closed descriptor, and can be told.
    static_cast<void>(open("/dev/null", O_RDONLY));
  }
}

}  // namespace backstep
