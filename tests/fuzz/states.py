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
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.append(str(Path(__file__).resolve().parent.parent / "reliability/crash"))

from killing import why_not_here  # noqa: E402
from scratch import find_tmpfs  # noqa: E402
from story import Story  # noqa: E402

SKIPPED = 125
STEPS = 40
SHRINKING = 30  # seconds


@dataclass
class Told:
    story: Story
    taken: list[int]  # numbers of its steps, the last one is that of the violation
    violations: list[str]


def tell(root: Path, binary: str, seed: int, numbers: list[int]) -> Told:
    story = Story(root, binary, seed)
    for count, number in enumerate(numbers, 1):
        violations = story.step(number)
        if violations:
            return Told(story, numbers[:count], violations)
    return Told(story, numbers, [])


def shrunk(root: Path, binary: str, seed: int, told: Told) -> Told:
    """Without one step after the other, as long as something is still violated."""
    deadline = time.monotonic() + SHRINKING
    left = 0
    while left < len(told.taken) - 1 and time.monotonic() < deadline:
        fewer = tell(root, binary, seed, told.taken[:left] + told.taken[left + 1:])
        if fewer.violations:
            told = fewer
        else:
            left += 1
    return told


def report(seed: int, told: Told) -> None:
    print(f"\nVIOLATED with --seed {seed}, in {len(told.taken)} steps:")
    for line in told.story.told:
        print(f"    {line}")
    for violation in told.violations[:6]:
        print(f"  ! {violation}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the first story")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--stories", type=int, default=40)
    length.add_argument("--seconds", type=float, help="for how long, instead of how many")
    parser.add_argument("--steps", type=int, default=STEPS, help="of each story")
    parser.add_argument("--most", type=int, default=3, help="violations, then it stops")
    parser.add_argument("--tell", action="store_true", help="every step of every story")
    options = parser.parse_args()
    options.binary = str(Path(options.binary).resolve(strict=True))
    return options


def main() -> int:
    options = read_options()
    sys.stdout.reconfigure(line_buffering=True)  # a long run is watched through a pipe
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # its place is removed
    reason = why_not_here()
    scratch = None if reason else find_tmpfs()
    if scratch is None:
        print(f"skipped: {reason or 'no tmpfs to work on, and none can be mounted'}")
        return SKIPPED
    place = Path(tempfile.mkdtemp(dir=scratch, prefix="backstep-states-"))
    root = place / "story" / "workspace"
    begun = time.monotonic()
    stories = calls = kills = violated = 0
    try:
        while violated < options.most and (time.monotonic() - begun < options.seconds
                                           if options.seconds else stories < options.stories):
            seed = options.seed + stories
            told = tell(root, options.binary, seed, list(range(options.steps)))
            stories, calls, kills = stories + 1, calls + told.story.calls, kills + told.story.kills
            if options.tell:
                print(f"seed {seed}:", *told.story.told, sep="\n    ")
            if told.violations:
                violated += 1
                report(seed, shrunk(root, options.binary, seed, told))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(f"\n{stories} stories from --seed {options.seed}: {calls} calls, {kills} of them killed, "
          f"{violated} violated, {time.monotonic() - begun:.0f} s")
    return 1 if violated else 0


if __name__ == "__main__":
    sys.exit(main())
