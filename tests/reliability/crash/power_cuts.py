#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cuts the power at calls of the program on files: the file system, in an image of its own, is shut
down there, mounted again, and what the disk holds must keep what the design promises.

    power_cuts.py … --cuts 100        so many, on two kinds of ext4
    power_cuts.py … --all             1,000 cuts on each of them and on XFS

A kill leaves the page cache as it is and cannot show a missing fsync; this does. Exit 0: each cut
came and every promise was kept; 1: not so; 125: cannot be done here.
"""

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

import promises  # noqa: E402
from attempt import Attempt, Verdict, until_hit  # noqa: E402
from calls import Hangs, Injection, Point, run_injected  # noqa: E402
from campaign import Campaign  # noqa: E402
from harness.disks import EXT4, EXT4_STRICT, XFS, Disk, Kind, NoDisk  # noqa: E402
from harness.files import differences  # noqa: E402
from harness.program import SKIPPED  # noqa: E402
from harness.running import wait_for_keepers  # noqa: E402
from harness.scratch import mounts_are_private  # noqa: E402
from options import on_tmpfs, options_parser  # noqa: E402
from scenarios import CannotPrepare, Scenario  # noqa: E402
from workspace import Workspace  # noqa: E402

# The calls before which something may be lost; between two of them a disk holds the same.
CHANGES = {"write", "fsync", "fdatasync", "syncfs", "renameat", "renameat2", "linkat", "unlinkat", "mkdirat",
           "ftruncate", "fchmod", "fchown", "fsetxattr", "fremovexattr", "close"}

Task = tuple[int, int, Point | None]  # kind, scenario, where


class CutAttempt(Attempt):
    """What a command wrote and nobody flushed may be lost or torn as long as that command could still
    be running: until then the journal says `armed`."""

    torn_lines = 1  # nobody flushed the line that was being appended

    def check_at_once(self) -> None:
        self.look()
        torn = self.journal is not None and self.journal["phase"] == "armed"
        if not torn:
            self.violations += promises.each_file_old_or_new(self.live, self.workspace.versions)
        self.violations += promises.nothing_changed_unarmed(self.wanted, self.journal, self.live)
        self.check_store("at once")

    def check_end(self, disk: Disk) -> None:
        """Once it has ended, with whatever exit code, nothing may be lost any more."""
        ended = self.call(*self.scenario.arguments)
        if ended.status != self.scenario.normal_exit:
            self.violations.append(f"exit {ended.status}: {ended.said}")
        self.look()
        before, live, journal = self.published, self.live, self.journal
        disk.cut_now()
        disk.power_on()
        self.look()
        self.violations += differences("I5: after its end", self.live, live)
        if self.journal != journal:
            self.violations.append("I5: the journal is not as it was left")
        if self.published.keys() != before.keys():
            self.violations.append(f"I5: published were {', '.join(before)}, there are "
                                   f"{', '.join(self.published) or 'none'}")
        self.check_all()

    def check_recover(self) -> None:
        super().check_recover()
        if self.journal is not None and self.journal["phase"] == "armed":
            self.violations = [each for each in self.violations if not each.startswith("evidence:")]


class Cutting(Campaign[Task]):
    stories = ("run succeeds", "run fails its check", "rollback", "recover from restoring",
               "finish after failure", "backup")
    title, what = "power cut", "power cuts"

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        super().__init__(options, scratch)
        self.kinds: list[Kind] = [EXT4, EXT4_STRICT, *([XFS] if options.all else [])]
        self.disks: dict[int, Disk] = {}  # of this process

    def groups(self) -> list[str]:
        return [kind.name for kind in self.kinds]

    def group_of(self, task: Task) -> int:
        return task[0]

    def point_of(self, task: Task) -> Point | None:
        return task[2]

    def is_wanted(self, point: Point) -> bool:
        return point.call in CHANGES and super().is_wanted(point)

    def disk(self, workspace: Workspace, kind: int) -> Disk:
        if kind not in self.disks:
            self.disks[kind] = Disk(self.kinds[kind], workspace.root.parent / f"disk{kind}")
        return self.disks[kind]

    def attempt(self, workspace: Workspace, task: Task) -> Verdict:
        kind, number, point = task
        return until_hit(point, lambda which: self.try_cut(workspace, kind, self.scenarios[number],
                                                           which))

    def try_cut(self, workspace: Workspace, kind: int, scenario: Scenario,
                point: Point | None) -> Verdict:
        disk = self.disk(workspace, kind)
        on_disk = Workspace(disk.root, workspace.workload)
        attempt = CutAttempt(scenario, on_disk, self.programs)
        injections = [Injection(point, disk.cut())] if point else []
        try:
            attempt.begin()
            disk.settle()
            if point is None:
                attempt.check_end(disk)
                return Verdict([], violations=attempt.violations)
            hit, _ = run_injected(self.programs, injections, scenario.arguments, on_disk.root)
            if not hit:
                wait_for_keepers(on_disk, self.programs.binary)
                return Verdict(injections, hit=False)
            disk.power_on()
            attempt.check_all()
        except (CannotPrepare, Hangs, NoDisk, ValueError, OSError) as error:
            attempt.violations.append(f"{type(error).__name__}: {error}")
        return Verdict(injections, violations=attempt.violations)

    def tasks(self, points: list[list[Point]]) -> list[Task]:
        every = [(number, point) for number, found in enumerate(points) for point in found]
        wanted = 1000 if self.options.all else self.options.cuts // len(self.kinds)
        chosen = [every[number * len(every) // wanted] for number in range(min(wanted, len(every)))]
        if self.options.every:
            chosen = every
        ends = [(number, None) for number in range(len(self.scenarios))]
        return [(kind, number, point) for kind in range(len(self.kinds))
                for number, point in [*ends, *chosen]]


def why_no_disk(scratch: Path) -> str:
    try:
        disk = Disk(EXT4, scratch / "trial")
        disk.power_on()
        disk.remove()
    except NoDisk as trouble:
        return str(trouble)
    return ""


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--cuts", type=int, default=100, metavar="N")
    parser.add_argument("--every", action="store_true", help="before every call that changes something")
    options = parser.parse_args()

    def work(scratch: Path) -> int:
        reason = why_no_disk(scratch)
        if reason:
            print(f"skipped: no file system in an image can be mounted here: {reason}")
            return SKIPPED
        return Cutting(options, scratch).run()

    if not mounts_are_private():
        print("skipped: mounting is not permitted here")
        return SKIPPED
    return on_tmpfs(options, work)


if __name__ == "__main__":
    sys.exit(main())
