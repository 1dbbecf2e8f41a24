# SPDX-License-Identifier: Apache-2.0
"""One kill: a fresh workspace, the kill, what holds at once, and what holds after `recover`."""

import fcntl
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import promises
from scenarios import CannotPrepare, Scenario
from tracing import Point, kill_at, run_plain, said
from workspace import OLD, FileSet, Workspace

PATIENCE = 20.0
TRIES = 8  # for a call whose number depends on timing: a run may make one less than the baselines


@dataclass
class Verdict:
    point: Point | None
    hit: bool = True
    violations: list[str] = field(default_factory=list)


def lock_is_free(workspace: Workspace) -> bool:
    try:
        descriptor = os.open(workspace.control / "lock", os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)


def commands_in(root: Path, binary: str) -> list[str]:
    """Processes that work beneath `root`. One on its way out has no program any more; a keeper lets
    go of the lock a moment before it is gone, and is not a command."""
    found = []
    for process in os.listdir("/proc"):
        if not process.isdigit():
            continue
        try:
            if Path(os.readlink(f"/proc/{process}/cwd")).is_relative_to(root):
                found.append(f"{process} {os.readlink(f'/proc/{process}/exe')}")
        except OSError:
            continue
    return [each for each in found if not each.endswith(f" {binary}")]


def wait_for_keepers(workspace: Workspace, binary: str) -> list[str]:
    deadline = time.monotonic() + PATIENCE
    while not lock_is_free(workspace):
        if time.monotonic() > deadline:
            return [f"the lock is held {PATIENCE} s after the kill"]
        time.sleep(0.002)
    return [f"the lock is free, yet a command is left: {each}"
            for each in commands_in(workspace.root, binary)]


class Attempt:
    def __init__(self, scenario: Scenario, workspace: Workspace, binary: str) -> None:
        self.scenario = scenario
        self.workspace = workspace
        self.binary = binary
        self.violations: list[str] = []

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_plain([self.binary, *arguments], self.workspace.root)

    def begin(self) -> None:
        self.scenario.reset(self.workspace, self.binary)
        self.published_before = self.workspace.published()

    def check_at_once(self) -> None:
        self.violations += promises.each_file_old_or_new(self.workspace.live())
        self.violations += wait_for_keepers(self.workspace, self.binary)
        self.journal = self.workspace.journal()
        self.history = self.workspace.history()
        self.live = self.workspace.live()
        self.published = self.workspace.published()
        self.violations += promises.each_file_old_or_new(self.live)
        self.violations += promises.nothing_changed_unarmed(self.scenario, self.journal, self.history,
                                                            self.live)
        self.violations += promises.backups_are_whole(self.workspace, OLD)
        self.violations += promises.all_sets_verify(self.call("verify", "--json"), "at once")
        self.violations += promises.published_sets_stay(self.published_before, self.published,
                                                        self.scenario.prunes)
        self.violations += promises.journal_finds_its_sets(self.journal, self.published)

    def check_recover(self) -> None:
        wanted: FileSet = self.scenario.settled(self.journal, self.history)
        if self.scenario.repaired:
            self.workspace.repair(wanted)
        status = promises.recover_exit(self.scenario, self.journal)
        ended = self.call("recover")
        if ended.returncode != status:
            self.violations.append(f"'recover' exited with {ended.returncode}, not {status}: "
                                   f"{said(ended)}")
        self.violations += promises.differences("I2", self.workspace.live(), wanted)
        if self.workspace.journal() is not None:
            self.violations.append("I2: a journal is left after 'recover'")
        self.violations += promises.published_sets_stay(self.published, self.workspace.published(),
                                                        self.scenario.prunes)
        if not self.scenario.repaired:
            self.violations += promises.replaced_files_are_kept(self.live, self.journal,
                                                                self.workspace, wanted)
        self.check_second_recover()

    def check_second_recover(self) -> None:
        settled = self.workspace.everything()
        ended = self.call("recover")
        if ended.returncode != 0:
            self.violations.append(f"I10: a second 'recover' exited with {ended.returncode}")
        self.violations += promises.differences("I10", self.workspace.everything(), settled)

    def check_next_call(self) -> None:
        """The next call finds a store that works, and leaves nothing of the killed one behind."""
        settled = self.workspace.live()
        ended = self.call("backup")
        if ended.returncode != 0:
            self.violations.append(f"the next 'backup' exited with {ended.returncode}: "
                                   f"{said(ended)}")
            return
        self.violations += promises.no_leftovers(self.workspace)
        self.violations += promises.differences("after the next call", self.workspace.live(), settled)
        self.violations += promises.all_sets_verify(self.call("verify", "--json"), "at last")


def attempt_point(scenario: Scenario, workspace: Workspace, binary: str,
                  point: Point | None) -> Verdict:
    """`None`: nobody kills it, which is the state after the last call."""
    attempt = Attempt(scenario, workspace, binary)
    command = [binary, *scenario.arguments]
    try:
        attempt.begin()
        if point is None:
            status = run_plain(command, workspace.root).returncode
            if status != scenario.normal_exit:
                attempt.violations.append(f"exit {status}, not {scenario.normal_exit}")
        elif not kill_at(point.call, point.number, command, workspace.root)[0]:
            wait_for_keepers(workspace, binary)
            return Verdict(point, hit=False)
        attempt.check_at_once()
        attempt.check_recover()
        attempt.check_next_call()
    except (CannotPrepare, subprocess.TimeoutExpired, ValueError, OSError) as error:
        attempt.violations.append(f"{type(error).__name__}: {error}")
    return Verdict(point, violations=attempt.violations)


def try_point(scenario: Scenario, workspace: Workspace, binary: str, point: Point | None) -> Verdict:
    for _ in range(TRIES):
        verdict = attempt_point(scenario, workspace, binary, point)
        if verdict.hit:
            return verdict
    return verdict
