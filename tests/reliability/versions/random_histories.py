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
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from harness.program import on_tmpfs, options_parser  # noqa: E402
from harness.stories import Told, report, shrunk, tell  # noqa: E402
from history import History  # noqa: E402

SHRINKING = 20  # seconds


def steps_of(seed: int) -> list[int]:
    return list(range(random.Random(f"{seed}/length").randint(4, 10)))


def one(work: tuple[Path, str, int, bool]) -> Told:
    place, binary, seed, keeps = work
    root = place / f"history-{seed}"

    def told_by(numbers: list[int]) -> Told:
        return tell(History(root, binary, seed), numbers)

    told = told_by(steps_of(seed))
    if told.violations:
        told = shrunk(told, told_by, SHRINKING)
        if keeps:
            told = told_by(told.taken)
    if not (told.violations and keeps):
        shutil.rmtree(root, ignore_errors=True)
    return told


def read_options() -> argparse.Namespace:
    parser = options_parser(__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first history")
    parser.add_argument("--count", type=int, default=70)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--most", type=int, default=3, help="violations that are told whole")
    parser.add_argument("--stop", action="store_true", help="at the first violation")
    parser.add_argument("--tell", action="store_true", help="every history")
    parser.add_argument("--keep", action="store_true", help="the trees of violations")
    return parser.parse_args()


def go_through(options: argparse.Namespace, place: Path) -> int:
    begun = time.monotonic()
    kinds: collections.Counter[str] = collections.Counter()
    count = calls = 0
    work = [(place, options.binary, seed, options.keep)
            for seed in range(options.seed, options.seed + options.count)]
    # A worker that dies is an error here; a plain pool would wait for its answer for ever.
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for told in pool.map(one, work):
            count, calls = count + 1, calls + told.calls
            if options.tell:
                print(f"seed {told.seed}:", *told.lines, sep="\n    ")
            if told.violations:
                kinds[told.kind] += 1
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
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # its place is removed

    def work(place: Path) -> int:
        if options.keep:
            print(f"what is violated will lie in {place}")
        return go_through(options, place)

    return on_tmpfs(work, keep=options.keep)


if __name__ == "__main__":
    sys.exit(main())
