#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Time and memory against the number of kept backups: 100 services, of which one changes before each
of 1, 10, 100 and 1,000 backups. Beside it what the listing of their directory costs.

    growth.py --binary build/release/backstep [--kept 1 --kept 10] [--rounds 9]
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from harness.program import options_parser  # noqa: E402
from harness.running import environment  # noqa: E402
from measuring import Cost, Measuring  # noqa: E402
from report import short, table  # noqa: E402
from tree import Tree  # noqa: E402

BUILD = Path(__file__).resolve().parent.parent.parent / "build"
SERVICES = 100
KEPT = [1, 10, 100, 1000]
KEEP_ALL = {"BACKSTEP_KEEP_LAST": "100000"}


def operations(binary: str) -> dict[str, list[str]]:
    ours = {"backup": ["backup"], "restore, 1 % changed": ["rollback", "--files-only", "--to", "latest"],
            "run of a deploy that does nothing": ["run", "--deploy", "true"],
            "list": ["list"], "status": ["status"], "history": ["history"],
            "prune --dry-run": ["prune", "--dry-run"], "verify of the newest": ["verify", "latest"],
            "verify of everything": ["verify"]}
    return {"(ls -f of the store)": ["ls", "-f", "backups"],
            "(ls -l of the store)": ["ls", "-l", "backups"],
            **{name: [binary, *words] for name, words in ours.items()}}


class Growing:
    """One store, which gets more backups from measurement to measurement."""

    def __init__(self, scratch: Path, binary: str) -> None:
        self.binary = binary
        self.tree = Tree(scratch / "tree", SERVICES)
        self.tree.make()
        self.environment = environment(self.tree.root, KEEP_ALL)
        self.measuring = Measuring(scratch)
        self.versions = 0

    def change(self) -> None:
        self.versions += 1
        self.tree.change(self.tree.some(1), f"version {self.versions}")

    def stored(self) -> int:
        backups = self.tree.root / "backups"
        return sum(path.name[0] != "." for path in backups.iterdir()) if backups.exists() else 0

    def grow(self, kept: int) -> None:
        while self.stored() < kept:
            self.change()
            self.call("backup")

    def call(self, verb: str) -> None:
        subprocess.run([self.binary, verb], cwd=self.tree.root, env=self.environment, check=True,
                       stdout=subprocess.DEVNULL)

    def measure(self, words: list[str], rounds: int) -> list[Cost]:
        costs = []
        for _ in range(rounds):
            self.change()
            costs.append(self.measuring.run(words, self.tree.root, self.environment))
        return costs


def main() -> int:
    parser = options_parser(__doc__, BUILD / "release" / "backstep")
    parser.add_argument("--kept", type=int, action="append")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--directory", type=Path, default=BUILD)
    options = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="growth-", dir=options.directory))
    kept = options.kept or KEPT
    cells: dict[str, list[str]] = {}
    try:
        growing = Growing(scratch, options.binary)
        for count in kept:
            growing.grow(count)
            for name, words in operations(options.binary).items():
                costs = growing.measure(words, options.rounds)
                cells.setdefault(name, []).append(
                    f"{short(statistics.median(each.wall for each in costs))} "
                    f"({max(each.memory for each in costs):.1f} MB)")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(table(["median ms (peak), kept backups:", *map(str, kept)],
                [[name, *found] for name, found in cells.items()]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
