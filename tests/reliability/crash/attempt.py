# SPDX-License-Identifier: Apache-2.0
"""One injection: a fresh workspace, the kill or the error, what holds at once, and what holds after
`recover`."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import promises
from calls import (DEPEND_ON_TIMING, TRIES, Hangs, Injection, Point, Programs, run,
                   run_injected)
from harness.files import Files, differences
from harness.running import Ended, all_sets_verify, wait_for_keepers
from scenarios import CannotPrepare, Scenario
from workspace import Workspace

@dataclass
class Verdict:
    injections: list[Injection]
    hit: bool = True
    violations: list[str] = field(default_factory=list)


class Attempt:
    torn_lines = 0  # of the history, at most

    def __init__(self, scenario: Scenario, workspace: Workspace, programs: Programs) -> None:
        self.scenario = scenario
        self.workspace = workspace
        self.programs = programs
        self.violations: list[str] = []
        # Then evidence may be missing (which is said, and the restore goes on), and so may the record
        # of a set that was accepted on a disk which takes no more.
        self.after_an_error = False

    def call(self, *arguments: str) -> Ended:
        return run([self.programs.binary, *arguments], self.workspace.root)

    def begin(self) -> None:
        self.scenario.reset(self.workspace, self.programs)
        self.published_before = self.workspace.published()
        self.remote_before = self.workspace.remote_history()

    def look(self) -> None:
        self.journal = self.workspace.journal()
        self.history = self.workspace.history(self.torn_lines)
        self.live = self.workspace.live()
        self.published = self.workspace.published()
        self.settled = self.scenario.settled(self.journal, self.history)
        if self.after_an_error and self.journal is None and self.live == self.workspace.versions.new:
            self.settled = "new"
        self.wanted: Files = self.workspace.versions.of(self.settled)

    def check_at_once(self) -> None:
        versions = self.workspace.versions
        self.violations += promises.each_file_old_or_new(self.workspace.live(), versions)
        self.violations += wait_for_keepers(self.workspace, self.programs.binary)
        self.look()
        self.violations += promises.each_file_old_or_new(self.live, versions)
        self.violations += promises.nothing_changed_unarmed(self.wanted, self.journal, self.live)
        self.violations += promises.remote_is_never_less(self.remote_before,
                                                         self.workspace.remote_history())
        self.check_store("at once")

    def check_store(self, when: str) -> None:
        self.violations += promises.backups_are_whole(self.workspace, self.published,
                                                      self.scenario.backups)
        self.violations += all_sets_verify(self.call("verify", "--json"), when)
        self.violations += promises.published_sets_stay(self.published_before, self.published,
                                                        self.scenario.prunes)
        self.violations += promises.journal_finds_its_sets(self.journal, self.published)

    def check_recover(self) -> None:
        if self.scenario.repaired:
            self.workspace.repair(self.wanted)
        status = promises.recover_exit(self.scenario, self.journal)
        ended = self.call("recover")
        if ended.status != status:
            self.violations.append(f"'recover' exited with {ended.status}, not {status}: "
                                   f"{ended.said}")
        self.violations += differences("I2", self.workspace.live(), self.wanted)
        if self.workspace.journal() is not None and status != 22:
            self.violations.append("I2: a journal is left after 'recover'")
        self.violations += promises.published_sets_stay(self.published, self.workspace.published(),
                                                        self.scenario.prunes)
        if not self.scenario.repaired and not self.after_an_error:
            self.violations += promises.replaced_files_are_kept(self.live, self.journal,
                                                                self.workspace, self.settled)
        self.check_second_recover(22 if status == 22 else 0)

    def check_second_recover(self, status: int) -> None:
        settled = self.workspace.everything()
        ended = self.call("recover")
        if ended.status != status:
            self.violations.append(f"I10: a second 'recover' exited with {ended.status}")
        self.violations += differences("I10", self.workspace.everything(), settled)

    def check_next_call(self) -> None:
        """The next call finds a store that works, and leaves nothing of the killed one behind."""
        settled = self.workspace.live()
        ended = self.call("backup")
        if ended.status != 0:
            self.violations.append(f"the next 'backup' exited with {ended.status}: {ended.said}")
            return
        self.violations += promises.no_leftovers(self.workspace)
        self.violations += differences("after the next call", self.workspace.live(), settled)
        self.violations += all_sets_verify(self.call("verify", "--json"), "at last")

    def check_all(self) -> None:
        self.check_at_once()
        self.check_recover()
        self.check_next_call()

    def check_whole_run(self) -> None:
        """Nobody kills it, which is the state after the last call."""
        ended = self.call(*self.scenario.arguments)
        if ended.status != self.scenario.normal_exit:
            self.violations.append(f"exit {ended.status}, not {self.scenario.normal_exit}: "
                                   f"{ended.said}")
        self.check_all()


def attempt_kill(scenario: Scenario, workspace: Workspace, programs: Programs,
                 injections: list[Injection]) -> Verdict:
    attempt = Attempt(scenario, workspace, programs)
    try:
        attempt.begin()
        if not injections:
            attempt.check_whole_run()
        else:
            hit, _ = run_injected(programs, injections, scenario.arguments, workspace.root)
            attempt.after_an_error = len(injections) > 1
            if not hit:
                wait_for_keepers(workspace, programs.binary)
                return Verdict(injections, hit=False)
            attempt.check_all()
    except (CannotPrepare, Hangs, ValueError, OSError) as error:
        attempt.violations.append(f"{type(error).__name__}: {error}")
    return Verdict(injections, violations=attempt.violations)


def until_hit(point: Point | None, attempt: Callable[[Point | None], Verdict]) -> Verdict:
    for number in range(TRIES):
        verdict = attempt(earlier(point, number))
        if verdict.hit:
            break
    return verdict


def earlier(point: Point | None, tries: int) -> Point | None:
    """Which of several commands side by side the n-th close is about depends on who ends first, so its
    neighbours are tried. On a busy machine a run makes fewer of such calls than the baselines did,
    however often it is tried: then it is one of its last."""
    if point is None or point.call not in DEPEND_ON_TIMING:
        return point
    if tries < TRIES // 2:
        return replace(point, number=max(1, point.number - tries))
    less = 2 ** (tries - TRIES // 2) / 2 ** (TRIES - TRIES // 2)  # a 32nd, a 16th … a half
    return replace(point, number=max(1, int(point.number * (1 - less))))
