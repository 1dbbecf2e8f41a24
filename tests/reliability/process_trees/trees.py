#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Commands that grow into trees and do not end: as a deploy, as a generator and as an attempt of
the health check, each over its time. Nothing of the tree may be left when the program goes on,
nothing else may be touched, and it must go on in time.

    trees.py --binary build/dev/backstep [--repeat 67] [--shape hopper] [--place "process 1"]

Exit 0: so it was, every time; 1: not so; 125: cannot be done here.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from bench import judge_all  # noqa: E402
from harness.program import on_tmpfs, options_parser, print_violations  # noqa: E402
from overtime import KINDS, Case, Verdict, limit_of, try_case  # noqa: E402
from places import PLACES, Place, why_not  # noqa: E402
from shapes import SHAPES, unseen  # noqa: E402



def be_prompt() -> None:
    """The program must be stopped a moment after it has said something, on a busy machine too. Our
    children are scheduled as ever."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO | os.SCHED_RESET_ON_FORK, os.sched_param(1))
    except OSError as error:
        print(f"some runs may be over before they can be looked at: {error}")


def print_table(verdicts: list[Verdict]) -> None:
    print(f"\n{'shape':<26}{'place':<12}{'runs':>6}{'processes':>11}{'survivors':>11}"
          f"{'overshoot, ms':>15}{'of which check':>16}")
    for shape in SHAPES:
        for place in PLACES:
            own = [each for each in verdicts
                   if each.case.shape is shape and each.case.place is place]
            if not own:
                continue
            checks = [each.overshoot for each in own if each.case.kind == "check"]
            print(f"{shape.name:<26}{place.name:<12}{len(own):>6}"
                  f"{max(each.grown for each in own):>11}{sum(each.survivors for each in own):>11}"
                  f"{max(each.overshoot for each in own) * 1000:>15.0f}"
                  f"{max(checks, default=0.0) * 1000:>16.0f}")


def possible_places(options: argparse.Namespace) -> list[Place]:
    found = []
    for place in PLACES:
        reason = why_not(place)
        if reason:
            print(f"left out: {place.name}: {reason}")
        elif not options.place or place.name in options.place:
            found.append(place)
    return found


def try_all(options: argparse.Namespace, places: list[Place], scratch: Path) -> int:
    shapes = [each for each in SHAPES if not options.shape or each.name in options.shape]
    cases = [Case(shape, place, kind) for _ in range(options.repeat) for shape in shapes
             for place in places for kind in KINDS]
    begun = time.monotonic()
    verdicts = judge_all(scratch, options.binary, options.jobs, places, cases, try_case)
    print_violations(verdicts)
    print_table(verdicts)
    trouble = unseen((each.case.shape, each.grown) for each in verdicts)
    unjudged = [each for each in verdicts
                if each.overshoot > limit_of(each.case) and not each.violations]
    if unjudged:
        print(f"{len(unjudged)} overshoots over the limit are not judged: the machine "
              f"stood still for up to {max(each.standstill for each in unjudged) * 1000:.0f} ms")
    print("\n".join(trouble))
    broken = sum(bool(each.violations) for each in verdicts)
    print(f"{len(verdicts)} runs, {sum(each.survivors for each in verdicts)} survivors, {broken} "
          f"violated, largest overshoot {max(each.overshoot for each in verdicts) * 1000:.0f} ms, "
          f"{sum(each.repeats for each in verdicts)} repeated, "
          f"{time.monotonic() - begun:.0f} s in all")
    return 1 if broken or trouble else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--shape", action="append", choices=[each.name for each in SHAPES])
    parser.add_argument("--place", action="append", choices=[each.name for each in PLACES])
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    be_prompt()
    places = possible_places(options)
    return on_tmpfs(lambda scratch: try_all(options, places, scratch), to_execute=True,
                    why_not="" if places else "there is no place where it could run")


if __name__ == "__main__":
    sys.exit(main())
