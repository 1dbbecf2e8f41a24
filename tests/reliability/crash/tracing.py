# SPDX-License-Identifier: Apache-2.0
"""strace: which calls the program makes, and killing it at one of them.

Without -f only the program itself is traced and killed; its keepers and commands run free, as they
would after a real kill. Never with --seccomp-bpf: there signal injection does nothing, and every
point would pass. `when=N` counts per call name, hence a point is (name, N).
"""

import re
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

# Not calls on files: the start of the process, memory, and waits whose number depends on timing.
LEFT_OUT = {"execve", "mmap", "poll"}
LONGEST = 60


@dataclass(frozen=True)
class Point:
    call: str
    number: int
    line: str  # as the trace of the baseline shows it

    def __str__(self) -> str:
        return f"{self.call} #{self.number} [{self.line[:120]}]"


def call_name(line: str) -> str:
    match = re.match(r"(\w+)\(", line)
    return match.group(1) if match else ""


def environment(root: Path) -> dict[str, str]:
    """The caller's pipeline must not show through."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(root), "LANG": "C.UTF-8", "TZ": "UTC"}


def run_plain(command: list[str], root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=root, env=environment(root), stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=LONGEST, check=False)


def said(ended: subprocess.CompletedProcess[str]) -> str:
    """What it printed, the end of it in one line."""
    return " ".join((ended.stdout + ended.stderr).split())[-300:]


def strace(options: list[str], command: list[str], root: Path) -> tuple[int, list[str], str]:
    """Exit status, the lines of the trace, what the program printed."""
    with tempfile.NamedTemporaryFile("r", dir=root.parent, prefix="trace-") as trace:
        ended = run_plain(["strace", "-q", "-o", trace.name, *options, *command], root)
        return ended.returncode, trace.read().splitlines(), said(ended)


def trace_calls(command: list[str], root: Path) -> tuple[int, list[str]]:
    """The calls on files and descriptors, in order: taken from the run, not from a list of ours,
    for C libraries differ in what they call."""
    status, lines, _ = strace(["-e", "trace=%file,%desc"], command, root)
    return status, [line for line in lines if call_name(line) not in LEFT_OUT | {""}]


def points_of(traces: list[list[str]]) -> tuple[list[Point], dict[str, list[int]]]:
    """The points that all the traces share, and the names whose number differs between them (the
    reads of a signal or of a pipe's end come in one read or in two)."""
    counts = [Counter(call_name(line) for line in lines) for lines in traces]
    names = set().union(*counts)
    differing = {name: [count[name] for count in counts] for name in sorted(names)
                 if len({count[name] for count in counts}) > 1}
    seen: Counter[str] = Counter()
    points = []
    for line in traces[0]:
        name = call_name(line)
        seen[name] += 1
        if seen[name] <= min(count[name] for count in counts):
            points.append(Point(name, seen[name], line))
    return points, differing


def kill_at(call: str, number: int, command: list[str], root: Path) -> tuple[bool, str]:
    """Whether the kill came, exactly there, and what the program had printed. The call itself is not
    done: a kill lands on its entry."""
    inject = f"inject={call}:signal=KILL:when={number}"
    status, lines, output = strace(["-e", f"trace={call}", "-e", inject], command, root)
    calls = sum(call_name(line) == call for line in lines)
    killed = status == -signal.SIGKILL and any("killed by SIGKILL" in line for line in lines)
    return killed and calls == number, output


def why_not_here() -> str:
    """Why nothing can be traced here; empty when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed here"
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory) / "root"
        root.mkdir()
        try:
            killed, output = kill_at("close", 1, ["cat", "/dev/null"], root)
        except subprocess.TimeoutExpired:
            return "strace hangs here"
    return "" if killed else f"ptrace is not allowed here: {output}"
