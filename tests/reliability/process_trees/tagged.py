# SPDX-License-Identifier: Apache-2.0
"""Processes found by a variable in their environment, wherever they went: parent links, groups and
sessions are just what a process can leave."""

import os
import signal
import uuid
from pathlib import Path

VARIABLE = "BACKSTEP_TEST_TREE"


def new_tag() -> str:
    return uuid.uuid4().hex


def environment_of(pid: str) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def runs(pid: str, program: str) -> bool:
    try:
        return os.readlink(f"/proc/{pid}/exe") == program
    except OSError:
        return False


def find_tagged(tag: str, program: str, but_for: str = "") -> list[int]:
    """Those of that tag that are not `program` itself, whose keeper is one of them, and have not
    `but_for` in their environment. The second look is for one that has forked behind the first."""
    tagged, spared = f"{VARIABLE}={tag}".encode(), but_for.encode()
    found: set[int] = set()
    for _ in range(2):
        for pid in os.listdir("/proc"):
            environment = environment_of(pid) if pid.isdigit() else []
            if tagged not in environment or (but_for and spared in environment):
                continue
            if not runs(pid, program):
                found.add(int(pid))
    return sorted(pid for pid in found if os.path.exists(f"/proc/{pid}"))


def state_of(pid: int) -> str:
    """"" = there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def lives(pid: int) -> bool:
    return state_of(pid) not in ("", "Z", "X")


def children_of(pid: int) -> list[int]:
    found = []
    for each in os.listdir("/proc"):
        try:
            stat = Path(f"/proc/{each}/stat").read_text() if each.isdigit() else ""
        except OSError:
            continue
        if stat and int(stat.rpartition(")")[2].split()[1]) == pid:
            found.append(int(each))
    return found


def kill_tagged(tag: str, program: str) -> None:
    """What is left when a promise was broken, or was allowed to stay."""
    for _ in range(200):
        left = find_tagged(tag, program)
        if not left:
            return
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
