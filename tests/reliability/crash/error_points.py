#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Lets the calls of the program on files fail, one run for each: with eight errors, once and from
then on; and kills it at a later call of such a run. Checks the exit code, the words, and all that a
kill must not break.

    error_points.py … --points 2000 --pairs 500    every call site, and so many of each
    error_points.py … --all

Exit 0: each error came and every promise was kept; 1: not so; 125: cannot be done here.
"""

import random
import sys
from dataclasses import dataclass, replace
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from attempt import Verdict, attempt_kill, earlier  # noqa: E402
from calls import (DEPEND_ON_TIMING, TRIES, Hangs, Injection, NeverCame, Point, Trace,  # noqa: E402
                   trace_calls)
from campaign import Campaign  # noqa: E402
from errors import ERRORS, Fault, attempt_fault, is_left_out  # noqa: E402
from harness.running import wait_for_keepers  # noqa: E402
from options import on_tmpfs, options_parser  # noqa: E402
from scenarios import CannotPrepare, Scenario  # noqa: E402
from workspace import Workspace  # noqa: E402


def is_endless(point: Point) -> bool:
    """A pipe or a signal that can never be read again: to go on waiting is the only right thing to
    do. (Files are read by pread64.)"""
    return point.call == "read"


@dataclass(frozen=True)
class Task:
    scenario: int
    fault: Fault
    kill: int | None = None  # the how-manieth call of those after the fault


class Failing(Campaign[Task]):
    stories = ("run succeeds", "run fails its check", "rollback", "recover from restoring",
               "finish after success", "prune")
    title, what = "failed", "error points"

    def groups(self) -> list[str]:
        return ["an error once", "an error from then on", "an error, then a kill"]

    def group_of(self, task: Task) -> int:
        return 2 if task.kill is not None else int(task.fault.always)

    def point_of(self, task: Task) -> Point | None:
        return task.fault.point

    def is_wanted(self, point: Point) -> bool:
        counters = ".gcda" in point.subject  # gcov's own, which an error would spoil
        return point.call != "write-output" and not counters and super().is_wanted(point)

    def attempt(self, workspace: Workspace, task: Task) -> Verdict:
        scenario = self.scenarios[task.scenario]
        try:
            if task.kill is None:
                verdict = attempt_fault(scenario, workspace, self.programs, task.fault)
            else:
                verdict = self.kill_after(scenario, workspace, task)
        except (CannotPrepare, Hangs, ValueError, OSError) as error:
            verdict = Verdict([task.fault.injection()],
                              violations=[f"{type(error).__name__}: {error}"])
        if verdict.violations:
            verdict.violations.insert(0, f"in: {scenario}")
        return verdict

    def kill_after(self, scenario: Scenario, workspace: Workspace, task: Task) -> Verdict:
        """An error changes what comes after it, hence the calls are listed with it. Which pipe the
        n-th read is of differs between two runs, and with it what fails: then the listing is of
        another story than the kill, and both are made again, with an earlier read where there were
        fewer."""
        verdict = Verdict([task.fault.injection()], hit=False)
        for number in range(3 * TRIES):
            failed = replace(task.fault, point=earlier(task.fault.point, number % TRIES))
            trace = self.trace_with(scenario, workspace, failed.injection())
            if trace is None:
                continue
            point = self.point_after(failed.point, trace, task)
            if point is None:
                return Verdict([failed.injection()])
            verdict = attempt_kill(scenario, workspace, self.programs,
                                   [failed.injection(), Injection(point, "kill")])
            if verdict.hit:
                return verdict
        return verdict

    @staticmethod
    def point_after(failed: Point, trace: Trace, task: Task) -> Point | None:
        assert task.kill is not None
        begins = [number for number, each in enumerate(trace.points)
                  if (each.call, each.number) == (failed.call, failed.number)]
        # Killed before a close or before the next call is the same, and a read may not come.
        later = [each for each in (trace.points[begins[0] + 1:] if begins else [])
                 if each.call not in DEPEND_ON_TIMING]
        return later[task.kill % len(later)] if later else None

    def trace_with(self, scenario: Scenario, workspace: Workspace, fault: Injection) -> Trace | None:
        """None: it never came, in so many runs."""
        for _ in range(TRIES):
            scenario.reset(workspace, self.programs)
            command = [*fault.words(), "--", self.programs.binary, *scenario.arguments]
            try:
                return trace_calls(self.programs.injector, command, workspace.root)[1]
            except NeverCame:
                wait_for_keepers(workspace, self.programs.binary)
        return None

    def lasting(self) -> tuple[bool, ...]:
        return (False,) if self.options.once else (False, True)

    def tasks(self, points: list[list[Point]]) -> list[Task]:
        faults = [Task(number, Fault(point, error, always))
                  for number, found in enumerate(points) for point in found
                  for error in ERRORS for always in self.lasting()
                  if not (always and is_endless(point)) and not is_left_out(point, error)]
        if self.options.all:
            return faults + self.pairs(faults, self.options.pairs or 4000)
        chosen = self.one_for_each_site(faults)
        rest = max(self.options.points - len(chosen), 0)
        stride = max(len(faults) // rest, 1) if rest else 0
        # A stride that shares no factor with the number of errors meets each of them.
        evenly = faults[::stride | 1] if stride else []
        return list(dict.fromkeys(chosen + evenly)) + self.pairs(faults, self.options.pairs)

    @staticmethod
    def one_for_each_site(faults: list[Task]) -> list[Task]:
        sites: dict[tuple[str, str], list[Task]] = {}
        for each in faults:
            sites.setdefault((each.fault.point.call, each.fault.point.site), []).append(each)
        return [found[number % len(found)] for number, found in enumerate(sites.values())]

    def pairs(self, faults: list[Task], wanted: int) -> list[Task]:
        choice = random.Random(self.options.seed)
        return [Task(each.scenario, each.fault, choice.randrange(10_000))
                for each in choice.sample(faults, min(wanted, len(faults)))]


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--points", type=int, default=2000, metavar="N", help="about so many")
    parser.add_argument("--pairs", type=int, default=0, metavar="N", help="an error, then a kill")
    parser.add_argument("--once", action="store_true", help="no error lasts")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    return on_tmpfs(options, lambda scratch: Failing(options, scratch).run())


if __name__ == "__main__":
    sys.exit(main())
