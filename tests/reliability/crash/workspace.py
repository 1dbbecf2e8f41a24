# SPDX-License-Identifier: Apache-2.0
"""A workspace of so many services, and what can be seen of it from outside.

Nothing here asks the program under test: what lies on the disk is read with plain system calls and
compared with the two sets that the scenarios know, so a mistake of ours is not made twice.
"""

import json
import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ENTRYPOINT = "entrypoint.sh"
SERVICES = "services"
FRESH = "fresh"  # where the generator finds the next version: renamed into place, never torn
NOT_LIVE = {"backups", FRESH, "backstep.yml"}
PROBED = "action_service"


@dataclass(frozen=True)
class FileState:
    mode: int
    content: bytes

    def __str__(self) -> str:
        return f"{self.mode:04o}, {len(self.content)} bytes, {self.content[:24]!r}"


FileSet = dict[str, FileState]


def entrypoint(service: str) -> str:
    return f"{SERVICES}/{service}/{ENTRYPOINT}"


def script(mode: int, word: str, size: int) -> FileState:
    line = f"#!/bin/sh\necho {word}\n# ".encode()
    return FileState(mode, line.ljust(size, word[0].encode()))


@dataclass(frozen=True)
class Versions:
    old: FileSet
    new: FileSet

    def of(self, name: str) -> FileSet:
        return self.old if name == "old" else self.new


@cache
def versions(services: int) -> Versions:
    """With every kind of change: content, mode, both, a service more, a service less; one file larger
    than any buffer of ours; one that stays; and a tracked file that is no entrypoint."""
    old = {entrypoint(PROBED): script(0o755, "old action", 200),
           "compose.yml": script(0o640, "old compose", 100)}
    new = {entrypoint(PROBED): script(0o750, "new action", 210),
           entrypoint("added_service"): script(0o755, "new added", 150),
           "compose.yml": script(0o644, "new compose", 120)}
    if services > 1:
        old[entrypoint("central_service")] = script(0o700, "old central", 300_000)
        new[entrypoint("central_service")] = script(0o755, "new central", 290_000)
        old[entrypoint("removed_service")] = script(0o755, "old removed", 180)
        old[entrypoint("same_service")] = new[entrypoint("same_service")] = script(0o755, "same", 160)
        old[entrypoint("typesense_client_service")] = script(0o644, "old typesense", 9_000)
        new[entrypoint("typesense_client_service")] = script(0o755, "old typesense", 9_000)
    for number in range(5, services):
        name = f"service_{number:02}"
        old[entrypoint(name)] = script(0o755, f"old {name}", 300)
        new[entrypoint(name)] = script(0o755, f"new {name}", 300)
    return Versions(old, new)


# Every file is read: whether one is older than the kernel's tick, and so known without reading, is a
# matter of microseconds here, and no two runs would make the same calls.
CONFIG = """\
files: [compose.yml]
checksum: true
generate: [{workload}, generate]
deploy: [{workload}, exit, "{deploy_exit}"]
health_check: {{test: [CMD, {workload}, check, "{healthy}", {probed}], retries: 1, start_period: 0s, interval: 10ms}}
rollback: {{command: [{workload}, exit, "{rollback_exit}"], not_on_exit_codes: [75]}}
retention: {{keep_last: 1, keep_good: 1, keep_within: 0s}}
"""


def stored_name(path: str) -> str:
    parts = path.split("/")
    if parts[0] == SERVICES:
        return f"{parts[1]}_{ENTRYPOINT}"
    return f"_files/{path}"


def write_file(path: str, state: FileState) -> None:
    with open(path, "wb") as file:
        file.write(state.content)
        os.fchmod(file.fileno(), state.mode)


def write_files(root: Path | str, files: FileSet) -> None:
    for path, state in files.items():
        target = f"{root}/{path}"
        os.makedirs(os.path.dirname(target), exist_ok=True)
        write_file(target, state)


def read_file(path: Path | str) -> FileState:
    with open(path, "rb") as file:
        return FileState(os.fstat(file.fileno()).st_mode & 0o7777, file.read())


def read_files(root: Path | str) -> FileSet:
    root = str(root)
    files: FileSet = {}
    for directory, _, names in os.walk(root):
        for name in names:
            path = f"{directory}/{name}"
            files[path[len(root) + 1:]] = read_file(path)
    return files


class Workspace:
    def __init__(self, root: Path, workload: str) -> None:
        self.root = root
        self.workload = workload
        self.backups = root / "backups"
        self.control = self.backups / ".backstep"
        self.versions = versions(1)

    def reset(self, services: int, live: str, healthy: str, rollback_exit: int,
              deploy_exit: int = 0) -> None:
        """From nothing: `live` in place, the new set ready to be generated."""
        self.versions = versions(services)
        if self.root.is_dir():
            for entry in os.scandir(self.root):  # the root may be a mount point
                if entry.is_dir():
                    shutil.rmtree(entry.path)
                else:
                    os.unlink(entry.path)
        self.root.mkdir(parents=True, exist_ok=True)
        self.write(self.versions.of(live))
        os.makedirs(f"{self.root}/{SERVICES}/added_service", exist_ok=True)
        self.write_fresh()
        (self.root / "backstep.yml").write_text(CONFIG.format(
            workload=self.workload, healthy=healthy, probed=entrypoint(PROBED),
            deploy_exit=deploy_exit, rollback_exit=rollback_exit))

    def write(self, files: FileSet) -> None:
        write_files(self.root, files)

    def write_fresh(self) -> None:
        """What the generator brings."""
        old, new = self.versions.old, self.versions.new
        fresh = {path: f"{FRESH}/{path.replace('/', '_')}" for path in new
                 if old.get(path) != new[path]}
        self.write({fresh[path]: new[path] for path in fresh})
        changes = [f"{source} {path}" for path, source in fresh.items()]
        changes += [f"- {path}" for path in old if path not in new]
        os.makedirs(f"{self.root}/{FRESH}", exist_ok=True)
        Path(f"{self.root}/{FRESH}/changes").write_text("\n".join(changes) + "\n")

    def live(self) -> FileSet:
        """Every file outside the store, those with a dot too: a leftover is a difference."""
        files: FileSet = {}
        for top in os.scandir(self.root):
            if top.name in NOT_LIVE:
                continue
            if top.is_file():
                files[top.name] = read_file(top.path)
            elif top.name != "lost+found":
                files |= {f"{top.name}/{path}": state
                          for path, state in read_files(top.path).items()}
        return files

    def repair(self, wanted: FileSet) -> None:
        """The right content in each file; what we staged beside it stays. A new inode each, as `mv`
        and most editors make: until its rename a live file shares its inode with the evidence."""
        for path in self.versions.old.keys() | self.versions.new.keys():
            (self.root / path).unlink(missing_ok=True)
        self.write(wanted)

    def sets(self, shelf: str) -> dict[str, FileSet]:
        """The published sets of "backups", "good" or "failed": names without a leading dot."""
        directory = self.backups if shelf == "backups" else self.control / shelf
        if not directory.is_dir():
            return {}
        names = sorted(path.name for path in directory.iterdir() if path.name[0] != ".")
        return {name: read_files(str(directory / name)) for name in names}

    def published(self) -> dict[str, FileSet]:
        return {
            f"{shelf}/{name}": files
            for shelf in ("backups", "good", "failed")
            for name, files in self.sets(shelf).items()
        }

    def journal(self) -> dict[str, object] | None:
        try:
            text = (self.control / "journal.json").read_text()
        except FileNotFoundError:
            return None
        return json.loads(text)

    def history(self, torn_lines: int = 0) -> list[str]:
        """The events on record; a torn line, which a kill cannot make, raises here. A power cut may
        tear the one that was being appended; one that another was appended to ends like a whole
        line, and raises too."""
        try:
            text = (self.control / "history.jsonl").read_text()
        except FileNotFoundError:
            return []
        lines = text.splitlines()
        torn = [line for line in lines if not line.endswith("}")]
        if len(torn) <= torn_lines:
            lines = [line for line in lines if line not in torn]
        return [json.loads(line)["event"] for line in lines]

    def leftovers(self) -> list[str]:
        found = []
        for directory in (self.backups, self.control, self.control / "good", self.control / "failed"):
            if directory.is_dir():
                found += [str(path.relative_to(self.root)) for path in directory.iterdir()
                          if path.name[0] == "." and path != self.control]
        return found

    def everything(self) -> FileSet:
        """All but the lock, whose text names its last holder."""
        files = read_files(str(self.root))
        files.pop("backups/.backstep/lock", None)
        return files
