# SPDX-License-Identifier: Apache-2.0
"""The workloads, the operations, and a round: every contender does every operation, in turn, on a
tree of its own, and the bytes are looked at after each."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from contenders import Contender
from measuring import Cost, Measuring
from tree import SMALL, Content, Tree


@dataclass(frozen=True)
class Workload:
    name: str
    services: int
    rounds: int
    size: int = SMALL
    percent: int = 1

    @property
    def is_huge(self) -> bool:
        return self.size > SMALL


WORKLOADS = [
    Workload("10", 10, 9),
    Workload("300", 300, 5),
    Workload("1,000", 1_000, 5),
    Workload("10,000", 10_000, 3),
    Workload("100,000", 100_000, 1),
    Workload("200 × 5 MB", 200, 2, 5_000_000),
]


@dataclass(frozen=True)
class Operation:
    name: str
    kind: str  # backup, restore, verify
    number: int  # of the backups there are afterwards
    prepare: Callable[[Tree, int], None]


def nothing(_tree: Tree, _percent: int) -> None:
    pass


OPERATIONS = [
    Operation("first backup", "backup", 1, nothing),
    Operation("backup, 1 % changed", "backup", 2,
              lambda tree, percent: tree.change(tree.some(percent), "second")),
    Operation("restore, 1 % changed", "restore", 2,
              lambda tree, percent: tree.change(tree.some(percent), "third")),
    Operation("restore, all changed", "restore", 2,
              lambda tree, _percent: tree.change(tree.names, "fourth")),
    Operation("restore, nothing changed", "restore", 2, nothing),
    Operation("verify", "verify", 2, nothing),
]


@dataclass
class Sample:
    cost: Cost
    wrong: int  # files whose bytes are not as they should be


Samples = dict[str, dict[str, list[Sample]]]  # operation, contender


def command_for(contender: Contender, operation: Operation) -> list[str] | None:
    if operation.kind == "verify":
        return contender.verify()
    if operation.kind not in contender.operations:
        return None
    make = contender.backup if operation.kind == "backup" else contender.restore
    return make(operation.number)


def wrong_files(contender: Contender, operation: Operation, tree: Tree, wanted: Content) -> int:
    """Of what an archive holds nothing is seen before it is restored."""
    if contender.floor or operation.kind == "verify":
        return 0
    if operation.kind == "restore":
        found = tree.live()
    elif contender.plain:
        found = tree.newest_backup()
    else:
        return 0
    return sum(found[service] != wanted[service] for service in wanted)


def next_second() -> None:
    """The original names its backups by the second, and would write into the one before."""
    time.sleep(1.01 - time.time() % 1)


class Round:
    def __init__(self, workload: Workload, contenders: list[Contender], scratch: Path,
                 measuring: Measuring) -> None:
        self.workload = workload
        self.contenders = contenders
        self.measuring = measuring
        self.trees = {}
        for contender in contenders:
            tree = Tree(scratch / contender.name.replace(" ", "-"), workload.services, workload.size)
            tree.make()
            contender.prepare(tree.root)
            self.trees[contender.name] = tree
        self.stored: dict[str, Content] = {}

    def run(self, samples: Samples) -> None:
        for operation in OPERATIONS:
            next_second()
            for contender in self.contenders:
                command = command_for(contender, operation)
                if command is None:
                    continue
                sample = self.measure(contender, operation, command)
                samples.setdefault(operation.name, {}).setdefault(contender.name, []).append(sample)

    def measure(self, contender: Contender, operation: Operation, command: list[str]) -> Sample:
        tree = self.trees[contender.name]
        operation.prepare(tree, self.workload.percent)
        if operation.kind == "backup":
            self.stored[contender.name] = tree.live()
        cost = self.measuring.run(command, tree.root, contender.environment_in(tree.root))
        return Sample(cost, wrong_files(contender, operation, tree, self.stored[contender.name]))


def run_workload(workload: Workload, contenders: list[Contender], scratch: Path, rounds: int,
                 say: Callable[[str], None]) -> Samples:
    measuring = Measuring(scratch)
    samples: Samples = {}
    taking_part = [each for each in contenders if each.largest >= workload.services
                   and (each.huge or not workload.is_huge)]
    for number in range(rounds):
        say(f"{workload.name}: round {number + 1} of {rounds}")
        # Everybody comes first once: what is removed makes the disk slower for who follows.
        turn = taking_part[number % len(taking_part):] + taking_part[:number % len(taking_part)]
        place = scratch / f"{workload.services}-{workload.size}-{number}"
        Round(workload, turn, place, measuring).run(samples)
        if workload.is_huge:
            shutil.rmtree(place)
    return samples
