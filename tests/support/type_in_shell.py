# SPDX-License-Identifier: Apache-2.0
"""Types into an interactive shell on a terminal of its own, and waits for what it answers.

    type_in_shell.py SETUP KEYS WANTED COMMAND…

SETUP is a line that makes the shell ready. Then KEYS are typed (\\t is the completion key), and WANTED is
waited for, as it appears behind them; 1 with all that was shown if it does not come about.
"""

import os
import pty
import select
import signal
import sys
import time

PATIENCE = 30.0
READY = "it-is-ready"


class Shell:
    def __init__(self, command: list[str]) -> None:
        self.shown = ""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "dumb"
            os.execvp(command[0], command)

    def type(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def wait_for(self, wanted: str) -> bool:
        deadline = time.monotonic() + PATIENCE
        while wanted not in self.shown:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.terminal], [], [], left)[0]:
                return False
            try:
                self.shown += os.read(self.terminal, 65536).decode(errors="replace")
            except OSError:  # the shell is gone
                return wanted in self.shown
        return True

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def main() -> int:
    setup, keys, wanted, *command = sys.argv[1:]
    shell = Shell(command)
    try:
        # Put together from two halves, so that the echo of the line is not taken for the answer.
        shell.type(f"{setup}; echo {READY[:5]}''{READY[5:]}\n")
        if shell.wait_for(READY):
            shell.shown = ""
            shell.type(keys.replace("\\t", "\t"))
            if shell.wait_for(wanted):
                return 0
        print(f"no {wanted!r} after {keys!r} in: {shell.shown!r}")
        return 1
    finally:
        shell.end()


if __name__ == "__main__":
    sys.exit(main())
