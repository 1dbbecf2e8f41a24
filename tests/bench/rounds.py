# SPDX-License-Identifier: Apache-2.0
"""The workloads, the operations, and a round: every contender does every operation, on a tree and a
file system of its own, and the bytes are looked at after each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contenders import ORIGINAL, Contender
from images import MEBIBYTE, Image, neighbour
from measuring import Cost, Measuring
from tree import SMALL, Content, Tree


@dataclass(frozen=True)
class Workload:
    name: str
    services: int
    rounds: int
    contended: bool = False  # also beside a writer
    size: int = SMALL

    @property
    def has_steps(self) -> bool:
        return self.services <= 50 and self.size == SMALL

    def takes(self, contender: Contender) -> bool:
        """What large files cost whoever leaves them in memory says nothing."""
        if self.size > SMALL and (contender.durable == "no" or not contender.large):
            return False
        return contender.most >= self.services and (contender.small or not self.has_steps)

    @property
    def image_size(self) -> int:
        return 128 * MEBIBYTE + self.services * max(50_000, 6 * self.size)


WORKLOADS = [
    Workload("3", 3, 9, contended=True),
    Workload("10", 10, 9, contended=True),
    Workload("50", 50, 9, contended=True),
    Workload("1,000", 1_000, 3, contended=True),
    Workload("10,000", 10_000, 3),
    Workload("20 × 5 MB", 20, 3, size=5_000_000),
    Workload("100,000", 100_000, 1),
]


@dataclass(frozen=True)
class Operation:
    name: str
    kind: str  # of the contender's texts
    number: int  # of the backups there are afterwards
    prepare: Callable[[Tree], None] = lambda tree: None


BACKUP_ONE, RESTORE_ALL, RESTORE_NONE = "backup, 1 % changed", "restore, all changed", \
    "restore, nothing changed"
STEP, FIRST_STEP, FAILED_STEP = "deploy step", "first deploy step", "failed deploy step"
OPERATIONS = [
    Operation("first backup", "backup", 1),
    Operation(BACKUP_ONE, "backup", 2, lambda tree: tree.change(tree.some(), "second")),
    Operation("restore, 1 % changed", "restore", 2, lambda tree: tree.change(tree.some(), "third")),
    Operation(RESTORE_ALL, "restore", 2, lambda tree: tree.change(tree.names, "fourth")),
    Operation(RESTORE_NONE, "restore", 2),
    Operation("verify", "verify", 2),
]
STEPS = [
    Operation(FIRST_STEP, "step", 1, lambda tree: tree.generate("fifth")),
    Operation(STEP, "step", 2, lambda tree: tree.generate("sixth")),
    Operation(FAILED_STEP, "failed_step", 3, lambda tree: tree.generate("seventh")),
]


@dataclass
class Sample:
    cost: Cost
    wrong: int  # files whose bytes are not as they should be


Samples = dict[str, dict[str, list[Sample]]]  # operation, contender


class Turn:
    """Of one contender in one round, with what it stored."""

    def __init__(self, workload: Workload, contender: Contender, root: Path) -> None:
        self.contender = contender
        self.tree = Tree(root, workload.services, workload.size)
        self.tree.make()
        contender.prepare(self.tree.root)
        self.stored: Content = {}

    def measure(self, operation: Operation, command: list[str], measuring: Measuring) -> Sample:
        operation.prepare(self.tree)
        if operation.kind not in ("restore", "verify"):
            self.stored = self.tree.live()
            self.make_way(operation.number)
        root = self.tree.root
        cost = measuring.run(command, root, self.contender.environment_in(root))
        return Sample(cost, self.wrong_files(operation.kind))

    def make_way(self, number: int) -> None:
        """The original names its backups by the second, and would write into the one before."""
        if self.contender.name == ORIGINAL:
            for path in (self.tree.root / "backups").glob("2*"):
                path.rename(path.with_name(f"{1000 + number}{path.name[4:]}"))

    def wrong_files(self, kind: str) -> int:
        """Of what an archive holds nothing is seen before it is restored."""
        if kind in ("restore", "failed_step"):
            found = self.tree.live()
        elif self.contender.plain and kind == "backup":
            found = self.tree.newest_backup()
        else:
            return 0
        return sum(found[service] != wanted for service, wanted in self.stored.items())


def take_turn(workload: Workload, contender: Contender, root: Path, measuring: Measuring,
              samples: Samples) -> None:
    for operations in (STEPS if workload.has_steps else [], OPERATIONS):
        turn = Turn(workload, contender, root / f"tree-{len(operations)}")
        for operation in operations:
            if command := contender.command(operation.kind, operation.number):
                sample = turn.measure(operation, command, measuring)
                samples.setdefault(operation.name, {}).setdefault(contender.name, []).append(sample)


def run_workload(workload: Workload, contenders: list[Contender], image: Image, measuring: Measuring,
                 contended: bool) -> Samples:
    samples: Samples = {}
    takers = [each for each in contenders if workload.takes(each)]
    for number in range(workload.rounds):
        # Everybody comes first once.
        for contender in takers[number % len(takers):] + takers[:number % len(takers)]:
            with image.fresh() as root, neighbour(measuring.floors, root, contended):
                take_turn(workload, contender, root, measuring, samples)
    return samples
