#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs a command on a terminal that nobody reads, and ends as it ends.

    unread_terminal.py unread|stopped|terminated|another_users COMMAND...

stopped: as after Ctrl-S. terminated: it gets TERM once the file `reached` is there. Otherwise the word
only says what the caller has made of it.
"""

import os
import signal
import subprocess
import sys
import termios
import time

kind, command = sys.argv[1], sys.argv[2:]
master, slave = os.openpty()
if kind == "stopped":
    termios.tcflow(slave, termios.TCOOFF)
running = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL)
os.close(slave)
if kind == "terminated":
    while not os.path.exists("reached"):
        time.sleep(0.01)
    running.send_signal(signal.SIGTERM)
status = running.wait()
sys.exit(status if status >= 0 else 128 - status)
