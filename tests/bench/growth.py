# SPDX-License-Identifier: Apache-2.0
"""What each verb costs with few and with many kept backups, and after many runs: ten services, of which
one changes before each backup."""

import statistics
import subprocess
from pathlib import Path

from contenders import Contender
from images import MEBIBYTE, Image
from measuring import Measuring
from report import short, table
from tree import Tree

SERVICES = 10
ROUNDS = 5
IMAGE_SIZE = 512 * MEBIBYTE
RUN = "run --deploy true"
# Kept backups, and what was done how often before.
GROWN = [(10, "backup", 10), (100, "backup", 100), (1000, "backup", 1000), (10, RUN, 1000)]
VERBS = ["backup", RUN, "begin --deploy true", "finish --status success",
         "rollback --files-only --to latest", "list", "show latest", "diff latest", "verify latest",
         "verify", "status", "history", "prune --dry-run", "mark good latest", "recover", "export all.tar",
         "import all.tar"]


class Growing:
    def __init__(self, contender: Contender, binary: str, root: Path, kept: int) -> None:
        self.binary = binary
        self.tree = Tree(root / "tree", SERVICES)
        self.tree.make()
        self.environment = {**contender.environment_in(self.tree.root), "BACKSTEP_KEEP_LAST": str(kept),
                            "BACKSTEP_KEEP_WITHIN": "0"}  # or all of the last 30 days would stay
        self.version = 0

    def words(self, verb: str) -> list[str]:
        self.version += 1
        self.tree.change(self.tree.some(), f"version {self.version}")
        return [self.binary, *verb.split()]

    def grow(self, verb: str, times: int) -> None:
        for _ in range(times):
            subprocess.run(self.words(verb), cwd=self.tree.root, env=self.environment, check=True,
                           stdout=subprocess.DEVNULL)

    def measure(self, measuring: Measuring) -> list[str]:
        """A cell for each verb."""
        costs = [[measuring.run(self.words(verb), self.tree.root, self.environment) for verb in VERBS]
                 for _ in range(ROUNDS)]
        return [f"{short(statistics.median(each.wall for each in of_one))} "
                f"({max(each.memory for each in of_one):.1f})" for of_one in zip(*costs, strict=True)]


def growth_table(contender: Contender, binary: str, image: Image, measuring: Measuring,
                 largest: int) -> str:
    head, columns = ["ms (peak MB), 10 services"], []
    for kept, verb, times in GROWN:
        if times > largest:
            continue
        with image.fresh() as root:
            growing = Growing(contender, binary, root, kept)
            growing.grow(verb, times)
            columns.append(growing.measure(measuring))
        head.append(f"{kept} kept" + (f", {times} runs before" if verb == RUN else ""))
    return table(head, [[verb, *cells] for verb, *cells in zip(VERBS, *columns, strict=True)])
