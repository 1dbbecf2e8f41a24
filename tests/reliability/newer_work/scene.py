# SPDX-License-Identifier: Apache-2.0
"""A checkout with one service for each kind of edit, and what lies in it."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

LONGEST = 60
STAGED = ".*.backstep-new"
EDITED = ["written", "renamed", "moded", "deleted", "directory", "symlink", "untouched"]
GENERATED = "generated"  # a service that only the new version has
ADDED = "added"          # one that somebody adds after the crash
WRITTEN_BY_DEPLOY = "deploying"


@dataclass(frozen=True)
class Entry:
    """What lies at a path: a plain file, or something odd by its kind."""

    kind: str
    content: str = ""
    executable: bool = False


Live = dict[str, Entry]


def entrypoint(service: str) -> str:
    return f"services/{service}/entrypoint.sh"


def script(word: str, service: str) -> Entry:
    return Entry("file", f"#!/bin/sh\necho {word} {service}\n", True)


OLD: Live = {entrypoint(each): script("old", each) for each in [*EDITED, WRITTEN_BY_DEPLOY]}
NEW: Live = {path: script("new", path.split("/")[1]) for path in [*OLD, entrypoint(GENERATED)]}


def entry_at(path: Path) -> Entry:
    if path.is_symlink():
        return Entry("symlink", os.readlink(path))
    if path.is_dir():
        return Entry("directory", ",".join(sorted(os.listdir(path))))
    return Entry("file", path.read_text(), path.stat().st_mode & 0o100 > 0)


def put(root: Path, path: str, entry: Entry) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(entry.content)
    target.chmod(0o755 if entry.executable else 0o644)


def live_of(root: Path) -> Live:
    """What lies at every entrypoint, and what else lies in a service."""
    return {str(path.relative_to(root)): entry_at(path)
            for path in sorted((root / "services").glob("*/*")) if not path.match(STAGED)}


def staged_in(root: Path) -> list[str]:
    """What a restore had ready when it was killed: no later one may leave it there."""
    return [str(path.relative_to(root)) for path in (root / "services").glob(f"*/{STAGED}")]


def evidence_of(root: Path) -> set[str]:
    failed = root / "backups/.backstep/failed"
    return {path.read_text() for path in failed.glob("*/*_entrypoint.sh")}


def git(root: Path, *words: str) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "gc.auto=0"]
    subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True,
                   env=os.environ | {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"})


def make_checkout(root: Path) -> None:
    """At the commit `old`. `other` changes one service, removes one, adds one, and has one just as
    the generator makes it."""
    shutil.rmtree(root, ignore_errors=True)
    for path, entry in OLD.items():
        put(root, path, entry)
    for path, entry in NEW.items():
        put(root / "fresh", path, entry)
    (root / ".gitignore").write_text("backups/\nfresh/\nreached\n")
    git(root, "init", "--quiet", "--initial-branch", "old")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "old")
    git(root, "checkout", "--quiet", "-b", "other")
    put(root, entrypoint("written"), script("other", "written"))
    put(root, entrypoint("untouched"), NEW[entrypoint("untouched")])
    put(root, entrypoint(ADDED), script("other", ADDED))
    git(root, "rm", "--quiet", entrypoint("deleted"))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "other")
    git(root, "checkout", "--quiet", "old")


@dataclass(frozen=True)
class Job:
    """As whom a call is made: the pipeline's run is the owner."""

    run: str
    commit: str

    def call(self, binary: str, root: Path,
             arguments: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([binary, *arguments], cwd=root, env=self.environment(root),
                              check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=LONGEST)

    def environment(self, root: Path) -> dict[str, str]:
        named = {"PATH": os.environ["PATH"], "HOME": str(root), "LANG": "C.UTF-8",
                 "GITHUB_ACTIONS": "true", "GITHUB_JOB": "deploy", "GITHUB_RUN_ID": self.run}
        return named | ({"GITHUB_SHA": self.commit} if self.commit else {})
