# SPDX-License-Identifier: Apache-2.0
"""A checkout with one service for each kind of edit, and what lies in it."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness.files import Entry, Files, entrypoint, put, script, service_of
from harness.running import Ended, end_of, start

EDITED = ["written", "renamed", "moded", "deleted", "directory", "symlink", "untouched"]
GENERATED = "generated"  # a service that only the new version has
ADDED = "added"          # one that somebody adds after the crash
WRITTEN_BY_DEPLOY = "deploying"


def version(word: str, service: str) -> Entry:
    return script(f"{word} {service}")


OLD: Files = {entrypoint(each): version("old", each) for each in [*EDITED, WRITTEN_BY_DEPLOY]}
NEW: Files = {path: version("new", service_of(path)) for path in [*OLD, entrypoint(GENERATED)]}


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
    put(root, entrypoint("written"), version("other", "written"))
    put(root, entrypoint("untouched"), NEW[entrypoint("untouched")])
    put(root, entrypoint(ADDED), version("other", ADDED))
    git(root, "rm", "--quiet", entrypoint("deleted"))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "other")
    git(root, "checkout", "--quiet", "old")


@dataclass(frozen=True)
class Job:
    """As whom a call is made: the pipeline's run is the owner."""

    run: str
    commit: str

    def call(self, binary: str, root: Path, arguments: list[str]) -> Ended:
        return end_of(start([binary, *arguments], root, self.variables()))

    def variables(self) -> dict[str, str]:
        named = {"GITHUB_ACTIONS": "true", "GITHUB_JOB": "deploy", "GITHUB_RUN_ID": self.run}
        return named | ({"GITHUB_SHA": self.commit} if self.commit else {})
