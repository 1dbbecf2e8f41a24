#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the program on disks of every size from too small to large enough, in steps of a page.

    full_disk.py --binary build/dev/backstep [--shape NAME …] [--step BYTES]

Whatever the size: each live file is the old or the new one, whole; a failure is said with path and
cause; and once there is room, `recover` brings back what the run was to end with. Exit 0: so it was;
1: not so; 125: cannot be done here.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from harness.files import Files, differences  # noqa: E402
from harness.program import SHOWN, on_tmpfs, options_parser  # noqa: E402
from harness.scratch import mounts_are_private  # noqa: E402
from small_disk import NEW, OLD, PAGE, PLENTY, TAKEN, SmallDisk, Tree  # noqa: E402

CAUSE = "No space left on device"
# A path in quotes before the cause; the generator's cp puts it likewise.
SAID = re.compile(r"'[^']+'[^\n]*: " + CAUSE)


@dataclass(frozen=True)
class Shape:
    """What meets the full disk, and how it may end: by exit code, which set is live then (None: file
    by file either) and which after `recover`."""
    name: str
    sizes: range
    act: Callable[[Tree, SmallDisk, int], int]  # on the disk that is, or is made, small
    ends: dict[int, tuple[Files | None, Files]]
    store_apart: bool = False
    starts_small: bool = True  # or is filled by `act`


BACK = {6: (OLD, OLD), 5: (OLD, OLD), 1: (OLD, OLD), 20: (OLD, OLD), 22: (None, OLD)}


def fill_in_deploy(tree: Tree, disk: SmallDisk, free: int) -> int:
    place = disk.place / TAKEN
    return tree.run(f"free=$(df --output=avail -B1 {disk.place} | tail -n 1); "
                    f"head -c $((free - {free})) /dev/zero >{place}; false")


def roll_back_by_hand(tree: Tree, disk: SmallDisk, free: int) -> int:
    tree.call("backup")
    tree.generate()
    disk.leave_free(free)
    return tree.call("rollback", "--exact", "--files-only")


def a_good_run(tree: Tree, _disk: SmallDisk, _size: int) -> int:
    status = tree.run("true")
    # 1 has two meanings: a step of ours failed before the deploy, or the store after the check.
    return 0 if status == 1 and "the new version, healthy" in tree.ended.out + tree.ended.error else status


SHAPES = [
    Shape("run fails", range(28 << 10, 260 << 10), lambda t, _d, _s: t.run("false"), BACK),
    Shape("run fails, store apart", range(0, 220 << 10), lambda t, _d, _s: t.run("false"), BACK,
          store_apart=True),
    Shape("run succeeds", range(28 << 10, 280 << 10), a_good_run, BACK | {0: (NEW, NEW)}),
    Shape("run succeeds, store apart", range(0, 240 << 10), a_good_run, BACK | {0: (NEW, NEW)},
          store_apart=True),
    Shape("deploy fills the disk", range(0, 80 << 10), fill_in_deploy, BACK, starts_small=False),
    Shape("deploy fills the store", range(0, 80 << 10), fill_in_deploy, BACK, store_apart=True,
          starts_small=False),
    Shape("backup", range(28 << 10, 100 << 10), lambda t, _d, _s: t.call("backup"),
          {0: (OLD, OLD), 6: (OLD, OLD)}),
    Shape("rollback by hand", range(0, 80 << 10), roll_back_by_hand,
          {0: (OLD, OLD), 6: (NEW, NEW), 22: (None, OLD)}, starts_small=False),
]


class Attempt:
    def __init__(self, shape: Shape, size: int, tree: Tree, disk: SmallDisk) -> None:
        self.shape = shape
        self.size = size
        self.tree = tree
        self.disk = disk
        self.wrong: list[str] = []

    @property
    def said(self) -> str:
        return self.tree.ended.out + self.tree.ended.error

    def expect(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(f"{self.shape.name}, {self.size >> 10} KiB: {what}: "
                              f"{self.tree.ended.said}")

    def is_live(self, wanted: Files, when: str) -> None:
        found = differences(when, self.tree.live(), wanted)
        self.expect(not found, "; ".join(found))

    def each_old_or_new(self) -> None:
        live = self.tree.live()
        torn = sorted(path for path in live.keys() | OLD.keys() | NEW.keys()
                      if live.get(path) not in (OLD.get(path), NEW.get(path)))
        self.expect(not torn, f"neither old nor new, or left over: {torn}")

    def run(self) -> int:
        status = self.shape.act(self.tree, self.disk, self.size)
        if status not in self.shape.ends:
            self.expect(False, f"exit {status}")
            return status
        live, settled = self.shape.ends[status]
        self.each_old_or_new()
        if live is not None:
            self.is_live(live, f"after exit {status}")
        if status not in (0, 20):
            self.expect(SAID.search(self.said) is not None, "not said where and why")
        self.expect(self.tree.has_journal() == (status == 22) or status in (0, 1),
                    f"exit {status} and the journal do not fit")
        self.settle(settled)
        return status

    def settle(self, settled: Files) -> None:
        """There is room again."""
        (self.disk.place / TAKEN).unlink(missing_ok=True)
        self.disk.grow()
        for times in ("recover", "a second recover"):
            ended = self.tree.call("recover")
            self.expect(ended in ((0, 20, 21) if times == "recover" else (0,)), f"{times}: {ended}")
            self.is_live(settled, f"after {times}")
        self.expect(not self.tree.has_journal(), "a journal is left")
        self.expect(self.tree.call("backup") == 0, "the next backup")
        self.expect(self.tree.call("verify") == 0, "verify")
        left = self.tree.leftovers()
        self.expect(not left, f"left in the store: {left}")


def attempt(shape: Shape, size: int, scratch: Path, binary: str) -> tuple[int, list[str]]:
    work = scratch / f"{shape.name.replace(' ', '-')}-{size}"
    small = size if shape.starts_small else PLENTY
    with SmallDisk(work / "tree", PLENTY if shape.store_apart else small) as tree_disk, \
            SmallDisk(work / "store", small if shape.store_apart else PLENTY) as store_disk:
        store = work / "store/backups" if shape.store_apart else work / "tree/backups"
        tree = Tree(work / "tree", work / "fresh", store, binary)
        tree.make()
        one = Attempt(shape, size, tree, store_disk if shape.store_apart else tree_disk)
        return one.run(), one.wrong


def run_shape(shape: Shape, options: argparse.Namespace, scratch: Path) -> list[str]:
    sizes = list(shape.sizes[::options.step])
    begun = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda size: attempt(shape, size, scratch, options.binary), sizes))
    ends = Counter(status for status, _ in results)
    wrong = [each for _, some in results for each in some]
    shown = ", ".join(f"{status} x{count}" for status, count in sorted(ends.items()))
    print(f"{shape.name:<27}{len(sizes):>4} sizes {time.monotonic() - begun:>5.1f} s  "
          f"{len(wrong):>3} wrong   exit {shown}")
    return wrong


def run_all(options: argparse.Namespace, scratch: Path) -> int:
    wrong: list[str] = []
    for shape in SHAPES:
        if not options.shape or shape.name in options.shape:
            wrong += run_shape(shape, options, scratch)
    for each in wrong[:SHOWN]:
        print(f"WRONG {each}")
    return 1 if wrong else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--shape", action="append", choices=[each.name for each in SHAPES])
    parser.add_argument("--step", type=int, default=PAGE, help="bytes from one size to the next")
    options = parser.parse_args()
    return on_tmpfs(lambda scratch: run_all(options, scratch),
                    why_not="" if mounts_are_private() else "mounting is not permitted here")


if __name__ == "__main__":
    sys.exit(main())
