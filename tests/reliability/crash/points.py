# SPDX-License-Identifier: Apache-2.0
"""The points of a scenario, and which of them are taken when not all are."""

from collections import Counter
from functools import cache

from calls import DEPEND_ON_TIMING, TRIES, Point, Programs, Symbols, Trace, trace_calls
from harness.running import wait_for_keepers
from scenarios import Scenario
from workspace import Workspace


class Differs(Exception):
    """Two runs of a scenario do not make the same calls, so no point could be hit for sure."""


def trace_scenario(scenario: Scenario, workspace: Workspace, programs: Programs,
                   binary: str) -> Trace:
    scenario.reset(workspace, programs)
    ended, trace = trace_calls(programs.injector, [binary, *scenario.arguments], workspace.root)
    wait_for_keepers(workspace, programs.binary)
    if ended.status != scenario.normal_exit:
        raise Differs(f"{scenario}: exit {ended.status}, not {scenario.normal_exit}: {ended.said}")
    return trace


def common_counts(scenario: Scenario, traces: list[Trace]) -> Counter[str]:
    """How often each call comes at least."""
    counts = [trace.counts() for trace in traces]
    least: Counter[str] = Counter()
    for name in set().union(*counts):
        numbers = [count[name] for count in counts]
        if len(set(numbers)) > 1 and name not in DEPEND_ON_TIMING:
            raise Differs(f"{scenario}: {name} was called {numbers} times")
        least[name] = min(numbers)
    return least


@cache
def symbols_of(binary: str) -> Symbols:
    """One for all scenarios of a process: to ask for an address costs more than to run the program."""
    return Symbols(binary)


def points_of(scenario: Scenario, workspace: Workspace, programs: Programs) -> list[Point]:
    """Once more where signals or the end of a pipe came to one of the runs in another way."""
    for _ in range(TRIES):
        try:
            return points_of_whole_runs(scenario, workspace, programs)
        except Differs as error:
            differs = error
    raise differs


def points_of_whole_runs(scenario: Scenario, workspace: Workspace,
                         programs: Programs) -> list[Point]:
    """Of two runs of what is killed, and one of the same sources with debug information, which knows
    the lines that lead to each call."""
    known = trace_scenario(scenario, workspace, programs, programs.symbols)
    others = [trace_scenario(scenario, workspace, programs, programs.binary) for _ in range(2)]
    least = common_counts(scenario, [known, *others])
    symbols = symbols_of(programs.symbols)
    symbols.learn([known])
    return [Point(each.call, each.number, each.subject, symbols.site_of(each))
            for each in known.points if each.number <= least[each.call]]


def sites_of(points: list[Point]) -> set[tuple[str, str]]:
    return {(point.call, point.site) for point in points}


def select(points: list[Point], wanted: int, known_sites: set[tuple[str, str]]) -> list[Point]:
    """Every call site that is not among `known_sites` yet, and of the rest evenly so many that
    `wanted` are taken."""
    taken: dict[Point, None] = {}
    for point in points:
        if (point.call, point.site) not in known_sites:
            known_sites.add((point.call, point.site))
            taken[point] = None
    rest = [point for point in points if point not in taken]
    missing = min(max(wanted - len(taken), 0), len(rest))
    for number in range(missing):
        taken[rest[number * len(rest) // missing]] = None
    return [point for point in points if point in taken]
