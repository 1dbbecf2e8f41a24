# SPDX-License-Identifier: Apache-2.0
"""Running the program under test, and killing it at one of its system calls."""

import random
from pathlib import Path

from harness.running import Ended, run
from harness.tracing import Point, strace

# Calls after which something differs on the disk, and about how often a run makes each.
CALLS = {"openat2": 120, "statx": 180, "close": 160, "getdents64": 34, "read": 40, "write": 20,
         "fsync": 18, "pipe2": 9, "poll": 18, "unlinkat": 10, "renameat": 7, "renameat2": 1,
         "fchmod": 6, "mkdirat": 2, "linkat": 3, "clone": 3, "ftruncate": 1}
SHARES = {"run": 1.0, "finish": 0.6, "recover": 0.5, "begin": 0.4, "rollback": 0.4, "backup": 0.3}
DECISIVE = ["fsync", "unlinkat", "renameat", "renameat2", "fchmod", "mkdirat", "linkat", "write"]


def random_point(rng: random.Random, verb: str) -> Point:
    names = DECISIVE if rng.random() < 0.7 else list(CALLS)
    call = rng.choices(names, [CALLS[name] for name in names])[0]
    most = max(1, round(CALLS[call] * SHARES.get(verb, 0.2)))
    return Point(call, rng.randint(1, most))


def call(command: list[str], root: Path, owner: str, point: Point | None) -> Ended:
    """A point that is never reached kills nobody."""
    named = {"BACKSTEP_OWNER": owner}
    if point is None:
        return run(command, root, named)
    return strace(point.injection(), command, root, named)[0]
