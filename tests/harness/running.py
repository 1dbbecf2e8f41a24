# SPDX-License-Identifier: Apache-2.0
"""Starts the program under test, and waits for what it left behind."""

import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

LONGEST = 60
PATIENCE = 20.0
KILLED = -signal.SIGKILL
# A command that stays until it is killed. It is done the second time, when a recovery runs it.
HANG = "[ -e reached ] || { touch reached; exec tail -f /dev/null; }"
# One answer of a check is enough here, or each run would wait for a second one.
AT_ONCE = {"BACKSTEP_HEALTH_MIN_HEALTHY_TIME": "0s"}
# Which mistake the program shall make, for those who look whether the tests find it.
MISTAKES = ("CRASH_SEEDED_BUG", "CARELESS_")


@dataclass(frozen=True)
class Ended:
    status: int  # -n for a signal
    out: str
    error: str = ""  # "" also where both came through one pipe

    @property
    def said(self) -> str:
        """What it printed, the end of it in one line."""
        return " ".join((self.out + self.error).split())[-300:]

    @property
    def answer(self) -> dict:
        """Of --json; empty where there is none."""
        try:
            answer = json.loads(self.out)
        except ValueError:
            return {}
        return answer if isinstance(answer, dict) else {}


class Locked(Protocol):
    root: Path

    def lock_is_free(self) -> bool: ...
    def wait_for_lock(self) -> bool: ...


def environment(root: Path | str, more: dict[str, str] | None = None) -> dict[str, str]:
    """The pipeline that runs the tests must not show through."""
    mistakes = {name: value for name, value in os.environ.items() if name.startswith(MISTAKES)}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(root), "LANG": "C.UTF-8",
            "TZ": "UTC", **AT_ONCE, **mistakes, **(more or {})}


def run(command: list[str], root: Path, more: dict[str, str] | None = None,
        longest: float = LONGEST) -> Ended:
    """In `root`, with `more` in its environment."""
    ended = subprocess.run(command, cwd=root, env=environment(root, more), timeout=longest,
                           stdin=subprocess.DEVNULL, capture_output=True, text=True,
                           errors="replace", check=False)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def start(command: list[str], root: Path, more: dict[str, str] | None = None, *,
          new_session: bool = False) -> "subprocess.Popen[str]":
    """All that it prints comes through one pipe, as a log has it."""
    return subprocess.Popen(command, cwd=root, env=environment(root, more), text=True,
                            errors="replace", start_new_session=new_session,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


def end_of(process: "subprocess.Popen[str]", longest: float = LONGEST) -> Ended:
    try:
        output, _ = process.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return Ended(process.returncode, output)


def wait_until(condition: Callable[[], bool], limit: float = PATIENCE) -> bool:
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.002)
    return True


def wait_for_file(process: "subprocess.Popen[str]", path: Path) -> bool:
    """Until one of its commands has made it. False: it has ended, or will not come to that."""
    wait_until(lambda: path.exists() or process.poll() is not None)
    return path.exists()


def lock_is_free(lock: Path) -> bool:
    try:
        descriptor = os.open(lock, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)


def wait_for_lock(lock: Path) -> bool:
    """Until the keepers of a killed run have ended its commands; False: they never did."""
    return wait_until(lambda: lock_is_free(lock))


def commands_in(root: Path, binary: str) -> list[str]:
    """Processes that work beneath `root`. One on its way out has no program any more; a keeper lets
    go of the lock a moment before it is gone, and is not a command."""
    found = []
    for process in os.listdir("/proc"):
        if not process.isdigit() or int(process) == os.getpid():
            continue
        try:
            if Path(os.readlink(f"/proc/{process}/cwd")).is_relative_to(root):
                found.append(f"{process} {os.readlink(f'/proc/{process}/exe')}")
        except OSError:
            continue
    return [each for each in found if not each.endswith(f" {binary}")]


def wait_for_keepers(tree: Locked, binary: str) -> list[str]:
    """What is wrong afterwards: the lock is still held, or a command lives on without it."""
    if tree.lock_is_free():
        return []
    if not tree.wait_for_lock():
        return [f"the lock is held {PATIENCE} s after the kill"]
    return [f"the lock is free, yet a command is left: {each}"
            for each in commands_in(tree.root, binary)]


def all_sets_verify(ended: Ended, when: str) -> list[str]:
    """I3, by the program's own `verify --json`: what is wrong."""
    sets = ended.answer.get("sets")
    if sets is None:
        return [f"I3 {when}: 'verify' exited with {ended.status}: {ended.said}"]
    found = [f"I3 {when}: {each['id']}: {'; '.join(each['problems']) or 'unverified'}"
             for each in sets if each["problems"] or each["unverified"]]
    if ended.status != 0 and not found:
        found.append(f"I3 {when}: 'verify' exited with {ended.status}")
    return found
