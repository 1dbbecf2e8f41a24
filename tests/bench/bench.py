#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Backup and restore, beside the algorithm that this project started from. Whole processes, the two
in turn, several rounds; the median of each row and how many times faster we are.

    bench.py --binary build/release/backstep                  1,000 services, beneath build/
    bench.py --services 10000 --rounds 3 --directory /mnt/x
    bench.py --smoke                                          only that what is measured is correct

Every backup of ours is durable and hashed, and every restore verified before it touches a file; the
other side does neither.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is

from tree import Tree  # noqa: E402

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build"
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}


@dataclass(frozen=True)
class Contender:
    name: str
    backup: list[str]
    rollback: list[str]


@dataclass(frozen=True)
class Row:
    name: str
    prepare: Callable[[Tree], None]
    restores: bool


ROWS = [
    Row("first backup", lambda tree: None, False),
    Row("backup, 1 % changed", lambda tree: tree.change(tree.some(1), "second"), False),
    Row("restore, 1 % changed", lambda tree: tree.change(tree.some(1), "third"), True),
    Row("restore, all changed", lambda tree: tree.change(tree.names, "fourth"), True),
]


def time_command(command: list[str], root: Path) -> float:
    os.sync()
    begun = time.perf_counter()
    ended = subprocess.run(command, cwd=root, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    seconds = time.perf_counter() - begun
    if ended.returncode != 0:
        sys.exit(f"{command} exited with {ended.returncode}:\n{ended.stdout.decode()[-2000:]}")
    return seconds * 1000


def wait_for_the_next_second() -> None:
    """The other side names its backups by the second, and would write into the one before."""
    time.sleep(1.01 - time.time() % 1)


def run_row(row: Row, contender: Contender, tree: Tree) -> float:
    wanted = tree.live()
    row.prepare(tree)
    if row.restores:
        milliseconds = time_command(contender.rollback, tree.root)
        if tree.live() != wanted:
            sys.exit(f"{contender.name}: '{row.name}' did not bring the tree back")
        return milliseconds
    milliseconds = time_command(contender.backup, tree.root)
    if tree.newest_backup() != tree.live():
        sys.exit(f"{contender.name}: '{row.name}' did not store what lies there")
    return milliseconds


def run_round(number: int, contenders: list[Contender], scratch: Path,
              services: int) -> dict[tuple[str, str], float]:
    trees = {}
    for contender in contenders:
        trees[contender.name] = Tree(scratch / f"{number}-{contender.name}", services)
        trees[contender.name].make()
    times = {}
    turn = contenders if number % 2 == 0 else contenders[::-1]
    for row in ROWS:
        wait_for_the_next_second()
        for contender in turn:
            times[row.name, contender.name] = run_row(row, contender, trees[contender.name])
    return times


def file_system_of(place: Path) -> str:
    command = ["stat", "--file-system", "--format=%T", str(place)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def print_table(rounds: list[dict[tuple[str, str], float]], ours: str, other: str) -> None:
    print(f"{'ms, median':<24}{other:>12}{ours:>12}{'ratio':>9}")
    for row in ROWS:
        median = {name: statistics.median(times[row.name, name] for times in rounds)
                  for name in (ours, other)}
        print(f"{row.name:<24}{median[other]:>12.1f}{median[ours]:>12.1f}"
              f"{median[other] / median[ours]:>8.1f}x")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(BUILD / "release" / "backstep"))
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--directory", default=str(BUILD), help="where the trees are made")
    parser.add_argument("--smoke", action="store_true", help="20 services, one round, no times")
    options = parser.parse_args()
    options.binary = str(Path(options.binary).resolve(strict=True))
    if options.smoke:
        options.services, options.rounds = 20, 1
    return options


def main() -> int:
    options = read_options()
    original = [sys.executable, str(HERE / "original.py")]
    ours = Contender("backstep", [options.binary, "backup"],
                     [options.binary, "rollback", "--files-only"])
    other = Contender("Python", [*original, "backup"], [*original, "rollback"])
    scratch = Path(tempfile.mkdtemp(prefix="bench-", dir=options.directory))
    try:
        # Removed at the very end: files are made slower on ext4 after many were removed.
        rounds = [run_round(number, [ours, other], scratch, options.services)
                  for number in range(options.rounds)]
        if options.smoke:
            print("every backup and restore was correct")
        else:
            print(f"{options.services} services of 2 KB, {file_system_of(scratch)}, "
                  f"{options.rounds} rounds")
            print_table(rounds, ours.name, other.name)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
