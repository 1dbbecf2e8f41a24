#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the program at every call that it makes on a file or descriptor, one run for each, and
checks what the design promises: at once, and after `recover`.

    kill_points.py --binary build/dev/backstep              the failing run: a minute or two
    kill_points.py --binary build/dev/backstep --all        every scenario
    kill_points.py --binary … --scenario rollback --only renameat --keep

A kill does not test fsync, for the page cache survives it. Exit 0: every point was hit and every
promise kept; 1: not so; 125: cannot be done here.
"""

import argparse
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

sys.dont_write_bytecode = True  # the source tree stays as it is

from one_point import Verdict, try_point, wait_for_keepers  # noqa: E402
from scenarios import ALL, FAILED_CHECK, Scenario  # noqa: E402
from scratch import find_tmpfs  # noqa: E402
from tracing import Point, points_of, trace_calls, why_not_here  # noqa: E402
from workspace import Workspace  # noqa: E402

SKIPPED = 125
SHOWN = 12


@dataclass
class Result:
    scenario: Scenario
    calls: int
    verdicts: list[Verdict]
    seconds: float

    @property
    def missed(self) -> list[Verdict]:
        return [each for each in self.verdicts if not each.hit]

    @property
    def broken(self) -> list[Verdict]:
        return [each for each in self.verdicts if each.violations]


def enumerate_points(scenario: Scenario, workspace: Workspace, binary: str) -> list[Point]:
    """From three whole runs: the clock may shift the ids, not the calls."""
    traces = []
    for _ in range(3):
        scenario.reset(workspace, binary)
        status, lines = trace_calls([binary, *scenario.arguments], workspace.root)
        wait_for_keepers(workspace, binary)
        if status != scenario.normal_exit:
            sys.exit(f"{scenario.name}: exit {status} under strace, not {scenario.normal_exit}")
        traces.append(lines)
    points, differing = points_of(traces)
    for name, counts in differing.items():
        print(f"  {scenario.name}: {name} was called {counts} times in three runs; "
              f"the first {min(counts)} are taken")
    return points


def run_scenario(scenario: Scenario, options: argparse.Namespace, scratch: Path) -> Result:
    idle: SimpleQueue[Workspace] = SimpleQueue()
    for job in range(options.jobs):
        # Each in a directory of its own: the trace lies beside the workspace.
        idle.put(Workspace(scratch / f"job{job}" / "workspace"))
        (scratch / f"job{job}").mkdir(exist_ok=True)
    first = idle.get()
    points = enumerate_points(scenario, first, options.binary)
    idle.put(first)
    if options.only:
        points = [point for point in points if point.call in options.only]

    def work(point: Point | None) -> Verdict:
        workspace = idle.get()
        verdict = try_point(scenario, workspace, options.binary, point)
        if verdict.violations and options.keep:
            name = f"{point.call}-{point.number}" if point else "whole"
            shutil.copytree(workspace.root, scratch / f"kept-{name}", dirs_exist_ok=True)
        idle.put(workspace)
        return verdict

    begun = time.monotonic()
    with ThreadPoolExecutor(options.jobs) as pool:
        verdicts = list(pool.map(work, [*points, None]))
    return Result(scenario, len({point.call for point in points}), verdicts,
                  time.monotonic() - begun)


def print_trouble(result: Result) -> None:
    for verdict in result.missed[:SHOWN]:
        print(f"NOT HIT  {result.scenario.name}: {verdict.point}")
    for verdict in result.broken[:SHOWN]:
        print(f"VIOLATED {result.scenario.name}: {verdict.point or 'after the last call'}")
        for violation in verdict.violations[:4]:
            print(f"         {violation}")
    if len(result.broken) > SHOWN:
        print(f"         … and {len(result.broken) - SHOWN} points more")


def print_table(results: list[Result]) -> None:
    print(f"\n{'scenario':<30}{'calls':>6}{'points':>8}{'hit':>8}{'violated':>10}{'points/s':>10}")
    for each in results:
        tried = len(each.verdicts)
        print(f"{each.scenario.name:<30}{each.calls:>6}{tried:>8}{tried - len(each.missed):>8}"
              f"{len(each.broken):>10}{tried / each.seconds:>10.1f}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="the static binary under test")
    parser.add_argument("--all", action="store_true", help="every scenario")
    parser.add_argument("--scenario", action="append", choices=[each.name for each in ALL])
    parser.add_argument("--only", action="append", metavar="CALL", help="only this system call")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="keep the workspaces of violations")
    options = parser.parse_args()
    options.binary = str(Path(options.binary).resolve(strict=True))
    return options


def main() -> int:
    options = read_options()
    sys.stdout.reconfigure(line_buffering=True)  # a long run is watched through a pipe
    reason = why_not_here()
    scratch_root = None if reason else find_tmpfs()
    if scratch_root is None:
        print(f"skipped: {reason or 'no tmpfs to work on, and none can be mounted'}")
        return SKIPPED
    chosen = [FAILED_CHECK]
    if options.all or options.scenario:
        chosen = [each for each in ALL if options.all or each.name in options.scenario]
    scratch = Path(tempfile.mkdtemp(dir=scratch_root, prefix="backstep-crash-"))
    results = []
    try:
        for scenario in chosen:
            results.append(run_scenario(scenario, options, scratch))
            print_trouble(results[-1])
    finally:
        if not options.keep:
            shutil.rmtree(scratch, ignore_errors=True)
    print_table(results)
    return 1 if any(each.missed or each.broken for each in results) else 0


if __name__ == "__main__":
    sys.exit(main())
