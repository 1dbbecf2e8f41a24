# SPDX-License-Identifier: Apache-2.0
"""Runs that were killed in each phase of the journal, made once and copied for each case."""

import fcntl
import json
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tracing import LEFT_OUT, call_name, points_of

from scene import NEW, WRITTEN_BY_DEPLOY, Job, Live, entrypoint, make_checkout

OWNER = Job("1", "aaaa")
PATIENCE = 20.0
HANG = "[ -e reached ] || { touch reached; exec tail -f /dev/null; }"
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
    recorded: Live | None = None
    begun: bool = False
    guarded: bool = False

    def __str__(self) -> str:
        return self.name


def arguments(generate: str = GENERATE, deploy: str = "true", check: str = CHECK,
              rollback: str = "true") -> list[str]:
    return ["run", "--generate", generate, "--deploy", deploy, "--health-check", check,
            "--rollback-command", rollback, *QUICK]


def wait_for_keepers(root: Path) -> None:
    with open(root / "backups/.backstep/lock", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


def killed_in(command: list[str]) -> Callable[[str, Path], None]:
    """Once the command that hangs is reached."""
    def make(binary: str, root: Path) -> None:
        process = subprocess.Popen([binary, *command], cwd=root, env=OWNER.environment(root),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE
        while not (root / "reached").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise CannotPrepare(f"it did not hang: {command}")
            time.sleep(0.002)
        process.kill()
        process.wait()
        wait_for_keepers(root)
    return make


def traced(binary: str, root: Path, command: list[str],
           options: list[str]) -> tuple[int, list[str]]:
    trace = root.parent / f"{root.name}.trace"
    ended = subprocess.run(["strace", "-q", "-o", str(trace), *options, binary, *command], cwd=root,
                           env=OWNER.environment(root), stdin=subprocess.DEVNULL, check=False,
                           capture_output=True)
    return ended.returncode, trace.read_text().splitlines()


def killed_at(command: list[str], call: str, words: str, nth: int) -> Callable[[str, Path], None]:
    """At the nth of its calls of that name whose line in the trace matches."""
    def make(binary: str, root: Path) -> None:
        _, lines = traced(binary, root, command, ["-e", f"trace={call}"])
        wait_for_keepers(root)
        found = [number for number, line in enumerate(lines, 1) if re.search(words, line)]
        make_checkout(root)
        inject = f"inject={call}:signal=KILL:when={found[nth]}"
        status, _ = traced(binary, root, command, ["-e", f"trace={call}", "-e", inject])
        wait_for_keepers(root)
        if status != -signal.SIGKILL:
            raise CannotPrepare(f"it was not killed at {call} {found[nth]}: {status}")
    return make


def begun(guard: str) -> Callable[[str, Path], None]:
    """The job's own steps have generated, and then it was lost."""
    def make(binary: str, root: Path) -> None:
        command = ["begin", "--guard-timeout", guard, "--rollback-command", "true", *QUICK]
        ended = OWNER.call(binary, root, command)
        if ended.returncode != 0:
            raise CannotPrepare(f"begin: {ended.stdout}")
        subprocess.run(["sh", "-c", GENERATE], cwd=root, check=True)
    return make


JOURNAL = r'"journal\.json"'
FAILS = arguments(check="false")
CRASHES = [
    Crash("armed", "armed", killed_in(arguments(generate=f"{HALF}; {HANG}"))),
    Crash("generated", "generated", killed_at(arguments(), "renameat", JOURNAL, 2), NEW),
    Crash("deploying", "deploying", killed_in(arguments(deploy=f"{WRITE}; {HANG}")), NEW),
    Crash("deployed", "deployed", killed_in(arguments(check=f"{HANG}; {CHECK}")), NEW),
    Crash("restoring", "restoring", killed_at(FAILS, "renameat", "entrypoint", 1), NEW),
    Crash("restored", "restored", killed_in(arguments(check=CHECK, rollback=HANG))),
    Crash("accepted", "accepted",
          killed_at(arguments(check="true"), "unlinkat", JOURNAL, -1), NEW),
    Crash("begun", "armed", begun("1h"), begun=True, guarded=True),
    Crash("begun, guard passed", "armed", begun("1ms"), begun=True),
]


def phase_of(root: Path) -> str:
    """"" = no run is open."""
    try:
        return str(json.loads((root / "backups/.backstep/journal.json").read_text())["phase"])
    except FileNotFoundError:
        return ""


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
    _, lines = traced(binary, first, FAILS, ["-e", "trace=%file,%desc"])
    wait_for_keepers(first)
    points = [point for point in points_of([[line for line in lines if call_name(line)]])[0]
              if point.call not in LEFT_OUT]
    crashes, made = [], {}
    for point in points[::max(1, len(points) // wanted)]:
        name = f"{point.call} {point.number}"
        root = directory / name.replace(" ", "-")
        root.mkdir()
        make_checkout(root)
        inject = f"inject={point.call}:signal=KILL:when={point.number}"
        status, _ = traced(binary, root, FAILS, ["-e", f"trace={point.call}", "-e", inject])
        if (root / "backups/.backstep/lock").exists():
            wait_for_keepers(root)
        if status != -signal.SIGKILL:
            continue  # its number depends on timing, and this run made one less
        phase = phase_of(root)
        crashes.append(Crash(name, phase, lambda _binary, _root: None,
                             None if phase in ("", "armed") else NEW))
        made[name] = root
    return crashes, made
