#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A signal at every call that the program makes on a file or descriptor, one run for each: also in
the phases that run no command (backup, restore, retention), and as a second one after a first.

    signal_points.py --binary build/dev/backstep            a sample of the failing run
    signal_points.py --binary build/dev/backstep --all      every point of every story
    signal_points.py --binary … --story rollback --only renameat

Exit 0: every point was hit and every promise kept; 1: not so; 125: cannot be done here.
"""

import argparse
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from harness.program import SHOWN, on_tmpfs, options_parser  # noqa: E402
from harness.program import print_violations, side_by_side  # noqa: E402
from harness.running import wait_for_keepers  # noqa: E402
from harness.tracing import Point, call_name, points_of, strace, trace_calls  # noqa: E402
from harness.tracing import why_not_here  # noqa: E402
from phases import RUN, CannotArrange, backed_up, begun, crashed_in_deploy, made_store  # noqa: E402
from stage import NEW, Stage, read_all, stages  # noqa: E402
from stopped import LIMIT, Ending, Judgement, Story, check_recover, numbers_of  # noqa: E402

TRIES = 8  # for a call whose number depends on timing
SAMPLE = 60
STAMP = re.compile(r"^(\d+\.\d+) ")

FAILED_CHECK = Story("run fails its check", ["run"], made_store, 20)
STOPPED_DEPLOY = Story("run stopped in its deploy", RUN, made_store, 143, stopped_by="TERM")
STORIES = [
    FAILED_CHECK,
    STOPPED_DEPLOY,
    Story("run succeeds", ["run"], made_store, 0, healthy="echo", accepts=True),
    Story("rollback", ["rollback", "--exact"], backed_up, 0, initial=lambda: NEW, paid_exit=0),
    Story("recover", ["recover"], crashed_in_deploy, 20, initial=lambda: NEW),
    Story("finish after a failure", ["finish", "--status", "failure"], begun, 20,
          initial=lambda: NEW),
]


@dataclass(frozen=True)
class Hit:
    story: Story
    point: Point
    signal: str

    def __str__(self) -> str:
        return f"{self.story.name}: {self.signal} at {self.point}"


@dataclass
class Verdict:
    case: Hit
    was_hit: bool
    seconds: float
    violations: list[str]


@dataclass
class Result:
    story: Story
    points: int
    verdicts: list[Verdict]
    seconds: float

    def broken(self) -> list[Verdict]:
        return [each for each in self.verdicts if each.violations]

    def missed(self) -> list[Verdict]:
        return [each for each in self.verdicts if not each.was_hit]


def prepare(story: Story, stage: Stage, binary: str) -> int:
    """The number of lines that the history has by then."""
    stage.set(story.healthy)
    story.arrange(stage, binary)
    if story.stopped_by:
        stage.stop_itself("deploy 1", story.stopped_by)
    return len(stage.history())


def signal_at(hit: Hit, command: list[str], stage: Stage) -> tuple[Ending, bool]:
    call, number = hit.point.call, hit.point.number
    ended, lines = strace(["-ttt", *hit.point.injection(hit.signal)], command, stage.root)
    stamps = [float(stamp[1]) for stamp in map(STAMP.match, lines) if stamp]
    calls = [line for line in lines if call_name(STAMP.sub("", line)) == call]
    if len(calls) < number:
        return Ending(ended.status, ended.out + ended.error, 0.0, ()), False
    begun = float(calls[number - 1].split()[0])
    return Ending(ended.status, ended.out + ended.error, stamps[-1] - begun, numbers_of([hit.signal])), True


def try_hit(story: Story, stage: Stage, binary: str, hit: Hit) -> Verdict:
    """Again for a call whose number depends on timing, since a run may make one less than before;
    and where it took long, for the machine may have stood still, but not at this call each time."""
    for _ in range(TRIES):
        verdict = try_once(story, stage, binary, hit)
        if verdict.was_hit and (verdict.seconds <= LIMIT or verdict.violations):
            return verdict
    if verdict.was_hit:
        verdict.violations.append(f"{verdict.seconds:.1f} s from the signal to the end")
    return verdict


def try_once(story: Story, stage: Stage, binary: str, hit: Hit) -> Verdict:
    try:
        known = prepare(story, stage, binary)
        ending, was_hit = signal_at(hit, [binary, *read_all(story.arguments)], stage)
        if not was_hit:
            wait_for_keepers(stage, binary)
            return Verdict(hit, False, 0.0, [])
        ending.signals += numbers_of([story.stopped_by])
        violations = Judgement(story, stage, ending, known).judge(binary)
        violations += check_recover(story, stage, binary)
        return Verdict(hit, True, ending.seconds, violations)
    except (CannotArrange, subprocess.SubprocessError, ValueError, OSError) as error:
        return Verdict(hit, True, 0.0, [f"{type(error).__name__}: {error}"])


def enumerate_points(story: Story, stage: Stage, binary: str) -> list[Point]:
    traces = []
    for _ in range(3):
        prepare(story, stage, binary)
        ended, lines = trace_calls([binary, *read_all(story.arguments)], stage.root)
        wait_for_keepers(stage, binary)
        if ended.status != story.normal_exit:
            sys.exit(f"{story.name}: exit {ended.status} under strace, not {story.normal_exit}")
        traces.append(lines)
    return points_of(traces)


def spread(points: list[Point], wanted: int) -> list[Point]:
    """Evenly, and each rename besides: around those the phases change."""
    step = max(1, len(points) // wanted)
    return [point for index, point in enumerate(points)
            if index % step == 0 or point.call.startswith("rename")]


def hits_of(story: Story, points: list[Point], thorough: bool) -> list[Hit]:
    """As a second signal one of the same kind and one of another, from the deploy's start on."""
    if not story.stopped_by:
        chosen = points if thorough else spread(points, SAMPLE)
        return [Hit(story, point, "TERM") for point in chosen]
    after = max(index for index, point in enumerate(points) if point.call == "pipe2")
    chosen = points[after:] if thorough else spread(points[after:], SAMPLE // 5)
    return [Hit(story, point, kind) for point in chosen for kind in (story.stopped_by, "INT")]


def run_story(story: Story, options: argparse.Namespace, sites: list[Stage]) -> Result:
    points = enumerate_points(story, sites[0], options.binary)
    hits = hits_of(story, points, options.all or bool(options.only))
    hits = [hit for hit in hits if not options.only or hit.point.call in options.only]
    begun_at = time.monotonic()
    verdicts = side_by_side(lambda stage, hit: try_hit(story, stage, options.binary, hit), hits,
                            sites)
    return Result(story, len(points), verdicts, time.monotonic() - begun_at)


def print_missed(result: Result) -> None:
    for verdict in result.missed()[:SHOWN]:
        print(f"NOT HIT  {verdict.case}")


def print_table(results: list[Result]) -> None:
    print(f"\n{'story':<28}{'points':>8}{'tried':>8}{'hit':>8}{'violated':>10}"
          f"{'longest, s':>12}{'in all, s':>11}")
    for each in results:
        tried = len(each.verdicts)
        longest = max((verdict.seconds for verdict in each.verdicts), default=0.0)
        print(f"{each.story.name:<28}{each.points:>8}{tried:>8}{tried - len(each.missed()):>8}"
              f"{len(each.broken()):>10}{longest:>12.2f}{each.seconds:>11.0f}")


def run_all(stories: list[Story], options: argparse.Namespace, sites: list[Stage]) -> int:
    results = []
    for story in stories:
        results.append(run_story(story, options, sites))
        print_missed(results[-1])
        print_violations(results[-1].verdicts)
    print_table(results)
    return 1 if any(each.missed() or each.broken() for each in results) else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--all", action="store_true", help="every point of every story")
    parser.add_argument("--story", action="append", choices=[each.name for each in STORIES])
    parser.add_argument("--only", action="append", metavar="CALL", help="only this system call")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chosen = [FAILED_CHECK, STOPPED_DEPLOY]
    if options.all or options.story:
        chosen = [each for each in STORIES if not options.story or each.name in options.story]
    return on_tmpfs(lambda scratch: run_all(chosen, options, stages(scratch, options.jobs)),
                    why_not=why_not_here())


if __name__ == "__main__":
    sys.exit(main())
