# SPDX-License-Identifier: Apache-2.0
"""strace: which calls the program makes, and killing it at one of them.

Without -f only the program itself is traced and killed; its keepers and commands run free, as they
would after a real kill. Never with --seccomp-bpf: there signal injection does nothing, and every
point would pass. `when=N` counts per call name, hence a point is (name, N).
"""

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from harness.running import KILLED, Ended, run

# Not calls on files: the start of the process, memory, and waits whose number depends on timing.
LEFT_OUT = {"execve", "mmap", "poll"}


@dataclass(frozen=True)
class Point:
    call: str
    number: int
    line: str = ""  # as the trace of the baseline shows it

    def __str__(self) -> str:
        return f"{self.call} #{self.number}" + (f" [{self.line[:120]}]" if self.line else "")

    def injection(self, signal: str = "KILL") -> list[str]:
        """strace's options for that signal on the entry of the call, which is then not done."""
        return ["-e", f"trace={self.call}",
                "-e", f"inject={self.call}:signal={signal}:when={self.number}"]


def call_name(line: str) -> str:
    match = re.match(r"(\w+)\(", line)
    return match.group(1) if match else ""


def strace(options: list[str], command: list[str], root: Path,
           more: dict[str, str] | None = None) -> tuple[Ended, list[str]]:
    """How the command ended, and the lines of the trace."""
    with tempfile.NamedTemporaryFile("r", dir=root.parent, prefix="trace-") as trace:
        ended = run(["strace", "-q", "-o", trace.name, *options, *command], root, more)
        return ended, trace.read().splitlines()


def trace_calls(command: list[str], root: Path,
                more: dict[str, str] | None = None) -> tuple[Ended, list[str]]:
    """The calls on files and descriptors, in order: taken from the run, not from a list of ours,
    for C libraries differ in what they call."""
    ended, lines = strace(["-e", "trace=%file,%desc"], command, root, more)
    return ended, [line for line in lines if call_name(line) not in LEFT_OUT | {""}]


def points_of(traces: list[list[str]]) -> list[Point]:
    """The points that all the traces share. How many calls of a name there are may differ between
    them: the reads of a signal or of a pipe's end come in one read or in two."""
    counts = [Counter(call_name(line) for line in lines) for lines in traces]
    seen: Counter[str] = Counter()
    points = []
    for line in traces[0]:
        name = call_name(line)
        seen[name] += 1
        if seen[name] <= min(count[name] for count in counts):
            points.append(Point(name, seen[name], line))
    return points


def why_not_here() -> str:
    """Why nobody can be killed at a call here; empty when it can be done."""
    if shutil.which("strace") is None:
        return "strace is not installed here"
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory) / "root"
        root.mkdir()
        try:
            ended, _ = strace(Point("close", 1).injection(), ["cat", "/dev/null"], root)
        except subprocess.TimeoutExpired:
            return "strace hangs here"
    return "" if ended.status == KILLED else f"ptrace is not allowed here: {ended.said}"
