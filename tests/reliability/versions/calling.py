# SPDX-License-Identifier: Apache-2.0
"""Running the program under test, and killing it while one of its commands is at work."""

import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from harness import running
from harness.running import wait_for_lock

LONGEST = 120


@dataclass
class Call:
    arguments: list[str]
    directory: Path
    variables: dict[str, str] = field(default_factory=dict)
    kill_at: Path | None = None  # a file that one of its commands makes, and then stays

    def line(self, root: Path) -> str:
        """As one would type it."""
        words = [f"{name}={shlex.quote(value)}" for name, value in sorted(self.variables.items())]
        words += ["backstep", *map(shlex.quote, self.arguments)]
        text = f"(cd {self.directory}; {' '.join(words)})".replace(str(root), "$W")
        return text + ("   # and SIGKILL once that file is made" if self.kill_at else "")


@dataclass(frozen=True)
class Ended(running.Ended):
    @property
    def last_line(self) -> str:
        lines = [line for line in (self.error + self.out).splitlines() if line.strip()]
        return lines[-1].strip() if lines else ""

    @property
    def answers_first(self) -> bool:
        """What is live now is said at the begin of the end, which a blank line goes before."""
        return any("live now: " in line for text in (self.out, self.error)
                   for line in text.rpartition("\n\n")[2].splitlines()[:2])

    @property
    def live_now(self) -> str:
        found = [line for line in (self.out + self.error).splitlines() if "live now:" in line]
        return found[-1].split("live now:")[1].strip() if found else ""


def run(binary: str, root: Path, call: Call) -> Ended:
    ended = running.run([binary, *call.arguments], call.directory,
                        {"HOME": str(root), **call.variables}, LONGEST)
    return Ended(ended.status, ended.out, ended.error)


def run_and_kill(binary: str, root: Path, call: Call) -> Ended:
    """Once one of its commands has made the file; or it has ended before."""
    process = running.start([binary, *call.arguments], call.directory,
                            {"HOME": str(root), **call.variables})
    if running.wait_for_file(process, call.kill_at):
        process.kill()
    ended = running.end_of(process, LONGEST)
    call.kill_at.unlink(missing_ok=True)
    return Ended(ended.status, ended.out)


def wait_for_keepers(stores: list[Path]) -> None:
    """What a killed run had started ends with it, and holds the lock until then."""
    for store in stores:
        for lock in [*store.glob(".backstep/lock"), *store.glob("*/.backstep/lock")]:
            if not wait_for_lock(lock):
                raise subprocess.TimeoutExpired(str(lock), running.PATIENCE)


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
