#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often a run waits for the disk: the calls that sync, and the commits of the file system's own
journal, on an ext4 that was made for it. A busy machine's kernel now and then makes two commits of one;
of some rounds the least counts, which no noise changes, so a test pins it.

    barriers.py --binary build/release/backstep             shows them
    barriers.py --binary build/release/backstep --check     exit 1: more than is promised

125: nothing can be traced or mounted here.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from harness.disks import Disk, Kind, NoDisk  # noqa: E402
from harness.program import SKIPPED, on_tmpfs, options_parser  # noqa: E402
from harness.running import environment  # noqa: E402
from harness.scratch import mounts_are_private  # noqa: E402
from tree import Tree  # noqa: E402

# Nothing but what is asked for is committed: not every five seconds, and no table is filled later.
QUIET = Kind("ext4", ("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0"),
             "loop,commit=300", 2, 256 << 20)
SIZES = (3, 10, 50)
MOST_ROUNDS = 10
GENERATE = ("for script in services/*/entrypoint.sh; do "
            "printf '#!/bin/sh\\n# %s\\n' \"$VERSION\" >\"$script\"; done")
CHECK = "! grep -rqs bad services"
QUICK = ["--health-interval", "10ms", "--health-retries", "1", "--health-start-period", "0s"]
DEPLOY = ["run", "--deploy", "true"]
WHOLE = ["run", "--generate", GENERATE, "--deploy", "true", "--health-check", CHECK,
         "--rollback-command", "true", *QUICK]


@dataclass(frozen=True)
class Story:
    name: str
    words: list[str]
    most: int  # commits
    version: str = ""
    status: int = 0
    prepare: Callable[[Tree], None] = lambda tree: None


def change_all(tree: Tree) -> None:
    tree.change(tree.names, f"version {time.monotonic_ns()}")


STORIES = [
    Story("first run", DEPLOY, 10),
    Story("run, deploy only", DEPLOY, 5),
    Story("run, all generated anew, checked", WHOLE, 9, "v2"),
    Story("the same, failed and rolled back", WHOLE, 18, "bad", 20),
    Story("backup, nothing changed", ["backup"], 2),
    Story("backup, all changed", ["backup"], 2, prepare=change_all),
    Story("rollback by hand, all changed", ["rollback", "--files-only"], 9, prepare=change_all),
]


def commits_of(root: Path) -> int:
    """So far, of the journal of the file system that `root` lies on. The kernel wakes who waits for a
    commit before it counts it; and what is younger than a tick of the clock is read once more."""
    time.sleep(0.1)
    device = os.stat(root).st_dev
    name = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}").resolve().name
    text = next(Path("/proc/fs/jbd2").glob(f"{name}-*/info")).read_text()
    return int(text.split()[0])


def tell(binary: str, story: Story, tree: Tree) -> tuple[int, int]:
    """How many syncs and how many commits it took."""
    story.prepare(tree)
    subprocess.run(["sync", "-f", str(tree.root)], check=True)
    variables = environment(tree.root) | {"VERSION": story.version}
    before = commits_of(tree.root)
    with tempfile.NamedTemporaryFile("r") as trace:  # elsewhere
        command = ["strace", "-f", "-o", trace.name, "-e", "trace=fsync,fdatasync,syncfs",
                   binary, *story.words]
        ended = subprocess.run(command, cwd=tree.root, env=variables, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, check=False)
        commits = commits_of(tree.root) - before
        syncs = len(re.findall(r"^\d+ +(?:fsync|fdatasync|syncfs)\(", trace.read(), re.M))
    if ended.returncode != story.status:
        sys.exit(f"{story.name} exited with {ended.returncode}: {ended.stdout.decode()[-1000:]}")
    return syncs, commits


Counts = dict[str, list[tuple[int, int]]]


def measure(binary: str, scratch: Path) -> Counts:
    found: Counts = {story.name: [] for story in STORIES}
    for services in SIZES:
        disk = Disk(QUIET, scratch / str(services))
        tree = Tree(disk.root / "tree", services)
        tree.make()
        for story in STORIES:
            found[story.name].append(tell(binary, story, tree))
        disk.remove()
    return found


def least(rounds: list[Counts]) -> Counts:
    return {name: [min(of_size) for of_size in zip(*(each[name] for each in rounds), strict=True)]
            for name in rounds[0]}


def complaints(found: Counts) -> list[str]:
    wrong = []
    for story in STORIES:
        for services, (syncs, commits) in zip(SIZES, found[story.name], strict=True):
            if commits > story.most:
                wrong.append(f"{story.name}, {services} services: {commits} commits, "
                             f"{story.most} are promised")
            if syncs > found[story.name][-1][0]:
                wrong.append(f"{story.name}: {syncs} syncs for {services} services, "
                             f"{found[story.name][-1][0]} for {SIZES[-1]}")
    return wrong


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if shutil.which("strace") is None or not mounts_are_private():
        print("skipped: there is no strace, or mounting is not permitted here")
        return SKIPPED

    def work(scratch: Path) -> int:
        try:
            found = measure(options.binary, scratch / "0")
            for number in range(1, MOST_ROUNDS):
                if not complaints(found):
                    break
                found = least([found, measure(options.binary, scratch / str(number))])
        except (NoDisk, StopIteration) as trouble:
            print(f"skipped: no ext4 in an image can be looked at here: {trouble}")
            return SKIPPED
        print("syncs / commits with " + ", ".join(map(str, SIZES)) + " services")
        for name, counts in found.items():
            print(f"  {name:<36}" + "".join(f"{syncs:>6} /{commits:>3}" for syncs, commits in counts))
        wrong = complaints(found) if options.check else []
        for each in wrong:
            print(each)
        return 1 if wrong else 0
    return on_tmpfs(work)


if __name__ == "__main__":
    sys.exit(main())
