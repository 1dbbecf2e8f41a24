#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the program at every call that it makes on a file or descriptor, one run for each, and
checks what the design promises: at once, and after `recover`.

    kill_points.py … --points 3000                        every call site, and so many points
    kill_points.py … --all                                every point of every scenario
    kill_points.py … --scenario rollback --services 5 --only renameat --keep

A kill does not test fsync, for the page cache survives it; power_cuts.py does. Exit 0: every point
was hit and every promise kept; 1: not so; 125: cannot be done here.
"""

import math
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from attempt import Verdict, attempt_kill, until_hit  # noqa: E402
from calls import Injection, Point  # noqa: E402
from campaign import Campaign  # noqa: E402
from options import on_tmpfs, options_parser  # noqa: E402
from points import select  # noqa: E402
from workspace import Workspace  # noqa: E402

# A call for the twentieth service is made where the one for the fifth was, and takes longer to try.
WEIGHTS = {1: 1.0, 5: 0.2, 20: 0.03}

Task = tuple[int, Point | None]  # scenario, where


class Killing(Campaign[Task]):
    title, what = "killed", "crash points"

    def groups(self) -> list[str]:
        return [str(scenario) for scenario in self.scenarios]

    def group_of(self, task: Task) -> int:
        return task[0]

    def point_of(self, task: Task) -> Point | None:
        return task[1]

    def attempt(self, workspace: Workspace, task: Task) -> Verdict:
        number, point = task
        return until_hit(point, lambda which: attempt_kill(
            self.scenarios[number], workspace, self.programs,
            [Injection(which, "kill")] if which else []))

    def tasks(self, points: list[list[Point]]) -> list[Task]:
        chosen = points if self.options.all or not self.options.points else self.selected(points)
        return [(number, point) for number, found in enumerate(chosen) for point in [*found, None]]

    def selected(self, points: list[list[Point]]) -> list[list[Point]]:
        weights = [len(found) * WEIGHTS.get(scenario.services, 1)
                   for scenario, found in zip(self.scenarios, points, strict=True)]
        known: set[tuple[str, str]] = set()
        return [select(found, math.ceil(self.options.points * weight / sum(weights)), known)
                for found, weight in zip(points, weights, strict=True)]


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--points", type=int, default=0, metavar="N", help="about so many; 0: all")
    options = parser.parse_args()
    return on_tmpfs(options, lambda scratch: Killing(options, scratch).run())


if __name__ == "__main__":
    sys.exit(main())
