#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A bad deploy: fills the disk, with bytes or with files, and fails.

    filler.py bytes|files stops|goes-on PLACE PID_FILE

The one that goes on leaves a process behind, which takes whatever becomes free until it is killed; its
number lies in PID_FILE, on another disk.
"""

import os
import sys
import time
from pathlib import Path

FILLED = "filled"


def fill_with_bytes(place: Path) -> None:
    for size in (1 << 20, 4096, 1):
        try:
            with open(place / FILLED / "bytes", "ab", buffering=0) as file:
                while True:
                    file.write(b"x" * size)
        except OSError:
            continue


def fill_with_files(place: Path) -> None:
    try:
        while True:
            name = f"{time.monotonic_ns()}"
            os.close(os.open(place / FILLED / name, os.O_WRONLY | os.O_CREAT))
    except OSError:
        return


def main() -> None:
    what, how, place, pid_file = sys.argv[1:]
    fill = fill_with_bytes if what == "bytes" else fill_with_files
    (Path(place) / FILLED).mkdir()
    fill(Path(place))
    if how == "goes-on":
        child = os.fork()
        if child == 0:
            os.setsid()
            for standard in range(3):
                os.dup2(os.open(os.devnull, os.O_RDWR), standard)
            while True:
                fill(Path(place))
        Path(pid_file).write_text(str(child))
    sys.exit(1)


if __name__ == "__main__":
    main()
