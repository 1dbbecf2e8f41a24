# SPDX-License-Identifier: Apache-2.0
"""Runs one process of a step, and stops it as GitHub's runner does when the job is cancelled.

The runner signals that process alone, neither its group nor its children: INT, 7.5 seconds later
TERM, 2.5 seconds later KILL to the whole tree.
"""
import os
import signal
import subprocess
import time
from pathlib import Path

LADDER = [(signal.SIGINT, 7.5), (signal.SIGTERM, 2.5)]
TICK = 0.02


class Cancellation:
    """A file that the test makes when it wants the job to be cancelled."""

    def __init__(self, marker=None):
        self.marker = Path(marker) if marker else None
        self.seen = False

    def is_new(self):
        if self.seen or not self.marker or not self.marker.exists():
            return False
        self.seen = True
        return True


def ended_within(process, seconds):
    deadline = time.monotonic() + seconds
    while process.poll() is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(TICK)
    return True


def children_of(pid):
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, tasks.read_text().split())
        except OSError:
            continue  # ended meanwhile


def kill_tree(pid):
    for child in list(children_of(pid)):
        kill_tree(child)
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def stop(process):
    for number, patience in LADDER:
        process.send_signal(number)
        if ended_within(process, patience):
            return
    kill_tree(process.pid)
    process.wait()


def run(arguments, log, cancellation, keeps_running, **options):
    """The exit code, and whether the step was cancelled. `keeps_running` is asked once the job is
    cancelled: the step's own condition may hold all the same."""
    with open(log, "ab") as output:
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, **options)
    while process.poll() is None:
        if cancellation.is_new() and not keeps_running():
            stop(process)
            return process.returncode, True
        time.sleep(TICK)
    return process.returncode, False


def end_orphans(variable):
    """What the steps left running ends with the job: the runner knows it by this variable."""
    wanted = variable.encode()
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (directory / "environ").read_bytes().split(b"\0"):
                os.kill(int(directory.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
