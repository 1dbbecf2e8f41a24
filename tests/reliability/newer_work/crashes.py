# SPDX-License-Identifier: Apache-2.0
"""Runs that were killed in each phase of the journal, made once and copied for each case."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.files import Files, entrypoint
from harness.running import HANG, KILLED, end_of, start, wait_for_file
from harness.tracing import Point, points_of, strace, trace_calls
from harness.tree import Tree
from scene import NEW, WRITTEN_BY_DEPLOY, Job, make_checkout

OWNER = Job("1", "aaaa")
CHECK = f"grep -q old {entrypoint('untouched')}"
GENERATE = "cp -a fresh/services ."
# In place, so that it is neither what was recorded nor the old one.
WRITE = f"echo half >{entrypoint(WRITTEN_BY_DEPLOY)}"
HALF = "; ".join(f"cp -a fresh/{path} {path}" for path in list(NEW)[:3])
QUICK = ["--check-baseline", "false", "--health-retries", "1", "--health-start-period", "0s",
         "--health-interval", "10ms"]


class CannotPrepare(Exception):
    pass


@dataclass(frozen=True)
class Crash:
    """`recorded` is what the journal has of the files; none: nothing was recorded yet."""

    name: str
    phase: str
    make: Callable[[str, Path], None]
    recorded: Files | None = None
    begun: bool = False
    guarded: bool = False

    def __str__(self) -> str:
        return self.name


def arguments(generate: str = GENERATE, deploy: str = "true", check: str = CHECK,
              rollback: str = "true") -> list[str]:
    return ["run", "--generate", generate, "--deploy", deploy, "--health-check", check,
            "--rollback-command", rollback, *QUICK]


def killed_in(command: list[str]) -> Callable[[str, Path], None]:
    """Once the command that hangs is reached."""
    def make(binary: str, root: Path) -> None:
        process = start([binary, *command], root, OWNER.variables())
        if not wait_for_file(process, root / "reached"):
            raise CannotPrepare(f"it did not hang: {command}")
        process.kill()
        end_of(process)
        Tree(root).wait_for_lock()
    return make


def kill_at(point: Point, binary: str, root: Path, command: list[str]) -> bool:
    ended, _ = strace(point.injection(), [binary, *command], root, OWNER.variables())
    Tree(root).wait_for_lock()
    return ended.status == KILLED


def killed_at(command: list[str], call: str, words: str, nth: int) -> Callable[[str, Path], None]:
    """At the nth of its calls of that name whose line in the trace matches."""
    def make(binary: str, root: Path) -> None:
        _, lines = strace(["-e", f"trace={call}"], [binary, *command], root, OWNER.variables())
        Tree(root).wait_for_lock()
        found = [number for number, line in enumerate(lines, 1) if re.search(words, line)]
        make_checkout(root)
        if not kill_at(Point(call, found[nth]), binary, root, command):
            raise CannotPrepare(f"it was not killed at {call} {found[nth]}")
    return make


def begun(guard: str) -> Callable[[str, Path], None]:
    """The job's own steps have generated, and then it was lost."""
    def make(binary: str, root: Path) -> None:
        command = ["begin", "--guard-timeout", guard, "--rollback-command", "true", *QUICK]
        ended = OWNER.call(binary, root, command)
        if ended.status != 0:
            raise CannotPrepare(f"begin: {ended.out}")
        subprocess.run(["sh", "-c", GENERATE], cwd=root, check=True)
    return make


# Nothing else is synced so: the record is written, and the run is killed before it goes on.
RECORD = "fdatasync"
FAILS = arguments(check="false")
CRASHES = [
    Crash("armed", "armed", killed_in(arguments(generate=f"{HALF}; {HANG}"))),
    Crash("generated", "generated", killed_at(arguments(), RECORD, RECORD, 0), NEW),
    Crash("deploying", "deploying", killed_in(arguments(deploy=f"{WRITE}; {HANG}")), NEW),
    Crash("deployed", "deployed", killed_in(arguments(check=f"{HANG}; {CHECK}")), NEW),
    Crash("restoring", "restoring", killed_at(FAILS, "renameat", "entrypoint", 1), NEW),
    Crash("restored", "restored", killed_in(arguments(check=CHECK, rollback=HANG))),
    Crash("accepted", "accepted",
          killed_at(arguments(check="true"), RECORD, RECORD, -2), NEW),  # the last one ends it
    Crash("begun", "armed", begun("1h"), begun=True, guarded=True),
    Crash("begun, guard passed", "armed", begun("1ms"), begun=True),
]


def phase_of(root: Path) -> str:
    """"" = no run is open."""
    return str((Tree(root).journal() or {"phase": ""})["phase"])


def make_all(crashes: list[Crash], binary: str, directory: Path) -> dict[str, Path]:
    """A workspace for each crash, to be copied."""
    made = {}
    for crash in crashes:
        root = directory / re.sub(r"\W+", "-", crash.name)
        root.mkdir(parents=True)
        make_checkout(root)
        crash.make(binary, root)
        if phase_of(root) != crash.phase:
            raise CannotPrepare(f"{crash.name}: the journal is at '{phase_of(root)}'")
        made[crash.name] = root
    return made


def crashes_at_calls(binary: str, directory: Path,
                     wanted: int) -> tuple[list[Crash], dict[str, Path]]:
    """A failing run killed at so many of its calls, evenly; the journal says where that was."""
    first = directory / "whole"
    first.mkdir(parents=True)
    make_checkout(first)
    _, lines = trace_calls([binary, *FAILS], first, OWNER.variables())
    Tree(first).wait_for_lock()
    points = points_of([lines])
    crashes, made = [], {}
    for point in points[::max(1, len(points) // wanted)]:
        name = f"{point.call} {point.number}"
        root = directory / name.replace(" ", "-")
        root.mkdir()
        make_checkout(root)
        if not kill_at(point, binary, root, FAILS):
            continue  # its number depends on timing, and this run made one less
        phase = phase_of(root)
        crashes.append(Crash(name, phase, lambda _binary, _root: None,
                             None if phase in ("", "armed") else NEW))
        made[name] = root
    return crashes, made
