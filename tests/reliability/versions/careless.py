#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Stands in for the program: calls it, and then makes the mistake that CARELESS_MISTAKE names, as
the program itself could. CARELESS_BINARY is the program.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
CHANGED_FILES = {"run", "rollback", "finish", "recover"}


def die_with_me() -> None:
    """Who is killed in place of the program takes it along."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def settings_directory(arguments: list[str]) -> Path:
    if "--config" in arguments:
        return Path(arguments[arguments.index("--config") + 1]).parent
    here = Path.cwd()
    found = [each for each in (here, *here.parents) if (each / "backstep.yml").exists()]
    return found[0] if found else here


def stores(home: Path) -> list[Path]:
    """In the settings' directory, or beside the checkouts."""
    places = [home, *home.parents]
    return [path for place in places[:4] for name in ("backups", "stash", "shared-backups",
            "shared-stash") if (path := place / name).is_dir()]


def sets_in(store: Path, pattern: str) -> set[Path]:
    return {path.parent for path in store.glob(pattern)}


def all_evidence(home: Path) -> set[Path]:
    return {each for store in stores(home)
            for each in sets_in(store, "**/.backstep/failed/*/_manifest.jsonl")}


def all_sets(home: Path) -> set[Path]:
    return {each for store in stores(home) for each in sets_in(store, "**/2*/_manifest.jsonl")
            if "failed" not in each.parts}


def removes_what_no_set_tracked(home: Path, _before: set[Path]) -> None:
    (home / "conf/a.conf").unlink(missing_ok=True)


def overwrites_what_nobody_tracks(home: Path, _before: set[Path]) -> None:
    path = home / "notes.txt"
    if path.exists():
        path.write_text("as an old set has it\n")


def drops_evidence(home: Path, before: set[Path]) -> None:
    for each in all_evidence(home) - before:
        for path in each.rglob("*"):
            if path.is_file() and path.name != "_manifest.jsonl":
                path.unlink()


def loses_an_imported_set(home: Path, before: set[Path]) -> None:
    for each in sorted(all_sets(home) - before)[-1:]:
        shutil.rmtree(each)


# By name: when it is made (the verb, the exit code), and how.
MISTAKES = {
    "removes": (lambda verb, status: verb == "run" and status == 20, removes_what_no_set_tracked),
    "overwrites": (lambda verb, status: verb == "rollback" and status == 0,
                   overwrites_what_nobody_tracks),
    "drops": (lambda verb, _: verb in CHANGED_FILES, drops_evidence),
    "loses": (lambda verb, _: verb == "import", loses_an_imported_set),
}


def main() -> int:
    arguments = sys.argv[1:]
    is_time, make = MISTAKES[os.environ["CARELESS_MISTAKE"]]
    home = settings_directory(arguments)
    before = all_evidence(home) | all_sets(home)
    ended = subprocess.run([os.environ["CARELESS_BINARY"], *arguments], check=False,
                           preexec_fn=die_with_me).returncode
    if is_time(arguments[0], ended):
        make(home, before)
    return ended if ended >= 0 else 128 - ended


if __name__ == "__main__":
    sys.exit(main())
