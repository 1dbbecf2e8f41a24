#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many system calls each service costs, and each backup that is kept, by name: the difference of a
call with 200 of them to one with 100. No noise of a machine changes that, so a test pins it.

    calls.py --binary build/release/backstep             shows them
    calls.py --binary build/release/backstep --check     exit 1: they are not as pinned

125: nothing can be traced here.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from harness.program import SKIPPED, options_parser  # noqa: E402
from harness.running import environment  # noqa: E402
from harness.scratch import find_tmpfs  # noqa: E402
from tree import Tree  # noqa: E402

RETRIES = 3
FEW, MANY = 100, 200
LINE = re.compile(r"^(?:\d+ +)?(\w+)\(")
MEMORY = {"brk", "mmap", "munmap", "mremap", "madvise"}  # grow by leaps, and are the C library's
KEPT = "a run, each backup kept"
# A glance: the script's status by one statx, where the answer is only compared.
PINNED: dict[str, dict[str, int]] = {
    # Glance; open, status, read, status again and close of the script, for it may change meanwhile;
    # create, write, status, mode and close of the copy; its capability; the service's directory.
    "first backup": {"close": 2, "fchmod": 1, "fgetxattr": 1, "openat2": 2, "pread64": 1,
                     "statx": 5, "write": 1},
    # Glance; status of the stored copy, and a link to it; the service's directory.
    "backup, nothing changed": {"linkat": 1, "statx": 3},
    # As the first, and read once before, for a generator mostly writes what was there.
    "backup, all changed": {"close": 2, "fchmod": 1, "fgetxattr": 1, "openat2": 2, "pread64": 2,
                            "statx": 5, "write": 1},
    # Glance.
    "restore, nothing changed": {"statx": 1},
    # Of a service that stays: glance, and status of the stored copy on which the evidence rests; the
    # service's directory, for the evidence.
    "restore, one changed": {"statx": 3},
    # Glance and reading of the script (7). Reading of the stored copy, so that a damaged one is known
    # before anything changes (4). Whether the directory can be written (3). Its opening, for all that
    # follows (2). Staging: copying while hashing (10). What the live file has beside its content, for
    # the one that takes its place (5). Evidence: glance and a link (2), the directory. Rename. Glance
    # at what lies there now, for the index.
    "restore, all changed": {"close": 6, "faccessat2": 1, "fchmod": 1, "fgetxattr": 1,
                             "flistxattr": 1, "fremovexattr": 1, "geteuid": 1, "linkat": 1,
                             "openat2": 6, "pread64": 3, "renameat": 1, "statx": 12, "write": 1},
    # Status of the stored copy; open, status, read and close.
    "verify": {"close": 1, "openat2": 1, "pread64": 1, "statx": 2},
    # Glance.
    "status": {"statx": 1},
    "list": {"statx": 1},
    # Opening, status, reading of the two ends and closing of its manifest, once; a glance at it where the
    # list of backups is asked for again.
    KEPT: {"close": 1, "openat2": 1, "pread64": 2, "statx": 4},
}


def settle(_tree: Tree) -> None:
    """Until the clock that stamps files has gone on: what is younger is read once more."""
    time.sleep(0.05)


def change_all(tree: Tree) -> None:
    tree.change(tree.names, f"version {time.monotonic_ns()}")
    settle(tree)


def change_one(tree: Tree) -> None:
    tree.change(tree.names[:1], f"version {time.monotonic_ns()}")
    settle(tree)


OPERATIONS: list[tuple[str, Callable[[Tree], None], list[str]]] = [
    ("first backup", settle, ["backup"]),
    ("backup, nothing changed", settle, ["backup"]),
    ("backup, all changed", change_all, ["backup"]),
    # Before the restores: what those have replaced within a tick is read anew until the next backup.
    ("status", settle, ["status"]),
    ("list", settle, ["list"]),
    ("restore, nothing changed", settle, ["rollback", "--files-only", "--to", "latest"]),
    ("restore, one changed", change_one, ["rollback", "--files-only", "--to", "latest"]),
    ("restore, all changed", change_all, ["rollback", "--files-only", "--to", "latest"]),
    ("verify", settle, ["verify", "latest"]),
]


def traced(binary: str, words: list[str], root: Path) -> Counter[str]:
    os.sync()  # or a store with much unwritten data around is synced file by file
    with tempfile.NamedTemporaryFile("r") as trace:
        command = ["strace", "-f", "-o", trace.name, binary, *words]
        ended = subprocess.run(command, cwd=root, env=environment(root), stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, check=False)
        if ended.returncode != 0:
            sys.exit(f"{words} exited with {ended.returncode}: {ended.stdout.decode()[-1000:]}")
        found = (LINE.match(line) for line in trace)
        return Counter(match.group(1) for match in found if match and match.group(1) not in MEMORY)


def counts(binary: str, services: int, scratch: Path) -> dict[str, Counter[str]]:
    tree = Tree(scratch / str(services), services)
    tree.make()
    found = {}
    for name, prepare, words in OPERATIONS:
        prepare(tree)
        found[name] = traced(binary, words, tree.root)
    return found


def counts_with_kept(binary: str, kept: int, scratch: Path) -> dict[str, Counter[str]]:
    tree = Tree(scratch / f"kept-{kept}", 3)
    tree.make()
    for _ in range(kept):
        subprocess.run([binary, "backup"], cwd=tree.root, env=environment(tree.root), check=True,
                       stdout=subprocess.DEVNULL)
    settle(tree)
    return {KEPT: traced(binary, ["run", "--deploy", "true"], tree.root)}


def per_one(binary: str, place: Path) -> dict[str, dict[str, int]]:
    with tempfile.TemporaryDirectory(prefix="calls-", dir=place) as scratch:
        few, many = (counts(binary, number, Path(scratch)) | counts_with_kept(binary, number, Path(scratch))
                     for number in (FEW, MANY))
    found = {}
    for name in few:
        calls = {call: (many[name][call] - few[name][call]) / (MANY - FEW)
                 for call in sorted(many[name] | few[name])}
        found[name] = {call: round(number) for call, number in calls.items() if round(number)}
    return found


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if shutil.which("strace") is None:
        print("skipped: there is no strace")
        return SKIPPED
    # Where a file system cannot be trusted with one sync for all, there would be one for each.
    place = find_tmpfs(to_execute=False)
    if place is None:
        print("skipped: no tmpfs to work on, and none can be mounted")
        return SKIPPED
    found = per_one(options.binary, place)
    for _ in range(RETRIES if options.check else 0):
        if found == PINNED:
            break
        found = per_one(options.binary, place)  # a file that is younger than a tick is read anew
    for name, calls in found.items():
        print(f"{sum(calls.values()):>4} {name}: " +
              ", ".join(f"{number} {call}" for call, number in calls.items()))
    if not found["first backup"].get("openat2"):
        print("skipped: openat2 is refused here")
        return SKIPPED
    wrong = [name for name in PINNED if options.check and found[name] != PINNED[name]]
    for name in wrong:
        print(f"{name}: pinned are {PINNED[name]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
