#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random stories of verbs, kills, edits by somebody and damaged sets, against a small model.

    states.py --binary build/dev/backstep                 40 stories, always the same
    states.py --binary build/dev/backstep --seconds 600 --seed 7000
    states.py --binary … --seed 7042 --stories 1 --tell   one story again, step by step

A violation is told with its seed and with the fewest of its steps that still show it. Exit 0: every
promise kept; 1: not so; 125: cannot be done here.
"""

import argparse
import signal
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from harness.program import on_tmpfs, options_parser  # noqa: E402
from harness.stories import Told, report, shrunk, tell  # noqa: E402
from harness.tracing import why_not_here  # noqa: E402
from story import Story  # noqa: E402

STEPS = 40
SHRINKING = 30  # seconds


def read_options() -> argparse.Namespace:
    parser = options_parser(__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first story")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--stories", type=int, default=40)
    length.add_argument("--seconds", type=float, help="for how long, instead of how many")
    parser.add_argument("--steps", type=int, default=STEPS, help="of each story")
    parser.add_argument("--most", type=int, default=3, help="violations, then it stops")
    parser.add_argument("--tell", action="store_true", help="every step of every story")
    return parser.parse_args()


def tell_all(options: argparse.Namespace, place: Path) -> int:
    begun = time.monotonic()
    all_told: list[Told] = []

    def told_by(seed: int, numbers: list[int]) -> Told:
        return tell(Story(place / "story" / "workspace", options.binary, seed), numbers)

    def violated() -> int:
        return sum(bool(each.violations) for each in all_told)

    while violated() < options.most and (time.monotonic() - begun < options.seconds
                                         if options.seconds else len(all_told) < options.stories):
        seed = options.seed + len(all_told)
        told = told_by(seed, list(range(options.steps)))
        all_told.append(told)
        if options.tell:
            print(f"seed {seed}:", *told.lines, sep="\n    ")
        if told.violations:
            report(shrunk(told, lambda numbers: told_by(told.seed, numbers), SHRINKING))
    print(f"\n{len(all_told)} stories from --seed {options.seed}: "
          f"{sum(each.calls for each in all_told)} calls, "
          f"{sum(each.kills for each in all_told)} of them killed, {violated()} violated, "
          f"{time.monotonic() - begun:.0f} s")
    return 1 if violated() else 0


def main() -> int:
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # its place is removed
    return on_tmpfs(lambda place: tell_all(options, place), why_not=why_not_here())


if __name__ == "__main__":
    sys.exit(main())
