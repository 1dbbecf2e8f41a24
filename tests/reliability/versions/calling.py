# SPDX-License-Identifier: Apache-2.0
"""Running the program under test, and killing it while one of its commands is at work."""

import fcntl
import os
import select
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 120
KILLED = -9


@dataclass
class Call:
    arguments: list[str]
    directory: Path
    variables: dict[str, str] = field(default_factory=dict)
    kill_at: Path | None = None  # a FIFO that one of its commands opens, and then stays

    def line(self, root: Path) -> str:
        """As one would type it."""
        words = [f"{name}={shlex.quote(value)}" for name, value in sorted(self.variables.items())]
        words += ["backstep", *map(shlex.quote, self.arguments)]
        text = f"(cd {self.directory}; {' '.join(words)})".replace(str(root), "$W")
        return text + ("   # and SIGKILL once the FIFO is opened" if self.kill_at else "")


@dataclass(frozen=True)
class Ended:
    status: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        lines = [line for line in (self.err + self.out).splitlines() if line.strip()]
        return lines[-1].strip() if lines else ""

    @property
    def ends_with_live_now(self) -> bool:
        """Before what a runner reads, of one stream or the other."""
        for text in (self.out, self.err):
            lines = [line for line in text.splitlines() if line.strip() and line[:2] != "::"]
            if lines and "live now:" in lines[-1]:
                return True
        return False

    @property
    def live_now(self) -> str:
        found = [line for line in (self.out + self.err).splitlines() if "live now:" in line]
        return found[-1].split("live now:")[1].strip() if found else ""


def environment(root: Path, more: dict[str, str]) -> dict[str, str]:
    """The caller's pipeline must not show through."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("CARELESS_")}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(root), "LANG": "C.UTF-8",
            "TZ": "UTC", **kept, **more}


def run(binary: str, root: Path, call: Call) -> Ended:
    ended = subprocess.run([binary, *call.arguments], cwd=call.directory, check=False,
                           env=environment(root, call.variables), stdin=subprocess.DEVNULL,
                           capture_output=True, timeout=LONGEST)
    return Ended(ended.returncode, ended.stdout.decode(errors="replace"),
                 ended.stderr.decode(errors="replace"))


def run_and_kill(binary: str, root: Path, call: Call) -> Ended:
    """Waits for an event, never for a time: the FIFO is opened, or the process ends."""
    os.mkfifo(call.kill_at)
    with open(root / "killed.out", "w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen([binary, *call.arguments], cwd=call.directory,
                                   env=environment(root, call.variables),
                                   stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        fifo = os.open(call.kill_at, os.O_RDONLY | os.O_NONBLOCK)
        ends = os.pidfd_open(process.pid)
        try:
            ready, _, _ = select.select([fifo, ends], [], [], LONGEST)
            is_reached = fifo in ready
        finally:
            os.close(fifo)
            os.close(ends)
            call.kill_at.unlink()
        if is_reached or not ready:
            process.kill()
        status = process.wait(LONGEST)
        said.seek(0)
        text = said.read()
    if not ready:
        raise subprocess.TimeoutExpired(call.arguments, LONGEST)
    return Ended(KILLED if is_reached else status, text, "")


def wait_for_keepers(stores: list[Path]) -> None:
    """What a killed run had started ends with it, and holds the lock until then."""
    for store in stores:
        for lock in [*store.glob(".backstep/lock"), *store.glob("*/.backstep/lock")]:
            with open(lock, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)


def read_variables(path: str) -> dict[str, str]:
    """Of a file as GitHub's runner reads it."""
    found, lines = {}, iter(open(path, encoding="utf-8").read().splitlines())
    for line in lines:
        name, sign, value = line.partition("=")
        if "<<" in name or not sign:
            name, _, end = line.partition("<<")
            text = []
            for each in lines:
                if each == end:
                    break
                text.append(each)
            value = "\n".join(text)
        found[name] = value
    return found
