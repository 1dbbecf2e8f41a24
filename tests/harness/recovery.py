# SPDX-License-Identifier: Apache-2.0
"""The model of a recovery: what the design says of a run that ended in the middle, in a few rules.

Written from the design, not from the code. It does not foretell a call; it says which files may be
put back, by whom, and whether the rollback command is still owed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from harness.files import Entry, Files

Journal = dict  # as its JSON says it

COMMAND_AT_WORK = {"armed", "deploying"}      # then a file may be as a command has left it half way
NOTHING_TO_RESTORE = {"", "accepted", "restored"}
DEPLOY_BEGAN = {"deploying", "deployed"}


@dataclass(frozen=True)
class Record:
    """What the journal has of one file."""

    sha256: str
    executable: bool = False
    kept: bool = False  # somebody's work, which an earlier recovery has left alone

    @classmethod
    def of(cls, entry: Entry) -> "Record":
        return cls(entry.sha256, entry.executable)

    @property
    def is_of_a_file(self) -> bool:
        return len(self.sha256) == 64

    @property
    def is_of_something_odd(self) -> bool:
        """A word in place of the digest says what lay there."""
        return bool(self.sha256) and not self.is_of_a_file


NOT_THERE = Record("")  # a path without a record held nothing


def is_as_recorded(record: Record, found: Entry | None) -> bool:
    """What was no plain file has no content that could be compared."""
    if record.kept:
        return False
    if found is None:
        return not record.is_of_a_file
    if found.kind != "file":
        return record.is_of_something_odd
    return (record.sha256, record.executable) == (found.sha256, found.executable)


@dataclass
class Settled:
    """How a recovery leaves the tree."""

    live: Files
    kept: list[str] = field(default_factory=list)      # not as the target has it, and left: named
    replaced: list[str] = field(default_factory=list)  # put back or removed: kept as evidence


@dataclass(frozen=True)
class Interrupted:
    """A run that ended in the middle, as its journal tells it."""

    phase: str
    target: Files  # what the recovery goes back to
    recorded: Mapping[str, Record] | None  # None: the run had recorded nothing yet

    def may_restore(self, path: str, found: Entry | None, *, own: bool) -> bool:
        """"A file that is as the journal last recorded it is restored … Any other file is restored
        only where a command was running or nothing was recorded, and only by the run's own owner." """
        if self.recorded is not None and is_as_recorded(self.recorded.get(path, NOT_THERE), found):
            return True
        return own and (self.recorded is None or self.phase in COMMAND_AT_WORK)

    def settle(self, live: Files, *, own: bool, whole: bool = False,
               in_scope: Callable[[str, Entry | None], bool] = lambda _path, _wanted: True) -> Settled:
        """`whole`: somebody has asked for all of the target, whoever worked on it since."""
        result = Settled(dict(live))
        if self.phase in NOTHING_TO_RESTORE:
            return result
        for path in sorted(live.keys() | self.target.keys()):
            wanted, found = self.target.get(path), live.get(path)
            if found == wanted or not in_scope(path, wanted):
                continue
            if not whole and not self.may_restore(path, found, own=own):
                result.kept.append(path)
                continue
            if found is not None:
                result.replaced.append(path)
            change(result.live, path, wanted)
        return result


def change(files: Files, path: str, entry: Entry | None) -> None:
    if entry is None:
        files.pop(path, None)
    else:
        files[path] = entry


def owes_a_command(journal: Journal | None) -> bool:
    """Whether what was deployed, or may have been, is still to be rolled back by the command."""
    if journal is None or journal["no_return_code"] != 0:
        return False
    begun = journal["verb"] == "begin" and journal["phase"] == "armed"
    return bool(journal["owed"]) or begun or journal["phase"] in DEPLOY_BEGAN
