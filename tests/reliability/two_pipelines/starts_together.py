#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two calls started together on one store, again and again: one waits or is told so, never are both
inside, no id is given twice, and the store is whole afterwards.

    starts_together.py --binary build/dev/backstep [--rounds 1000]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "crash"))

from scratch import find_tmpfs  # noqa: E402
from tracing import environment, said  # noqa: E402

SKIPPED = 125
LONGEST = 60
A_STORE = 50  # rounds: a store with hundreds of backups is another test's matter
CREATED = re.compile(r"Backup created: backups/(\S+)/")
# Only one of two that are inside at the same time can make the directory.
ALONE = "mkdir inside && rmdir inside"
WAITS, GIVES_UP = ["--lock-wait", "1m"], ["--lock-wait", "0s"]
RUN = ["run", "--deploy", ALONE, "--rollback-command", "true"]


@dataclass
class Tally:
    rounds: int = 0
    exits: dict[int, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)


class Store:
    def __init__(self, root: Path, binary: str) -> None:
        self.root, self.binary = root, binary
        self.ids: list[str] = []
        script = root / "services/action_service/entrypoint.sh"
        script.parent.mkdir(parents=True)
        script.write_text("#!/bin/sh\n")

    def start(self, arguments: list[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen([self.binary, *arguments], cwd=self.root, text=True,
                                env=environment(self.root), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def together(self, arguments: list[str], tally: Tally) -> None:
        pair = [self.start(arguments), self.start(arguments)]
        outputs = [each.communicate(timeout=LONGEST)[0] for each in pair]
        exits = [each.returncode for each in pair]
        tally.rounds += 1
        for status, output in zip(exits, outputs):
            tally.exits[status] = tally.exits.get(status, 0) + 1
            self.ids += CREATED.findall(output)
            if status not in (0, 11) or (status == 11 and arguments[-1] != GIVES_UP[-1]):
                tally.violations.append(f"{arguments}: exit {status}: {output[-300:]}")
        if 0 not in exits:
            tally.violations.append(f"{arguments}: neither came in: {exits}")

    def check(self, tally: Tally) -> None:
        kept = [name for name in os.listdir(self.root / "backups") if name != ".backstep"]
        if len(set(self.ids)) != len(self.ids):
            tally.violations.append("an id was given twice")
        if sorted(kept) != sorted(self.ids):
            tally.violations.append(f"{len(kept)} backups lie there, {len(self.ids)} were reported")
        ended = subprocess.run([self.binary, "verify"], cwd=self.root, check=False, text=True,
                               env=environment(self.root), capture_output=True)
        if ended.returncode != 0:
            tally.violations.append(f"'verify' exited with {ended.returncode}: {said(ended)}")


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, type=lambda path: str(Path(path).resolve(True)))
    parser.add_argument("--rounds", type=int, default=1000)
    options = parser.parse_args()
    scratch_root = find_tmpfs()
    if scratch_root is None:
        print("skipped: no tmpfs to work on, and none can be mounted")
        return SKIPPED
    scratch = Path(tempfile.mkdtemp(dir=scratch_root, prefix="backstep-together-"))
    begun = time.monotonic()
    try:
        roots = [scratch / str(number) for number in range(options.rounds // A_STORE)]
        with ThreadPoolExecutor(2) as pool:
            tallies = list(pool.map(lambda root: work(root, options.binary, A_STORE), roots))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    violations = [each for tally in tallies for each in tally.violations]
    print("\n".join(violations[:12]))
    exits: dict[int, int] = {}
    for tally in tallies:
        for status, count in tally.exits.items():
            exits[status] = exits.get(status, 0) + count
    print(f"{sum(tally.rounds for tally in tallies)} pairs, exit codes {exits}, "
          f"{len(violations)} violations, {time.monotonic() - begun:.0f} s in all")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
