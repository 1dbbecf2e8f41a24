# SPDX-License-Identifier: Apache-2.0
"""Random stories: told step by step from a seed, and made shorter as long as they still fail."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Story(Protocol):
    seed: int
    told: list[str]  # each step as one would write it down
    calls: int
    kills: int

    def step(self, number: int) -> list[str]:
        """What is violated. Each step has its own random numbers, so that leaving one out changes
        no other more than it must."""


@dataclass
class Told:
    seed: int
    taken: list[int]  # numbers of its steps, the last one is that of the violation
    lines: list[str]
    violations: list[str]
    calls: int
    kills: int

    @property
    def kind(self) -> str:
        """Of its first violation."""
        return self.violations[0].split(":")[0] if self.violations else ""


def tell(story: Story, numbers: list[int]) -> Told:
    """Up to the first violation."""
    taken, violations = [], []
    for number in numbers:
        taken.append(number)
        violations = story.step(number)
        if violations:
            break
    return Told(story.seed, taken, story.told, violations, story.calls, story.kills)


def shrunk(told: Told, again: Callable[[list[int]], Told], seconds: float) -> Told:
    """Without one step after the other, as long as something of the same kind is still violated."""
    deadline = time.monotonic() + seconds
    left = 0
    while left < len(told.taken) - 1 and time.monotonic() < deadline:
        fewer = again(told.taken[:left] + told.taken[left + 1:])
        if fewer.kind == told.kind:
            told = fewer
        else:
            left += 1
    return told


def report(told: Told) -> None:
    print(f"\nVIOLATED with --seed {told.seed}, in {len(told.taken)} steps:")
    for line in told.lines:
        print("    " + line.replace("\n", "\n    "))
    for violation in told.violations[:6]:
        print(f"  ! {violation}")
