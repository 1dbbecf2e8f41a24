# SPDX-License-Identifier: Apache-2.0
"""What lies on the disk, by plain system calls: trees of checkouts, and stores. Nothing here asks
the program under test.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from harness.files import Files, entry_at, sha256_of


def walk(root: Path, skipped: set[Path]) -> list[Path]:
    found = []
    for above, directories, names in os.walk(root):
        directories[:] = [each for each in directories if Path(above) / each not in skipped]
        found += [Path(above) / each for each in [*directories, *names]]
    return found


def read_tree(root: Path, home: Path, stores: set[Path]) -> Files:
    """A whole checkout with its settings, CI files and .git, but for the stores in it. Paths are those
    from the settings' directory; what lies above it begins with `../`."""
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
        stored.raw[name] = sha256_of(path.read_bytes())
        holder = path.parent
        if path.name == "_manifest.jsonl" and not holder.name.startswith("."):
            stored.sets[str(holder.relative_to(root))] = digest_said(path)
    return stored
