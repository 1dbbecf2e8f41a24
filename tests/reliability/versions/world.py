# SPDX-License-Identifier: Apache-2.0
"""The places of a history: checkouts of one project, and their stores."""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

from disk import Stored, read_store, read_tree
from harness import files
from harness.files import Entry, Files, put
from settings import STORES, Settings

# What is committed, and so what a fresh checkout brings. Some of it is tracked, by some settings.
COMMITTED = ("services/alpha/entrypoint.sh", "services/alpha/start.sh",
             "services/alpha/bin/run.sh", "services/alpha/data.txt",
             "services/beta/entrypoint.sh", "services/beta/bin/run.sh", "apps/web/entrypoint.sh",
             "apps/web/start.sh", "teams/red/api/entrypoint.sh", "compose.yml", "conf/a.conf",
             "conf/b.conf", "conf/deep/c.yml", "notes.txt", ".gitlab-ci.yml")
# What a generator, or somebody, may add.
NEW = ("services/gamma/entrypoint.sh", "apps/new/entrypoint.sh", "conf/new.conf", "extra.yml",
       "teams/blue/db/entrypoint.sh", "build.log")
# Only a mistake writes them.
CALM = ("notes.txt", "services/alpha/data.txt", ".gitlab-ci.yml")


@dataclass(frozen=True)
class Layout:
    prefix: str      # where beneath the checkout the settings lie
    has_git: bool
    is_shared: bool  # one absolute store for all checkouts

    @classmethod
    def random(cls, rng: random.Random) -> "Layout":
        return cls(rng.choice(["", "", "deploy"]), rng.random() < 0.6, rng.random() < 0.4)


class World:
    def __init__(self, root: Path, layout: Layout) -> None:
        self.root, self.layout = root, layout
        self.places: list[str] = []
        self.here = ""
        shutil.rmtree(root, ignore_errors=True)
        (root / "tools").mkdir(parents=True)

    def checkout(self, name: str = "") -> Path:
        return self.root / (name or self.here)

    def home(self, name: str = "") -> Path:
        """The directory of the settings."""
        return self.checkout(name) / self.layout.prefix

    def make_checkout(self) -> str:
        """From what is committed, in a place of its own; nothing of it is a store."""
        name = f"checkout-{len(self.places)}"
        for path in COMMITTED:
            put(self.home(name), path, script("committed", path))
        if self.layout.has_git:
            put(self.checkout(name), ".git/HEAD", Entry("file", 0o644, b"ref: refs/heads/main\n"))
        if self.layout.prefix and self.layout.has_git:
            put(self.checkout(name), "shared.conf", script("committed", "shared.conf"))
        self.places.append(name)
        return name

    def store_of(self, settings: Settings, name: str = "") -> Path:
        if self.layout.is_shared:
            return self.root / f"shared-{settings.store}"
        return self.home(name) / settings.store

    def said(self, settings: Settings) -> str:
        """As the settings name the store."""
        return str(self.store_of(settings)) if self.layout.is_shared else settings.store

    def tree(self, name: str) -> Files:
        home = self.home(name)
        return read_tree(self.checkout(name), home, {home / each for each in STORES})

    def trees(self) -> dict[str, Files]:
        return {name: self.tree(name) for name in self.places}

    def stores(self) -> dict[Path, Stored]:
        homes = [self.home(name) / each for name in self.places for each in STORES]
        shared = [self.root / f"shared-{each}" for each in STORES]
        return {place: read_store(place) for place in [*homes, *shared] if place.is_dir()}


def script(word: str, path: str) -> Entry:
    return files.script(f"{word} {path}", 0o755 if path.endswith(".sh") else 0o644)
