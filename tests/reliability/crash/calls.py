# SPDX-License-Identifier: Apache-2.0
"""Running the program, whole or with something done to it at one of its calls on files.

A point is (call, n-th of that name): the number of a call may differ between two runs (the bytes of
a pipe come in one read or in two), that of all others stays.
"""

import os
import re
import signal
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from harness.running import Ended, environment

LONGEST = 20.0
NOT_DONE = 99  # of the injector


class Hangs(Exception):
    """A run took so long that it never would have ended."""


class NeverCame(Exception):
    """The run made fewer of such calls than the one that the point was taken from."""


@dataclass(frozen=True)
class Programs:
    binary: str     # what is killed
    symbols: str    # the same sources with debug information
    injector: str
    workload: str


# How the bytes of a pipe or of a signal arrive is the scheduler's affair, and what is younger than a
# tick of the clock is read once more.
DEPEND_ON_TIMING = {"read", "close", "write-output"}
TRIES = 10  # until such a call has come


@dataclass(frozen=True)
class Point:
    call: str
    number: int
    subject: str  # the path, or where the descriptor leads, as the baseline shows it
    site: str = ""  # the lines of ours that lead to the call, innermost first

    def __str__(self) -> str:
        return f"{self.call} #{self.number} [{self.subject}] {self.site}"


def end_all(_number: int, _frame: object) -> None:
    raise Hangs(f"did not end within {LONGEST:.0f} s")


def run(command: list[str], root: Path | str) -> Ended:
    """In `root`. Half the price of `subprocess`, for there are a hundred thousand of these. Only from
    the main thread of a process: the timeout is a signal."""
    with os.fdopen(os.memfd_create("out"), "rb") as out, \
            os.fdopen(os.memfd_create("error"), "rb") as error:
        actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
                   (os.POSIX_SPAWN_DUP2, out.fileno(), 1),
                   (os.POSIX_SPAWN_DUP2, error.fileno(), 2)]
        os.chdir(root)
        pid = os.posix_spawn(command[0], command, environment(root), file_actions=actions)
        signal.signal(signal.SIGALRM, end_all)
        signal.setitimer(signal.ITIMER_REAL, LONGEST)
        try:
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        except Hangs:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        out.seek(0)
        error.seek(0)
        return Ended(status, out.read().decode(errors="replace"), error.read().decode(errors="replace"))


@dataclass(frozen=True)
class Injection:
    """`action`: kill, signal=N, error=N, always-error=N, power-cut=DIRECTORY:FLAG."""
    point: Point
    action: str

    def words(self) -> list[str]:
        return ["--at", self.point.call, str(self.point.number), self.action]

    def __str__(self) -> str:
        return f"{self.action} at {self.point}"


def run_injected(programs: Programs, injections: list[Injection], arguments: list[str],
                 root: Path) -> tuple[bool, Ended]:
    """Whether all of it was done, and how the program ended."""
    words = [word for each in injections for word in each.words()]
    ended = run([programs.injector, *words, "--", programs.binary, *arguments], root)
    return ended.status != NOT_DONE, ended


@dataclass
class Trace:
    points: list[Point] = field(default_factory=list)

    def counts(self) -> Counter[str]:
        return Counter(point.call for point in self.points)


def trace_calls(injector: str, command: list[str], root: Path) -> tuple[Ended, Trace]:
    """The calls on files and descriptors, in order, and the addresses that led to each. In front of
    the command may be what the injector shall do besides, ended by `--`."""
    with tempfile.NamedTemporaryFile("r") as listed:
        words = command if "--" in command else ["--", *command]
        ended = run([injector, "--list", listed.name, *words], root)
        if ended.status == NOT_DONE:
            raise NeverCame(ended.said)
        trace = Trace()
        for line in listed.read().splitlines():
            call, number, site, subject = line.split("\t", 3)
            trace.points.append(Point(call, int(number), subject.removeprefix(f"{root}/"), site))
        return ended, trace


ROOMS = [path.name for path in (Path(__file__).resolve().parents[3] / "src").iterdir() if path.is_dir()]
# A file of a room or of one of its wings, wherever the sources lay when it was built.
OURS = re.compile(rf".*/src/((?:{'|'.join(ROOMS)})/(?:\w+/)?\w+\.\w+:\d+)$")


class Symbols:
    """Addresses to lines of ours."""

    def __init__(self, binary: str) -> None:
        self.binary = binary
        self.known: dict[str, str] = {}

    def learn(self, traces: list[Trace]) -> None:
        addresses = {address for trace in traces for point in trace.points
                     for address in point.site.split()} - self.known.keys() - {"0"}
        wanted = sorted(addresses)
        if not wanted:
            return
        # One less: the return address may be the next line's.
        ended = subprocess.run(["addr2line", "-e", self.binary],
                               input="\n".join(hex(int(each, 16) - 1) for each in wanted),
                               capture_output=True, text=True, check=True)
        for address, line in zip(wanted, ended.stdout.splitlines(), strict=True):
            self.known[address] = line.split(" ")[0]

    def ours(self, addresses: str) -> list[str]:
        found = [OURS.match(self.known[address]) for address in addresses.split()]
        return [match.group(1) for match in found if match]

    def site_of(self, point: Point) -> str:
        """The three innermost lines of ours: through `Directory::open` alone nothing can be told. The
        first of them called the C library, and is the only one that is not in the chain of frames."""
        looked_for, _, chained = f" {point.site}".partition(" 0 ")
        shown: list[str] = []
        for line in self.ours(looked_for)[:1] + self.ours(chained):
            if not shown or shown[-1] != line:
                shown.append(line)
        return " < ".join(shown[:3]) or "the C library"


def why_not_here(injector: str) -> str:
    """Why nothing can be traced here; empty when it can."""
    ended = subprocess.run([injector, "--at", "close", "1", "kill", "--", "/bin/cat", "/dev/null"],
                           capture_output=True, text=True, check=False)
    return "" if ended.returncode == 128 + signal.SIGKILL else \
        f"ptrace is not allowed here: {ended.stderr.strip() or ended.returncode}"
