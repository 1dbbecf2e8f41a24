# SPDX-License-Identifier: Apache-2.0
"""Where a signal can find the program while somebody else works or is waited for, and what must be
true after it has ended there."""

import fcntl
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from harness.files import Files
from stage import NEW, OLD, Stage, wait_readable

Arrange = Callable[[Stage, str], None]


class CannotArrange(Exception):
    pass


@dataclass(frozen=True)
class Phase:
    """`journal` is the phase that the journal must be at afterwards, "" for none; `owed` whether
    the rollback command must be owed there; `settled` what `recover` must then exit with."""

    name: str
    arguments: list[str]
    hold: str  # the step that is waited for: "NAME n"; "" = the program waits for its turn
    says: str  # what its answer must hold
    live_is_new: bool = False  # it was stopped before it touched what it found
    journal: str = ""
    owed: bool = False
    settled: int = 0
    healthy: str = "old"
    arrange: Arrange = lambda _stage, _binary: None
    locked: bool = False  # somebody else holds the lock

    @property
    def live(self) -> Files:
        return NEW if self.live_is_new else OLD


def must(stage: Stage, binary: str, arguments: list[str], status: int, owner: str = "") -> None:
    ended = stage.call(binary, arguments, owner)
    if ended.status != status:
        raise CannotArrange(f"{arguments} exited with {ended.status}: {ended.said}")


def generate(stage: Stage) -> None:
    subprocess.run(["sh", "generate.sh"], cwd=stage.root, check=True)


def made_store(stage: Stage, binary: str) -> None:
    must(stage, binary, ["backup"], 0)


def begun(stage: Stage, binary: str) -> None:
    must(stage, binary, ["begin", "--check-baseline", "false"], 0)
    generate(stage)


def begun_by_another(stage: Stage, binary: str) -> None:
    must(stage, binary, ["begin", "--check-baseline", "false"], 0, owner="another")


def backed_up(stage: Stage, binary: str) -> None:
    must(stage, binary, ["backup"], 0)
    generate(stage)


def crashed_in_deploy(stage: Stage, binary: str) -> None:
    """`recover` finds a run that ended while its deploy ran; its steps are not counted."""
    stage.hold("deploy 1")
    descriptor = stage.open_reached()
    process = stage.start(binary, ["run", "--check-baseline", "false"])
    try:
        if not wait_readable(descriptor):
            raise CannotArrange("the deploy did not start")
    finally:
        os.close(descriptor)
        process.kill()
        process.communicate()
    stage.wait_for_lock()
    (stage.root / "steps").write_text("")


@contextmanager
def held_lock(stage: Stage) -> Iterator[None]:
    with open(stage.lock, "a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


NOTHING = "nothing was changed"
OWED = "unknown: the old files are back"
UNCHECKED = ", not checked"
RUN = ["run", "--check-baseline", "false"]
RESTORED = {"journal": "restored", "owed": True, "settled": 20}

PHASES = [
    Phase("run waits for the lock", RUN, "", NOTHING, arrange=made_store, locked=True),
    Phase("run waits for a begin", RUN, "", NOTHING, journal="armed", arrange=begun_by_another),
    Phase("run, baseline check", ["run"], "check 1", NOTHING),
    Phase("run, generate", RUN, "generate 1", "files restored, nothing was deployed"),
    Phase("run, deploy", RUN, "deploy 1", OWED, **RESTORED),
    Phase("run, health check", RUN, "check 1", OWED, **RESTORED),
    Phase("run, rollback command", RUN, "rollback 1", OWED, **RESTORED),
    Phase("run, check after it", RUN, "check 2", UNCHECKED, journal="restored"),
    Phase("begin waits for the lock", ["begin"], "", NOTHING, arrange=made_store, locked=True),
    Phase("begin, baseline check", ["begin"], "check 1", NOTHING),
    Phase("finish waits for the lock", ["finish", "--status", "failure"], "", NOTHING,
          live_is_new=True, journal="armed", arrange=begun, locked=True, settled=20),
    Phase("finish, health check", ["finish", "--status", "success"], "check 1", OWED,
          arrange=begun, **RESTORED),
    Phase("finish, rollback command", ["finish", "--status", "failure"], "rollback 1", OWED,
          arrange=begun, **RESTORED),
    Phase("finish, check after it", ["finish", "--status", "failure"], "check 1", UNCHECKED,
          journal="restored", arrange=begun),
    Phase("recover waits for the lock", ["recover"], "", NOTHING, live_is_new=True,
          journal="deploying", arrange=crashed_in_deploy, locked=True, settled=20),
    Phase("recover, rollback command", ["recover"], "rollback 1", OWED, arrange=crashed_in_deploy,
          **RESTORED),
    Phase("recover, check after it", ["recover"], "check 1", UNCHECKED, journal="restored",
          arrange=crashed_in_deploy),
    Phase("rollback waits for the lock", ["rollback"], "", NOTHING, live_is_new=True,
          arrange=backed_up, locked=True),
    Phase("rollback, its command", ["rollback", "--exact"], "rollback 1", OWED,
          arrange=backed_up, journal="restored", owed=True),
    Phase("rollback, its check", ["rollback", "--exact"], "check 1", UNCHECKED,
          arrange=backed_up, journal="restored"),
]
