# SPDX-License-Identifier: Apache-2.0
"""The options of the harness's programs, the tmpfs they work on, and how results are told."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from attempt import Verdict
from calls import Programs, why_not_here
from jobs import processors
from scenarios import ALL, Scenario
from scratch import find_tmpfs

SKIPPED = 125
SHOWN = 12


def existing(path: str) -> str:
    found = Path(path).resolve()
    if not found.exists():
        raise argparse.ArgumentTypeError(f"{found} does not exist")
    return str(found)


def options_parser(description: str) -> argparse.ArgumentParser:
    """With the options that all the harness's programs take."""
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=existing, required=True, help="the static binary under test")
    parser.add_argument("--symbols", type=existing, help="the same with debug information")
    parser.add_argument("--injector", type=existing, required=True)
    parser.add_argument("--workload", type=existing, required=True)
    parser.add_argument("--all", action="store_true", help="every point")
    parser.add_argument("--scenario", action="append", metavar="NAME")
    parser.add_argument("--services", action="append", type=int, metavar="N")
    parser.add_argument("--only", action="append", metavar="CALL", help="only this system call")
    parser.add_argument("--jobs", type=int, default=len(processors()))
    parser.add_argument("--first", action="store_true", help="end with the first violation")
    parser.add_argument("--keep", action="store_true", help="keep the workspaces of violations")
    return parser


def programs_of(options: argparse.Namespace) -> Programs:
    return Programs(options.binary, options.symbols or options.binary, options.injector,
                    options.workload)


def chosen_scenarios(options: argparse.Namespace) -> list[Scenario]:
    found = [each for each in ALL
             if (not options.scenario or each.name in options.scenario)
             and (not options.services or each.services in options.services)]
    if not found:
        sys.exit(f"no such scenario; there are: {', '.join(sorted({each.name for each in ALL}))}")
    return found


@dataclass
class Result:
    """Of one scenario, or of one group of injections."""
    name: str
    tried: int = 0
    sites: int = 0
    missed: list[Verdict] = field(default_factory=list)
    broken: list[Verdict] = field(default_factory=list)

    def add(self, verdict: Verdict) -> None:
        self.tried += 1
        if not verdict.hit:
            self.missed.append(verdict)
        if verdict.violations:
            self.broken.append(verdict)


def print_trouble(result: Result) -> None:
    for verdict in result.missed[:SHOWN]:
        print(f"NOT HIT  {result.name}: {'; '.join(map(str, verdict.injections))}")
    for verdict in result.broken[:SHOWN]:
        where = "; ".join(map(str, verdict.injections)) or "after the last call"
        print(f"VIOLATED {result.name}: {where}")
        for violation in verdict.violations[:4]:
            print(f"         {violation}")
    if len(result.broken) > SHOWN:
        print(f"         … and {len(result.broken) - SHOWN} points more")


def print_table(title: str, results: list[Result]) -> None:
    print(f"\n{title:<46}{'sites':>7}{'points':>8}{'hit':>8}{'violated':>10}")
    for each in results:
        print(f"{each.name:<46}{each.sites:>7}{each.tried:>8}{each.tried - len(each.missed):>8}"
              f"{len(each.broken):>10}")


def print_sum(what: str, results: list[Result], sites: int, seconds: float) -> None:
    tried = sum(each.tried for each in results)
    hit = tried - sum(len(each.missed) for each in results)
    broken = sum(len(each.broken) for each in results)
    print(f"\n{what}: {tried} points at {sites} call sites, {hit} hit, {broken} violations, "
          f"{seconds:.0f} s ({tried / seconds:.0f} a second)")


def exit_status(results: list[Result]) -> int:
    return 1 if any(each.missed or each.broken for each in results) else 0


def on_tmpfs(options: argparse.Namespace, work: Callable[[Path], int]) -> int:
    sys.stdout.reconfigure(line_buffering=True)  # a long run is watched through a pipe
    reason = why_not_here(programs_of(options).injector)
    root = None if reason else find_tmpfs()
    if root is None:
        print(f"skipped: {reason or 'no tmpfs to work on, and none can be mounted'}")
        return SKIPPED
    scratch = Path(tempfile.mkdtemp(dir=root, prefix="backstep-crash-"))
    try:
        return work(scratch)
    finally:
        if not options.keep:
            shutil.rmtree(scratch, ignore_errors=True)


def timed(work: Callable[[], None]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
