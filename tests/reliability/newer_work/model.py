# SPDX-License-Identifier: Apache-2.0
"""Who recovers, and what the shared model expects of it: as whom does it act, and of how much?"""

from dataclasses import dataclass

from crashes import OWNER, Crash
from harness.files import Files
from harness.recovery import NOTHING_TO_RESTORE, Interrupted, Record, Settled
from scene import OLD, Job


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
    return not is_refused(crash, recovery) and crash.phase not in NOTHING_TO_RESTORE


def is_own(crash: Crash, recovery: Recovery) -> bool:
    """A begin whose guard has passed belongs to nobody any more."""
    if crash.begun and not crash.guarded:
        return False
    return recovery.is_owner or recovery.job.commit == OWNER.commit


def expect(crash: Crash, recovery: Recovery, live: Files) -> Settled:
    if not settles(crash, recovery):
        return Settled(dict(live))
    recorded = crash.recorded
    if recorded is not None:
        recorded = {path: Record.of(entry) for path, entry in recorded.items()}
    return Interrupted(crash.phase, OLD, recorded).settle(
        live, own=is_own(crash, recovery),
        whole=recovery.name in ("recover --restore", "the owner's finish"))
