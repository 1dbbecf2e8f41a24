# SPDX-License-Identifier: Apache-2.0
"""The stories in which the program is killed, and which set each must end with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from tracing import call_name, kill_at, run_plain, said, trace_calls
from workspace import NEW, OLD, FileSet, Workspace

Journal = dict[str, object] | None


class CannotPrepare(Exception):
    pass


def fail(what: str) -> NoReturn:
    raise CannotPrepare(what)


@dataclass(frozen=True)
class Scenario:
    name: str
    arguments: list[str]
    initial: FileSet  # live before the killed call
    normal_exit: int  # of the call when nobody kills it
    healthy: str      # what the check looks for in an entrypoint
    prepare: Callable[[Workspace, str], None]
    # Which set is live once everything is settled, by what the kill left behind.
    settled: Callable[[Journal, list[str]], FileSet]
    paid_exit: int = 20  # of a `recover` that runs the rollback command
    prunes: bool = False
    repaired: bool = False  # somebody puts the old set back by hand before `recover` is called

    def reset(self, workspace: Workspace, binary: str) -> None:
        workspace.reset(OLD, self.healthy)
        self.prepare(workspace, binary)


def nothing(_workspace: Workspace, _binary: str) -> None:
    """A first run: no store, no backup."""


def back_up_first(workspace: Workspace, binary: str) -> None:
    """So that the run links what it stores to an earlier copy, and has something to prune."""
    ended = run_plain([binary, "backup"], workspace.root)
    if ended.returncode != 0:
        fail(f"'backup' exited with {ended.returncode}: {said(ended)}")


def back_up_and_change(workspace: Workspace, binary: str) -> None:
    back_up_first(workspace, binary)
    if run_plain(["sh", "generate.sh"], workspace.root).returncode != 0:
        fail("the generator failed")


def crash_of_run(where: Callable[[list[str]], int]) -> Callable[[Workspace, str], None]:
    """A run that was killed at the n-th rename; `where` finds n in the trace of a whole run."""
    found: list[int] = []

    def prepare(workspace: Workspace, binary: str) -> None:
        if not found:
            _, lines = trace_calls([binary, "run"], workspace.root)
            found.append(where([line for line in lines if call_name(line) == "renameat"]))
            workspace.reset(OLD, "old")
        if not kill_at("renameat", found[0], [binary, "run"], workspace.root)[0]:
            fail(f"the run was not killed at rename {found[0]}")

    return prepare


def first_journal_after_deploy(renames: list[str]) -> int:
    """The journal of `restoring`: its rename is not done, so the journal says `deployed`."""
    return next(n for n, line in enumerate(renames, 1) if "entrypoint.sh" in line) - 1


def second_entrypoint(renames: list[str]) -> int:
    """One file is old again, the others are still new."""
    entrypoints = [n for n, line in enumerate(renames, 1) if '"entrypoint.sh")' in line]
    return entrypoints[1]


def always_old(_journal: Journal, _history: list[str]) -> FileSet:
    return OLD


def new_only_if_accepted(journal: Journal, history: list[str]) -> FileSet:
    accepted = journal is not None and journal["phase"] == "accepted"
    return NEW if accepted or "accepted" in history else OLD


def old_once_begun(journal: Journal, history: list[str]) -> FileSet:
    return OLD if journal is not None or "rolled_back" in history else NEW


FAILED_CHECK = Scenario("run fails its check", ["run"], OLD, 20, "old", nothing, always_old)
ALL = [
    FAILED_CHECK,
    Scenario("run fails, backed up before", ["run"], OLD, 20, "old", back_up_first, always_old),
    Scenario("run succeeds", ["run"], OLD, 0, "echo", back_up_first, new_only_if_accepted,
             prunes=True),
    Scenario("rollback", ["rollback", "--exact"], NEW, 0, "old", back_up_and_change, old_once_begun,
             paid_exit=0),
    Scenario("recover from deployed", ["recover"], NEW, 20, "old",
             crash_of_run(first_journal_after_deploy), always_old),
    Scenario("recover from restoring", ["recover"], NEW, 20, "old",
             crash_of_run(second_entrypoint), always_old),
    Scenario("run fails, repaired by hand", ["run"], OLD, 20, "old", nothing, always_old,
             repaired=True),
]
