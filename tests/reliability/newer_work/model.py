# SPDX-License-Identifier: Apache-2.0
"""What the design's paragraph on settling says about each file, once more and in a few lines."""

from dataclasses import dataclass

from crashes import OWNER, Crash
from scene import OLD, Entry, Job, Live


@dataclass(frozen=True)
class Recovery:
    name: str
    arguments: list[str]
    job: Job = OWNER

    @property
    def verb(self) -> str:
        return self.arguments[0]

    @property
    def is_owner(self) -> bool:
        return self.verb == "recover" or self.job.run == OWNER.run

    def __str__(self) -> str:
        return self.name


NEXT_RUN = ["run", "--deploy", "true", "--lock-wait", "100ms"]
RECOVERIES = [
    Recovery("recover", ["recover"], Job("9", "")),
    Recovery("recover --restore", ["recover", "--restore"], Job("9", "")),
    Recovery("recover --keep", ["recover", "--keep"], Job("9", "")),
    Recovery("the owner's next run", NEXT_RUN),
    Recovery("the owner's next run, another commit", NEXT_RUN, Job(OWNER.run, "bbbb")),
    Recovery("another's run, the same commit", NEXT_RUN, Job("2", OWNER.commit)),
    Recovery("another's run, another commit", NEXT_RUN, Job("2", "bbbb")),
    Recovery("another's run, no commit", NEXT_RUN, Job("2", "")),
    Recovery("the owner's finish", ["finish", "--status", "failure"]),
    Recovery("another's finish", ["finish", "--status", "failure"], Job("2", OWNER.commit)),
]


def is_refused(crash: Crash, recovery: Recovery) -> bool:
    """Within its guard a begin is waited for."""
    return crash.guarded and recovery.verb == "run"


def settles(crash: Crash, recovery: Recovery) -> bool:
    if recovery.name in ("recover --keep", "another's finish"):
        return False
    return not is_refused(crash, recovery) and crash.phase not in ("", "restored", "accepted")


def may_restore(crash: Crash, recovery: Recovery, path: str, live: Entry | None) -> bool:
    if recovery.name in ("recover --restore", "the owner's finish"):
        return True
    if crash.recorded is not None and live == crash.recorded.get(path):
        return True
    if crash.recorded is not None and crash.phase not in ("armed", "deploying"):
        return False
    if crash.begun and not crash.guarded:
        return False
    same_commit = recovery.job.commit == OWNER.commit
    return recovery.is_owner or same_commit


@dataclass
class Expectation:
    live: Live
    kept: list[str]      # not as the target has them, and left: to be named
    replaced: list[str]  # put back or removed: to be found in the evidence


def expect(crash: Crash, recovery: Recovery, live: Live) -> Expectation:
    wanted = Expectation(dict(live), [], [])
    if not settles(crash, recovery):
        return wanted
    for path in sorted(live.keys() | OLD.keys()):
        target, found = OLD.get(path), live.get(path)
        if found == target:
            continue
        if not may_restore(crash, recovery, path, found):
            wanted.kept.append(path)
            continue
        if found is not None:
            wanted.replaced.append(path)
        if target is None:
            del wanted.live[path]
        else:
            wanted.live[path] = target
    return wanted
