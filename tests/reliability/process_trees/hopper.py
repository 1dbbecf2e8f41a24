# SPDX-License-Identifier: Apache-2.0
"""A process that makes a new session and a new pid at each hop, so that no list of processes is
right for long. It ends by itself after a minute, whatever becomes of its test."""

import os
import time

end = time.monotonic() + 60
while time.monotonic() < end:
    if os.fork() > 0:
        os._exit(0)
    os.setsid()
