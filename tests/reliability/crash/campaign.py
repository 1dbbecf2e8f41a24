# SPDX-License-Identifier: Apache-2.0
"""What the programs of this directory do alike: the points of each story are found, the attempts on them are
made side by side, and the results are told by groups."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

from attempt import Verdict
from calls import Point, Programs
from jobs import keep, side_by_side
from options import chosen_scenarios, programs_of
from points import points_of, sites_of
from results import Result, exit_status, print_sum, print_table, print_trouble, timed
from scenarios import Scenario
from workspace import Workspace

Task = TypeVar("Task")


class Campaign(Generic[Task]):
    stories: Sequence[str] = ()  # those tried when none is named; none: all
    title: str
    what: str

    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self.options = options
        self.scratch = scratch
        self.programs: Programs = programs_of(options)
        self.scenarios: list[Scenario] = [
            each for each in chosen_scenarios(options)
            if options.scenario or not self.stories or each.name in self.stories]

    def groups(self) -> list[str]:
        raise NotImplementedError

    def group_of(self, task: Task) -> int:
        raise NotImplementedError

    def point_of(self, task: Task) -> Point | None:
        raise NotImplementedError

    def tasks(self, points: list[list[Point]]) -> list[Task]:
        """What is tried, of the points of each scenario."""
        raise NotImplementedError

    def attempt(self, workspace: Workspace, task: Task) -> Verdict:
        raise NotImplementedError

    def is_wanted(self, point: Point) -> bool:
        return not self.options.only or point.call in self.options.only

    def find_points(self, workspace: Workspace, number: int) -> tuple[int, list[Point]]:
        points = points_of(self.scenarios[number], workspace, self.programs)
        return number, [each for each in points if self.is_wanted(each)]

    def points(self) -> list[list[Point]]:
        found: list[list[Point]] = [[] for _ in self.scenarios]
        for number, points in side_by_side(self.find_points, list(range(len(self.scenarios))),
                                           self.scratch, self.programs, self.options.jobs):
            found[number] = points
        return found

    def attempt_or_keep(self, workspace: Workspace, task: Task) -> tuple[int, Verdict]:
        verdict = self.attempt(workspace, task)
        group, point = self.group_of(task), self.point_of(task)
        if verdict.violations and self.options.keep:
            keep(workspace, self.scratch, f"{group}-{point.call}-{point.number}" if point else f"{group}")
        return group, verdict

    def attempt_all(self, tasks: list[Task], results: list[Result]) -> None:
        for group, verdict in side_by_side(self.attempt_or_keep, tasks, self.scratch, self.programs,
                                           self.options.jobs):
            results[group].add(verdict)
            if self.options.first and verdict.violations:
                break

    def sites(self, tasks: list[Task]) -> int:
        return len(sites_of([point for point in map(self.point_of, tasks) if point]))

    def run(self) -> int:
        tasks = self.tasks(self.points())
        results = [Result(name, sites=self.sites([each for each in tasks if self.group_of(each) == group]))
                   for group, name in enumerate(self.groups())]
        seconds = timed(lambda: self.attempt_all(tasks, results))
        for result in results:
            print_trouble(result)
        print_table(self.title, results)
        print_sum(self.what, results, self.sites(tasks), seconds)
        return exit_status(results)
