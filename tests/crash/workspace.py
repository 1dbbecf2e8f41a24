# SPDX-License-Identifier: Apache-2.0
"""A small workspace with three services, and what can be seen of it from outside.

Nothing here asks the program under test: what lies on the disk is read with plain system calls and
compared with the two sets that the scenarios know, so a mistake of ours is not made twice.
"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

ENTRYPOINT = "entrypoint.sh"
SERVICES = "services"
FRESH = "fresh"  # where the generator finds the next version: renamed into place, never torn
NOT_LIVE = {"backups", FRESH, "backstep.yml", "generate.sh"}


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


# One larger than any buffer of ours, so that a copy takes several writes; one that is not
# executable; and a tracked file that is no entrypoint.
OLD: FileSet = {
    entrypoint("action_service"): script(0o755, "old action", 200),
    entrypoint("central_sequence_service"): script(0o700, "old central", 300_000),
    entrypoint("typesense_client_service"): script(0o644, "old typesense", 9_000),
    "compose.yml": script(0o640, "old compose", 100),
}
NEW: FileSet = {
    entrypoint("action_service"): script(0o750, "new action", 210),
    entrypoint("added_service"): script(0o755, "new added", 150),
    entrypoint("central_sequence_service"): script(0o755, "new central", 290_000),
    entrypoint("typesense_client_service"): script(0o755, "new typesense", 9_500),
    "compose.yml": script(0o644, "new compose", 120),
}

CONFIG = """\
files: [compose.yml]
generate: [sh, generate.sh]
deploy: ["true"]
health_check: {{test: [CMD, grep, -q, "{healthy}", {probed}], retries: 1, start_period: 0s, interval: 10ms}}
retention: {{keep_last: 1, keep_good: 1, keep_within: 0s}}
"""


def stored_name(path: str) -> str:
    parts = path.split("/")
    if parts[0] == SERVICES:
        return f"{parts[1]}_{ENTRYPOINT}"
    return f"_files/{path}"


def write_files(root: Path, files: FileSet) -> None:
    for path, state in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(state.content)
        target.chmod(state.mode)


def read_file(path: str) -> FileState:
    with open(path, "rb") as file:
        return FileState(os.fstat(file.fileno()).st_mode & 0o7777, file.read())


def read_files(root: Path) -> FileSet:
    files: FileSet = {}
    for directory, _, names in os.walk(root):
        for name in names:
            path = os.path.join(directory, name)
            files[os.path.relpath(path, root)] = read_file(path)
    return files


class Workspace:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.backups = root / "backups"
        self.control = self.backups / ".backstep"

    def reset(self, live: FileSet, healthy: str) -> None:
        """From nothing: `live` in place, the new set ready to be generated."""
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        write_files(self.root, live)
        (self.root / SERVICES / "added_service").mkdir(exist_ok=True)
        fresh = {f"{FRESH}/{stored_name(path)}": state for path, state in NEW.items()}
        write_files(self.root, fresh)
        moves = [f"mv -f {FRESH}/{stored_name(path)} {path}" for path in NEW]
        (self.root / "generate.sh").write_text("set -e\n" + "\n".join(moves) + "\n")
        probed = entrypoint("action_service")
        (self.root / "backstep.yml").write_text(CONFIG.format(healthy=healthy, probed=probed))

    def live(self) -> FileSet:
        """Every file outside the store, those with a dot too: a leftover is a difference."""
        files: FileSet = {}
        for top in self.root.iterdir():
            if top.name in NOT_LIVE:
                continue
            if top.is_file():
                files[top.name] = read_file(str(top))
            else:
                files |= {f"{top.name}/{path}": state for path, state in read_files(top).items()}
        return files

    def repair(self, wanted: FileSet) -> None:
        """The right content in each file; what we staged beside it stays. A new inode each, as `mv`
        and most editors make: until its rename a live file shares its inode with the evidence."""
        for path in OLD.keys() | NEW.keys():
            (self.root / path).unlink(missing_ok=True)
        write_files(self.root, wanted)

    def sets(self, shelf: str) -> dict[str, FileSet]:
        """The published sets of "backups", "good" or "failed": names without a leading dot."""
        directory = self.backups if shelf == "backups" else self.control / shelf
        if not directory.is_dir():
            return {}
        names = sorted(path.name for path in directory.iterdir() if path.name[0] != ".")
        return {name: read_files(directory / name) for name in names}

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

    def history(self) -> list[str]:
        """The events on record; a torn line, which a kill cannot make, would raise here."""
        try:
            text = (self.control / "history.jsonl").read_text()
        except FileNotFoundError:
            return []
        return [json.loads(line)["event"] for line in text.splitlines()]

    def leftovers(self) -> list[str]:
        found = []
        for directory in (self.backups, self.control, self.control / "good", self.control / "failed"):
            if directory.is_dir():
                found += [str(path.relative_to(self.root)) for path in directory.iterdir()
                          if path.name[0] == "." and path != self.control]
        return found

    def everything(self) -> FileSet:
        """All but the lock, whose text names its last holder."""
        files = read_files(self.root)
        files.pop("backups/.backstep/lock", None)
        return files
