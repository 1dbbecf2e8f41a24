#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A bad deploy fills the disk, with bytes or with files, and stops, or goes on and takes whatever becomes
free. The old files come back all the same, and what was replaced is kept, on each file system that can be
had here, in a run, in a begun one and after a crash.

    held_room.py --binary build/dev/backstep [--on NAME …]

Exit 0: so it was; 1: not so; 125: cannot be done here.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from filler import FILLED  # noqa: E402
from harness.disks import XFS, Disk, Kind, NoDisk, command  # noqa: E402
from harness.files import Files, differences, entrypoint, script, stored_name  # noqa: E402
from harness.program import on_tmpfs, options_parser  # noqa: E402
from harness.running import run, start, wait_until  # noqa: E402
from harness.scratch import mounts_are_private  # noqa: E402
from harness.tree import Tree  # noqa: E402

FILLER = Path(__file__).with_name("filler.py")
SERVICES = [f"service_{number}" for number in range(10)]
SIZES = [100, 20_000, 5_000, 4_096, 4_097, 60, 9_000, 300, 12_000, 700]
OLD: Files = {entrypoint(name): script(f"old {name}", 0o755, size)
              for name, size in zip(SERVICES, SIZES, strict=True)}
NEW: Files = {entrypoint(name): script(f"new {name}", 0o755, 200) for name in SERVICES}
SETTINGS = """\
generate: sh {fresh}/generate.sh
deploy: {deploy}
health_check: {{test: "! grep -qs new services/*/entrypoint.sh", retries: 1, start_period: 0s, min_healthy_time: 0s}}
rollback: {{command: "true"}}
"""


class Mounted:
    """A file system that needs no image."""

    def __init__(self, root: Path, *mounts: tuple[str, ...]) -> None:
        self.root = root
        root.mkdir(parents=True)
        for words in mounts:
            if trouble := command("mount", *words):
                raise NoDisk(trouble)

    def remove(self) -> None:
        command("umount", "-l", str(self.root))


def tmpfs(place: Path) -> Mounted:
    root = place / "root"
    return Mounted(root, ("-t", "tmpfs", "-o", "size=3m,nr_inodes=200,mode=755", "tmpfs", str(root)))


def overlay(place: Path) -> Mounted:
    below, root = place / "below", place / "root"
    below.mkdir(parents=True)
    if trouble := command("mount", "-t", "tmpfs", "-o", "size=3m,nr_inodes=250", "tmpfs", str(below)):
        raise NoDisk(trouble)
    for name in ("lower", "upper", "work"):
        (below / name).mkdir()
    Tree(below / "lower").write(OLD)
    layers = ",".join(f"{name}dir={below}/{name}" for name in ("lower", "upper", "work"))
    return Mounted(root, ("-t", "overlay", "-o", layers, "overlay", str(root)))


def in_image(kind: Kind) -> Callable[[Path], Disk]:
    return lambda place: Disk(kind, place)


PLACES: dict[str, Callable[[Path], Disk | Mounted]] = {
    "ext4": in_image(Kind("ext4", ("mkfs.ext4", "-q", "-F", "-m", "0", "-N", "256"), "loop", 2, 24 << 20)),
    "XFS": in_image(Kind("XFS", ("mkfs.xfs", "-q", "-f", "-i", "maxpct=1"), "loop", 1, XFS.size)),
    "btrfs": in_image(Kind("btrfs", ("mkfs.btrfs", "-q", "-f"), "loop", 0, 512 << 20)),
    "tmpfs": tmpfs,
    "overlay": overlay,
}


@dataclass(frozen=True)
class Case:
    where: str
    what: str  # bytes, files
    how: str   # stops, goes-on
    way: str   # run, finish, recover: who brings the files back


class Attempt:
    def __init__(self, case: Case, root: Path, scratch: Path, binary: str) -> None:
        self.case = case
        self.binary = binary
        self.pid_file = scratch / "pid"
        self.reached = scratch / "reached"
        self.tree = Tree(root)
        self.tree.write(OLD)
        generator = self.tree.write_generator(scratch / "fresh", NEW)
        (scratch / "fresh/generate.sh").write_text(generator)
        self.fill = f"{sys.executable} {FILLER} {case.what} {case.how} {root} {self.pid_file}"
        deploy = self.fill
        if case.way == "recover":
            deploy = f": >{self.reached}; exec tail -f /dev/null"
        (root / "backstep.yml").write_text(
            SETTINGS.format(fresh=scratch / "fresh", deploy=f"'{deploy}'"))

    def call(self, *arguments: str) -> int:
        self.ended = run([self.binary, *arguments], self.tree.root)
        return self.ended.status

    def bring_back(self) -> int:
        if self.case.way == "run":
            return self.call("run")
        if self.case.way == "finish":
            self.call("begin")
            self.write_new()
            self.run_filler()
            return self.call("finish", "--status", "failure")
        killed = start([self.binary, "run"], self.tree.root)
        wait_until(self.reached.exists)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        self.tree.wait_for_lock()
        self.run_filler()
        return self.call("recover")

    def run_filler(self) -> None:
        subprocess.run(self.fill.split(), check=False)

    def write_new(self) -> None:
        for path, entry in NEW.items():
            (self.tree.root / path).write_bytes(entry.content)

    def stop_filler(self) -> None:
        if self.pid_file.exists():
            os.kill(int(self.pid_file.read_text()), signal.SIGKILL)

    def is_emptied(self) -> bool:
        """What was killed may be amid its last file."""
        filled = self.tree.root / FILLED
        shutil.rmtree(filled, ignore_errors=True)
        return not filled.exists()

    def wrong(self) -> list[str]:
        status = self.bring_back()
        found = differences("live", self.live(), OLD)
        self.stop_filler()
        if status != 20:
            found.append(f"exit {status}")
        kept = [files for files in self.tree.evidence()]
        found += [f"the new {path} is nowhere" for path, entry in NEW.items()
                  if not any(files.get(stored_name(path), entry) == entry and stored_name(path) in files
                             for files in kept)]
        wait_until(self.is_emptied)
        found += [f"left over: {path}" for path in self.tree.root.rglob(".backstep-reserve")]
        found += [f"left over: {path}" for path in self.tree.leftovers() + self.tree.staged()]
        if self.tree.journal() is not None or self.tree.history()[-1:] != ["rolled_back"]:
            found.append(f"not ended in the records: {self.tree.history()}")
        said = self.ended.out + self.ended.error
        if self.call("verify") != 0:
            found.append(f"verify: {self.ended.said}")
        return [f"{self.case}: {each}" for each in found] + ([said] if found else [])

    def live(self) -> Files:
        return {path: entry for path, entry in self.tree.live().items() if path.startswith("services")}


def attempt(case: Case, scratch: Path, binary: str) -> list[str]:
    place = scratch / "-".join((case.where, case.what, case.how, case.way))
    disk = PLACES[case.where](place / "disk")
    try:
        return Attempt(case, disk.root, place, binary).wrong()
    finally:
        disk.remove()


def cases_on(where: str) -> list[Case]:
    # A btrfs without room for metadata does nothing any more, for nobody.
    kinds = ("bytes",) if where == "btrfs" else ("bytes", "files")
    return [Case(where, what, how, way) for what in kinds
            for how, way in (("stops", "run"), ("goes-on", "run"), ("goes-on", "finish"),
                             ("goes-on", "recover"))]


def run_all(binary: str, wanted: list[str], scratch: Path) -> int:
    wrong: list[str] = []
    for where in wanted:
        begun = time.monotonic()
        cases = cases_on(where)
        try:
            found = [attempt(case, scratch, binary) for case in cases]
        except NoDisk as trouble:
            print(f"{where:<8} skipped: {trouble}")
            continue
        broken = sum(1 for each in found if each)
        print(f"{where:<8}{len(cases)} ways, {broken} wrong, {time.monotonic() - begun:.1f} s")
        wrong += [line for each in found for line in each]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--on", action="append", choices=list(PLACES), metavar="NAME")
    options = parser.parse_args()
    return on_tmpfs(lambda scratch: run_all(options.binary, options.on or list(PLACES), scratch),
                    why_not="" if mounts_are_private() else "mounting is not permitted here")


if __name__ == "__main__":
    sys.exit(main())
