#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long the program takes to start, beside `busybox true`, and how large it is.

    startup.py [--binary build/release/backstep]

Exit 0: within the limits; 1: not; 125: there is no release binary to look at.
"""

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent.parent / "build"
RELEASE = os.environ.get("BACKSTEP_RELEASE_BINARY") or str(BUILD / "release" / "backstep")
LARGEST = 8 << 20  # half of it is TLS
# ms. The quickest of many starts is what the machine's other work disturbs least; twice the aim, for
# the clock of a virtual machine.
NEVER_SLOWER_BY = 2.0
SKIPPED = 125


def start(command: list[str], null: int) -> float:
    begun = time.perf_counter()
    process = os.posix_spawn(command[0], command, {}, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
    _, status = os.waitpid(process, 0)
    milliseconds = (time.perf_counter() - begun) * 1000
    if status != 0:
        sys.exit(f"{command} ended with status {status}")
    return milliseconds


def measure(commands: list[list[str]], starts: int) -> list[list[float]]:
    """In turn, so that both meet the same disturbances."""
    times: list[list[float]] = [[] for _ in commands]
    null = os.open(os.devnull, os.O_WRONLY)
    for _ in range(starts):
        for command, taken in zip(commands, times):
            taken.append(start(command, null))
    os.close(null)
    return times


def least_command() -> list[str]:
    busybox = shutil.which("busybox")
    return [busybox, "true"] if busybox else [shutil.which("true") or "/bin/true"]


def check_start(commands: list[list[str]]) -> bool:
    quickest = [float("inf")] * len(commands)
    for _ in range(10):
        for number, times in enumerate(measure(commands, 50)):
            quickest[number] = min(quickest[number], *times)
        if quickest[0] - quickest[1] <= NEVER_SLOWER_BY:
            break
    print(f"quickest start: {quickest[0]:.2f} ms, {quickest[1]:.2f} ms for {commands[1]}")
    return quickest[0] - quickest[1] <= NEVER_SLOWER_BY


def check_size(binary: Path) -> bool:
    size = binary.stat().st_size
    print(f"size: {size:,} bytes (at most {LARGEST:,})")
    return size < LARGEST


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=RELEASE)
    options = parser.parse_args()
    binary = Path(options.binary).resolve()
    if not binary.exists():
        print(f"skipped: there is no {options.binary}; 'cmake --build --preset release' makes it")
        return SKIPPED
    commands = [[str(binary), "version"], least_command()]
    small = check_size(binary)
    quick = check_start(commands)
    return 0 if small and quick else 1


if __name__ == "__main__":
    sys.exit(main())
