# SPDX-License-Identifier: Apache-2.0
"""What lies on the disk, by plain system calls: trees of checkouts, and stores. Nothing here asks
the program under test.
"""

import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Entry(NamedTuple):
    kind: str  # file, link or directory
    executable: bool = False
    content: bytes = b""

    def __str__(self) -> str:
        return f"{self.kind} {'x' if self.executable else '-'} {self.content[:40]!r}"


Tree = dict[str, Entry]  # by path from the settings' directory; what lies above it begins with ../


def content_id(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of(files: Tree) -> str:
    """The name of a version: SHA-256 over the sorted (path, executable bit, SHA-256)."""
    total = hashlib.sha256()
    for path in sorted(files, key=str.encode):
        kind = "x" if files[path].executable else "-"
        total.update(f"{path}\0{kind}\0{content_id(files[path].content)}\n".encode())
    return total.hexdigest()


def entry_at(path: Path) -> Entry | None:
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(status.st_mode):
        return Entry("link", False, os.readlink(path).encode())
    if stat.S_ISDIR(status.st_mode):
        return Entry("directory")
    return Entry("file", status.st_mode & 0o100 != 0, path.read_bytes())


def walk(root: Path, skipped: set[Path]) -> list[Path]:
    found = []
    for above, directories, names in os.walk(root):
        directories[:] = [each for each in directories if Path(above) / each not in skipped]
        found += [Path(above) / each for each in [*directories, *names]]
    return found


def read_tree(root: Path, home: Path, stores: set[Path]) -> Tree:
    """A whole checkout with its settings, CI files and .git, but for the stores in it."""
    return {os.path.relpath(path, home): entry for path in walk(root, stores)
            if (entry := entry_at(path)) is not None}


@dataclass
class Stored:
    """One place that `backups_dir` names, with the environments in it."""

    raw: dict[str, str] = field(default_factory=dict)  # path: SHA-256 of what lies there
    sets: dict[str, str] = field(default_factory=dict)  # path of each published set: its digest

    @property
    def contents(self) -> set[str]:
        return set(self.raw.values())

    def beneath(self, environment: str) -> "Stored":
        """That environment's own store; "" is the one that has no name."""
        inside = {path.split("/")[0] for path in self.sets} & {"staging", "production"}

        def belongs(path: str) -> bool:
            first = path.split("/")[0]
            return first == environment if environment else first not in inside
        return Stored({path: each for path, each in self.raw.items() if belongs(path)},
                      {path: each for path, each in self.sets.items() if belongs(path)})


def digest_said(manifest: Path) -> str:
    try:
        return str(json.loads(manifest.read_text().splitlines()[-1])["digest"])
    except (OSError, ValueError, KeyError, IndexError):
        return "unreadable"


def read_store(root: Path) -> Stored:
    stored = Stored()
    for path in walk(root, set()) if root.is_dir() else []:
        name = str(path.relative_to(root))
        if path.is_symlink() or not path.is_file():
            continue
        stored.raw[name] = content_id(path.read_bytes())
        holder = path.parent
        if path.name == "_manifest.jsonl" and not holder.name.startswith("."):
            stored.sets[str(holder.relative_to(root))] = digest_said(path)
    return stored
