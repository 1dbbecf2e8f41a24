# SPDX-License-Identifier: Apache-2.0
"""How the results of many attempts are told."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from attempt import Verdict
from harness.program import SHOWN


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


def timed(work: Callable[[], None]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
