#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random histories of one project: its settings, its environment, its checkouts and its files
change between runs that are good, bad or killed. After each step the disk is looked at and compared
with what a small model allows: nothing is lost, nothing untracked is touched, what is said is so.

    random_histories.py --binary build/dev/backstep                 70 histories, always the same
    random_histories.py --binary … --seed 7000 --count 3000 --jobs 2
    random_histories.py --binary … --seed 7042 --count 1 --tell     one of them again

A violation is told with its seed and as the shortest list of commands that still shows it; with
--keep its tree stays to be looked at. Exit 0: every promise kept; 1: not so; 125: cannot be done
here.
"""

import argparse
import collections
import concurrent.futures
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.append(str(Path(__file__).resolve().parent.parent / "crash"))

from history import History  # noqa: E402
from scratch import find_tmpfs  # noqa: E402

SKIPPED = 125
SHRINKING = 20  # seconds


@dataclass
class Told:
    seed: int
    taken: list[int]  # numbers of its steps, the last one is that of the violation
    lines: list[str]
    violations: list[str]
    calls: int


def tell(root: Path, binary: str, seed: int, numbers: list[int]) -> Told:
    history = History(root, binary, seed)
    for count, number in enumerate(numbers, 1):
        violations = history.step(number)
        if violations:
            return Told(seed, numbers[:count], history.told, violations, history.calls)
    return Told(seed, numbers, history.told, [], history.calls)


def shrunk(root: Path, binary: str, told: Told) -> Told:
    """Without one step after the other, as long as something of the same kind is still violated."""
    deadline = time.monotonic() + SHRINKING
    left = 0
    while left < len(told.taken) - 1 and time.monotonic() < deadline:
        fewer = tell(root, binary, told.seed, told.taken[:left] + told.taken[left + 1:])
        if fewer.violations and kind(fewer) == kind(told):
            told = fewer
        else:
            left += 1
    return told


def kind(told: Told) -> str:
    return told.violations[0].split(":")[0]


def steps_of(seed: int) -> list[int]:
    return list(range(random.Random(f"{seed}/length").randint(4, 10)))


def one(work: tuple[Path, str, int, bool, bool]) -> Told:
    place, binary, seed, shrinks, keeps = work
    root = place / f"history-{seed}"
    told = tell(root, binary, seed, steps_of(seed))
    if told.violations and shrinks:
        told = shrunk(root, binary, told)
        if keeps:
            told = tell(root, binary, seed, told.taken)
    if not (told.violations and keeps):
        shutil.rmtree(root, ignore_errors=True)
    return told


def report(told: Told) -> None:
    print(f"\nVIOLATED with --seed {told.seed}, in {len(told.taken)} steps:")
    for line in told.lines:
        print("    " + line.replace("\n", "\n    "))
    for violation in told.violations[:6]:
        print(f"  ! {violation}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the first history")
    parser.add_argument("--count", type=int, default=70)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--most", type=int, default=3, help="violations that are told whole")
    parser.add_argument("--stop", action="store_true", help="at the first violation")
    parser.add_argument("--tell", action="store_true", help="every history")
    parser.add_argument("--keep", action="store_true", help="the trees of violations")
    options = parser.parse_args()
    options.binary = str(Path(options.binary).resolve(strict=True))
    return options


def go_through(options: argparse.Namespace, place: Path) -> int:
    begun = time.monotonic()
    kinds: collections.Counter[str] = collections.Counter()
    count = calls = 0
    work = [(place, options.binary, seed, True, options.keep)
            for seed in range(options.seed, options.seed + options.count)]
    # A worker that dies is an error here; a plain pool would wait for its answer for ever.
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for told in pool.map(one, work):
            count, calls = count + 1, calls + told.calls
            if options.tell:
                print(f"seed {told.seed}:", *told.lines, sep="\n    ")
            if told.violations:
                kinds[kind(told)] += 1
                if sum(kinds.values()) <= options.most:
                    report(told)
                if options.stop:
                    pool.shutdown(cancel_futures=True)
                    break
    seconds = time.monotonic() - begun
    print(f"\n{count} histories from --seed {options.seed}: {calls} calls, "
          f"{sum(kinds.values())} violated, {seconds:.0f} s")
    for name, number in kinds.most_common():
        print(f"  {number:5} {name}")
    return 1 if kinds else 0


def main() -> int:
    options = read_options()
    sys.stdout.reconfigure(line_buffering=True)  # a long run is watched through a pipe
    scratch = find_tmpfs()
    if scratch is None:
        print("skipped: no tmpfs to work on, and none can be mounted")
        return SKIPPED
    place = Path(tempfile.mkdtemp(dir=scratch, prefix="backstep-versions-"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # its place is removed
    try:
        return go_through(options, place)
    finally:
        if options.keep:
            print(f"what was violated lies in {place}")
        else:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
