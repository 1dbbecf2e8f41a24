#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The program is killed while a command runs, in each phase that runs one: its keeper ends the tree
of the command, and only then the lock is free for whoever comes next.

    kills.py --binary build/dev/backstep [--repeat 20]

Exit 0: so it was, every time; 1: not so; 125: cannot be done here.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from bench import judge_all  # noqa: E402
from harness.program import on_tmpfs, options_parser, print_violations  # noqa: E402
from harness.running import wait_until  # noqa: E402
from places import PLACES, CannotPrepare, Place, Site, why_not  # noqa: E402
from shapes import SHAPES, Shape, unseen  # noqa: E402
from tagged import find_tagged, kill_tagged, new_tag  # noqa: E402

LIMIT = 10.0
FIRST_FAILS = "[ -e checked ] || {{ : >checked; exit 1; }}; {shape}"
QUICK = ["--health-retries", "1", "--health-start-period", "0s", "--health-interval", "10ms"]
CHECK_LATER = ["--check-baseline", "false", *QUICK]
PHASES = {
    "baseline check": ["--deploy", "true", "--health-check", "{shape}", *QUICK],
    "generate": ["--deploy", "true", "--generate", "{shape}"],
    "deploy": ["--deploy", "{shape}"],
    "health check": ["--deploy", "true", "--health-check", "{shape}", *CHECK_LATER],
    "rollback command": ["--deploy", "exit 1", "--rollback-command", "{shape}"],
    "check after it": ["--deploy", "true", "--health-check", FIRST_FAILS, *CHECK_LATER],
}


GROWTH = 120.0  # seconds for hundreds of processes to start, on a machine that has much else to do


@dataclass(frozen=True)
class Case:
    shape: Shape
    place: Place
    phase: str

    def arguments(self) -> list[str]:
        return ["run", *(word.format(shape=self.shape.text) for word in PHASES[self.phase])]

    def __str__(self) -> str:
        return f"{self.shape.name}, {self.place.name}, {self.phase}"


@dataclass
class Verdict:
    case: Case
    grown: int = 0
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)


def kill_once_grown(site: Site, case: Case, tag: str) -> Verdict:
    process = site.start(case.arguments(), tag)
    try:
        if not wait_until(lambda: site.instant("grown") is not None or process.poll() is not None, GROWTH):
            raise CannotPrepare("its tree did not grow")
        verdict = Verdict(case, len(find_tagged(tag, site.binary)))
        if site.lock_is_free():
            verdict.violations.append("the lock was free while the command ran")
        process.kill()
        begun = time.monotonic()
        if not site.wait_for_lock():
            verdict.violations.append("the lock is not free after the kill")
        left = find_tagged(tag, site.binary)
        verdict.seconds = time.monotonic() - begun
        if left:
            verdict.violations.append(f"the lock is free, yet {len(left)} processes are left")
        return verdict
    finally:
        process.kill()
        kill_tagged(tag, site.binary)
        process.communicate()


def try_case(site: Site, case: Case) -> Verdict:
    try:
        verdict = kill_once_grown(site, case, new_tag())
    except (CannotPrepare, subprocess.SubprocessError, OSError) as error:
        return Verdict(case, violations=[f"{type(error).__name__}: {error}"])
    if verdict.seconds > LIMIT:
        verdict.violations.append(f"the tree was there for {verdict.seconds:.1f} s more")
    return verdict


def print_results(verdicts: list[Verdict]) -> None:
    print_violations(verdicts)
    print(f"\n{'killed in':<20}{'runs':>6}{'processes':>11}{'violated':>10}"
          f"{'lock free after, ms':>21}")
    for phase in PHASES:
        own = [each for each in verdicts if each.case.phase == phase]
        print(f"{phase:<20}{len(own):>6}{max(each.grown for each in own):>11}"
              f"{sum(bool(each.violations) for each in own):>10}"
              f"{max(each.seconds for each in own) * 1000:>21.0f}")


def try_all(options: argparse.Namespace, scratch: Path) -> int:
    # A killed process 1 takes all its namespace along, whatever its keeper does.
    places = [place for place in PLACES if not place.is_process_1 and not why_not(place)]
    cases = [Case(shape, place, phase) for _ in range(options.repeat) for shape in SHAPES
             for place in places for phase in PHASES if not shape.ends_itself]
    begun = time.monotonic()
    verdicts = judge_all(scratch, options.binary, options.jobs, places, cases, try_case)
    print_results(verdicts)
    broken = sum(bool(each.violations) for each in verdicts)
    trouble = unseen((each.case.shape, each.grown) for each in verdicts)
    print("\n".join(trouble))
    print(f"{len(verdicts)} kills, {broken} violated, {time.monotonic() - begun:.0f} s in all")
    return 1 if broken or trouble else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    return on_tmpfs(lambda scratch: try_all(options, scratch), to_execute=True)


if __name__ == "__main__":
    sys.exit(main())
