#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much memory each tracked file costs: the peak with 12,000 services, less that with 2,000. What
a machine has and what else runs there changes little of that, so a test bounds it.

    memory.py --binary build/release/backstep             shows it
    memory.py --binary build/release/backstep --check     exit 1: more than is promised

125: there is no room for it here.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from harness.program import SKIPPED, options_parser  # noqa: E402
from harness.running import environment  # noqa: E402
from harness.scratch import find_tmpfs  # noqa: E402
from measuring import Measuring  # noqa: E402
from tree import Tree  # noqa: E402

FEW, MANY = 2_000, 12_000
LATEST = ["rollback", "--files-only", "--to", "latest"]
RUN = ["run", "--rollback-command", "true", "--lint", "false",
       "--generate", "for each in services/*/entrypoint.sh; do echo $$ >$each; done", "--deploy"]


@dataclass(frozen=True)
class Operation:
    name: str
    words: list[str]
    most: float  # KB for each file
    prepare: Callable[[Tree], None] = lambda tree: None
    status: int = 0


def change_all(tree: Tree) -> None:
    tree.change(tree.names, f"version {time.monotonic_ns()}")


def change_some(tree: Tree) -> None:
    tree.change(tree.some(), f"version {time.monotonic_ns()}")


# What was measured, and a quarter more; 1.3 is promised.
OPERATIONS = [
    Operation("first backup", ["backup"], 1.05),
    Operation("backup, 1 % changed", ["backup"], 1.1, change_some),
    Operation("restore, nothing changed", LATEST, 1.15),
    Operation("restore, 1 % changed", LATEST, 1.2, change_some),
    Operation("diff", ["diff", "latest"], 1.4, change_some),
    Operation("restore, all changed", LATEST, 1.5, change_all),
    Operation("verify", ["verify", "latest"], 0.6),
    Operation("failed run, all changed", [*RUN, "exit 1"], 1.6, status=21),
    Operation("run, all changed", [*RUN, "true"], 1.5),
]


def peaks(measuring: Measuring, binary: str, services: int, scratch: Path) -> list[float]:
    """In KB, operation after operation."""
    tree = Tree(scratch / str(services), services)
    tree.make()
    found = []
    for operation in OPERATIONS:
        operation.prepare(tree)
        cost = measuring.run([binary, *operation.words], tree.root, environment(tree.root),
                             operation.status)
        found.append(cost.memory * 1024)
    return found


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    place = find_tmpfs(to_execute=True)
    if place is None:
        print("skipped: no tmpfs to work on, and none can be mounted")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="memory-", dir=place) as scratch:
        measuring = Measuring(Path(scratch))
        few, many = (peaks(measuring, options.binary, services, Path(scratch))
                     for services in (FEW, MANY))
    too_much = False
    for operation, small, large in zip(OPERATIONS, few, many, strict=True):
        each = (large - small) / (MANY - FEW)
        print(f"{each:.2f} KB for each file (at most {operation.most}): {operation.name}")
        too_much = too_much or each > operation.most
    return 1 if options.check and too_much else 0


if __name__ == "__main__":
    sys.exit(main())
