# SPDX-License-Identifier: Apache-2.0
"""Running the program under test, and killing it at one of its system calls."""

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

LONGEST = 60
PATIENCE = 20.0

# Calls after which something differs on the disk, and about how often a run makes each.
CALLS = {"openat2": 120, "statx": 180, "close": 160, "getdents64": 34, "read": 40, "write": 20,
         "fsync": 18, "pipe2": 9, "poll": 18, "unlinkat": 10, "renameat": 7, "renameat2": 1,
         "fchmod": 6, "mkdirat": 2, "linkat": 3, "clone": 3, "ftruncate": 1}
SHARES = {"run": 1.0, "finish": 0.6, "recover": 0.5, "begin": 0.4, "rollback": 0.4, "backup": 0.3}
DECISIVE = ["fsync", "unlinkat", "renameat", "renameat2", "fchmod", "mkdirat", "linkat", "write"]


@dataclass(frozen=True)
class Point:
    call: str
    number: int

    def __str__(self) -> str:
        return f"killed at {self.call} #{self.number}"


@dataclass(frozen=True)
class Ended:
    status: int  # 128 + n for a signal
    said: str
    answer: dict  # of --json

    @property
    def killed(self) -> bool:
        return self.status == 128 + signal.SIGKILL


def random_point(rng: random.Random, verb: str) -> Point:
    names = DECISIVE if rng.random() < 0.7 else list(CALLS)
    call = rng.choices(names, [CALLS[name] for name in names])[0]
    most = max(1, round(CALLS[call] * SHARES.get(verb, 0.2)))
    return Point(call, rng.randint(1, most))


def environment(root: Path, owner: str) -> dict[str, str]:
    """The caller's pipeline must not show through."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(root), "LANG": "C.UTF-8",
            "TZ": "UTC", "BACKSTEP_OWNER": owner}


def answer_in(text: str) -> dict:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def call(command: list[str], root: Path, owner: str, point: Point | None) -> Ended:
    """Without -f: the commands and keepers of a killed run go on as they would. A point that is
    never reached kills nobody."""
    with tempfile.NamedTemporaryFile(dir=root.parent, prefix="trace-") as trace:
        if point is not None:
            inject = f"inject={point.call}:signal=KILL:when={point.number}"
            command = ["strace", "-q", "-o", trace.name, "-e", f"trace={point.call}", "-e", inject,
                       *command]
        ended = subprocess.run(command, cwd=root, env=environment(root, owner), timeout=LONGEST,
                               stdin=subprocess.DEVNULL, capture_output=True, check=False)
    status = ended.returncode if ended.returncode >= 0 else 128 - ended.returncode
    out = ended.stdout.decode(errors="replace")
    said = " ".join((ended.stderr.decode(errors="replace") + out).split())[-400:]
    return Ended(status, said, answer_in(out))


def wait_for_lock(lock: Path) -> bool:
    """Until the keepers of a killed run have ended its commands; False: they never did."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with open(lock, "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
        except FileNotFoundError:
            return True
        except BlockingIOError:
            time.sleep(0.002)
    return False


def why_not_here() -> str:
    """Why nobody can be killed here; empty when it can be done."""
    if shutil.which("strace") is None:
        return "strace is not installed here"
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory) / "root"
        root.mkdir()
        ended = call(["cat", "/dev/null"], root, "nobody", Point("close", 1))
    return "" if ended.killed else f"ptrace is not allowed here: {ended.said}"


