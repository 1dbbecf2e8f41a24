#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two calls started together on one store, again and again: one waits or is told so, never are both
inside, no id is given twice, and the store is whole afterwards.

    starts_together.py --binary build/dev/backstep [--rounds 1000]
"""

import argparse
import re
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from harness.files import entrypoint, script  # noqa: E402
from harness.program import SHOWN, on_tmpfs, options_parser  # noqa: E402
from harness.running import end_of, run, start  # noqa: E402
from harness.tree import Tree  # noqa: E402

A_STORE = 50  # rounds: a store with hundreds of backups is another test's matter
CREATED = re.compile(r"Backup created: backups/(\S+)/")
# Only one of two that are inside at the same time can make the directory.
ALONE = "mkdir inside && rmdir inside"
WAITS, GIVES_UP = ["--lock-wait", "1m"], ["--lock-wait", "0s"]
RUN = ["run", "--deploy", ALONE, "--rollback-command", "true"]


@dataclass
class Tally:
    rounds: int = 0
    exits: Counter[int] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


class Store(Tree):
    def __init__(self, root: Path, binary: str) -> None:
        super().__init__(root)
        self.binary = binary
        self.ids: list[str] = []
        self.write({entrypoint("action_service"): script("old")})

    def together(self, arguments: list[str], tally: Tally) -> None:
        pair = [start([self.binary, *arguments], self.root) for _ in range(2)]
        ends = [end_of(each) for each in pair]
        exits = [each.status for each in ends]
        tally.rounds += 1
        tally.exits.update(exits)
        for ended in ends:
            self.ids += CREATED.findall(ended.out)
            if ended.status not in (0, 11) or (ended.status == 11 and arguments[-1] != GIVES_UP[-1]):
                tally.violations.append(f"{arguments}: exit {ended.status}: {ended.said}")
        if 0 not in exits:
            tally.violations.append(f"{arguments}: neither came in: {exits}")

    def check(self, tally: Tally) -> None:
        kept = [path.name for path in self.store.iterdir() if path != self.control]
        if len(set(self.ids)) != len(self.ids):
            tally.violations.append("an id was given twice")
        if sorted(kept) != sorted(self.ids):
            tally.violations.append(f"{len(kept)} backups lie there, {len(self.ids)} were reported")
        ended = run([self.binary, "verify"], self.root)
        if ended.status != 0:
            tally.violations.append(f"'verify' exited with {ended.status}: {ended.said}")


def arguments_of(number: int) -> list[str]:
    if number % 10 == 0:
        return [*RUN, *WAITS]
    if number % 10 == 5:
        return [*RUN, *GIVES_UP]
    # Who waits asks again every 100 ms, so most give up at once.
    return ["backup", *(WAITS if number % 10 == 3 else GIVES_UP)]


def work(root: Path, binary: str, rounds: int) -> Tally:
    tally = Tally()
    store = Store(root, binary)
    for number in range(rounds):
        store.together(arguments_of(number), tally)
    store.check(tally)
    shutil.rmtree(root, ignore_errors=True)
    return tally


def work_all(options: argparse.Namespace, scratch: Path) -> int:
    begun = time.monotonic()
    roots = [scratch / str(number) for number in range(options.rounds // A_STORE)]
    with ThreadPoolExecutor(2) as pool:
        tallies = list(pool.map(lambda root: work(root, options.binary, A_STORE), roots))
    violations = [each for tally in tallies for each in tally.violations]
    print("\n".join(violations[:SHOWN]))
    exits = dict(sum((tally.exits for tally in tallies), Counter()))
    print(f"{sum(tally.rounds for tally in tallies)} pairs, exit codes {exits}, "
          f"{len(violations)} violations, {time.monotonic() - begun:.0f} s in all")
    return 1 if violations else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    options = parser.parse_args()
    return on_tmpfs(lambda scratch: work_all(options, scratch))


if __name__ == "__main__":
    sys.exit(main())
