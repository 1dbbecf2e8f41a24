# SPDX-License-Identifier: Apache-2.0
"""A tree of services with its store: made by the tests, and looked at without the program."""

import json
import os
from pathlib import Path

from harness.files import (SERVICES, Entry, Files, entry_at, put, read_files, remove, stored_name,
                           write_files)
from harness.journal_file import read_journal
from harness.recovery import Journal
from harness.running import lock_is_free, wait_for_lock

COMPOSE = "compose.yml"  # a tracked file that is no entrypoint
FRESH = "fresh"          # where a generator finds the next version
STAGED = ".*.backstep-new"
SHELVES = ("backups", "good", "failed")


class Tree:
    """Sets have labels: `backups/ID`, `good/ID`, and `failed/ID` for what a restore took away."""

    # At the top of the tree, and not of the version that lies there.
    aside = {"backups", FRESH, "backstep.yml", "lost+found"}

    def __init__(self, root: Path, store: Path | None = None) -> None:
        self.root = root
        self.store = store or root / "backups"
        self.control = self.store / ".backstep"
        self.lock = self.control / "lock"

    # Making and changing it.

    def clear(self) -> None:
        """The root itself stays: it may be a mount point."""
        self.root.mkdir(parents=True, exist_ok=True)
        for path in self.root.iterdir():
            remove(path)

    def write(self, files: Files) -> None:
        write_files(self.root, files)

    def put(self, path: str, entry: Entry | None) -> None:
        put(self.root, path, entry)

    def write_generator(self, fresh: Path, new: Files) -> str:
        """A script that brings the new files from `fresh`, which may be on another disk. They are
        renamed into place, so that what is torn was torn by the program under test."""
        write_files(self.root / fresh, {stored_name(path): entry for path, entry in new.items()})
        steps = [f"cp -p {fresh}/{stored_name(path)} {FRESH}/next && mv {FRESH}/next {path} || "
                 f"{{ rm -f {FRESH}/next; exit 1; }}" for path in new]
        return "\n".join([f"mkdir -p {FRESH}", *steps]) + "\n"

    # What lies there.

    def live(self) -> Files:
        """Every file outside the store, those with a dot too: a leftover is a difference."""
        files: Files = {}
        for top in os.scandir(self.root):
            if top.name in self.aside:
                continue
            if top.is_dir(follow_symlinks=False):
                files |= {f"{top.name}/{path}": entry
                          for path, entry in read_files(top.path).items()}
            else:
                files |= {top.name: entry} if (entry := entry_at(top.path)) else {}
        return files

    def places(self) -> Files:
        """What lies at each place of a service and at the other tracked file, also where it is no
        file; but not what a restore that was killed had ready."""
        paths = [*sorted(self.root.glob(f"{SERVICES}/*/*")), self.root / COMPOSE]
        return {str(path.relative_to(self.root)): entry for path in paths
                if not path.match(STAGED) and (entry := entry_at(path))}

    def staged(self) -> list[str]:
        """What a restore had ready when it was killed: no later one may leave it there."""
        return [str(path.relative_to(self.root)) for path in self.root.rglob(STAGED)]

    def everything(self) -> Files:
        """All but the lock, whose text names its last holder."""
        files = read_files(self.root)
        files.pop(str(self.lock.relative_to(self.root)), None)
        return files

    # What lies in the store.

    def shelf(self, label: str) -> Path:
        kind, _, name = label.partition("/")
        return (self.store if kind == "backups" else self.control / kind) / name

    def labels(self) -> list[str]:
        """Of the published sets; those with a dot are on their way in or out."""
        shelves = [(kind, self.shelf(kind)) for kind in SHELVES]
        return [f"{kind}/{name}" for kind, place in shelves if place.is_dir()
                for name in sorted(os.listdir(place)) if name[0] != "."]

    def published(self) -> dict[str, Files]:
        """As the files lie in each set, by their stored names."""
        return {label: read_files(self.shelf(label)) for label in self.labels()}

    def evidence(self) -> list[Files]:
        return [files for label, files in self.published().items() if label.startswith("failed/")]

    def leftovers(self) -> list[str]:
        """Of a call that did not come to its end."""
        places = [self.store, self.control, self.control / "good", self.control / "failed"]
        return [str(path.relative_to(self.store)) for place in places if place.is_dir()
                for path in place.iterdir() if path.name[0] == "." and path != self.control]

    def journal(self) -> Journal | None:
        """None: no run is open."""
        return read_journal(self.control / "journal.json")

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

    # Who works on it.

    def lock_is_free(self) -> bool:
        return lock_is_free(self.lock)

    def wait_for_lock(self) -> bool:
        return wait_for_lock(self.lock)
