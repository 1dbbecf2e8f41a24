#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""INT, TERM, HUP and QUIT in every phase in which the program waits for somebody, sent to it alone
and, as a terminal's ^C, to its whole process group.

    signal_phases.py --binary build/dev/backstep [--only "run, deploy"]

Exit 0: each time the files were back in time, exit code, answer and journal were as the design
says, and no command was left; 1: not so; 125: cannot be done here.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from harness.files import differences  # noqa: E402
from harness.program import (on_tmpfs, options_parser, print_violations,  # noqa: E402
                             side_by_side)
from harness.recovery import owes_a_command  # noqa: E402
from harness.running import (PATIENCE, Ended, commands_in, end_of, wait_for_keepers)  # noqa: E402
from phases import PHASES, CannotArrange, Phase, held_lock  # noqa: E402
from stage import OLD, Stage, stages, wait_readable  # noqa: E402
from stopped import LIMIT  # noqa: E402

TRIES = 3  # where it took long, for the machine may have stood still, but not each time
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


@dataclass(frozen=True)
class Case:
    phase: Phase
    signal: signal.Signals
    to_group: bool

    @property
    def stubborn(self) -> bool:
        """A command that ignores TERM costs its grace, so only one kind of signal meets it."""
        return self.signal is signal.SIGTERM and not self.to_group

    def __str__(self) -> str:
        return f"{self.phase.name}: {self.signal.name}{' to the group' if self.to_group else ''}"


@dataclass
class Verdict:
    case: Case
    seconds: float = 0.0
    violations: list[str] = field(default_factory=list)


def wait_for_words(process: subprocess.Popen[str], words: str) -> str:
    """What it says up to and with these words; its lines come one by one."""
    assert process.stdout is not None
    output = ""
    for line in process.stdout:
        output += line
        if words in line:
            return output
    raise CannotArrange(f"it ended without saying '{words}': {output}")


def stop(stage: Stage, binary: str, case: Case) -> tuple[Ended, float]:
    """Lets it come to the phase, signals it, and waits for its end."""
    stage.hold(case.phase.hold)
    reached = stage.open_reached()
    try:
        process = stage.start(binary, case.phase.arguments)
        output = ""
        if not case.phase.hold:
            output = wait_for_words(process, "Waiting up to")
        elif not wait_readable(reached):
            process.kill()
            raise CannotArrange(f"it did not come to '{case.phase.hold}'")
        begun = time.monotonic()
        (os.killpg if case.to_group else os.kill)(process.pid, case.signal)
        ended = end_of(process, PATIENCE)
        return Ended(ended.status, output + ended.out), time.monotonic() - begun
    finally:
        os.close(reached)


class Trial:
    def __init__(self, stage: Stage, binary: str, case: Case) -> None:
        self.stage, self.binary, self.case = stage, binary, case
        self.verdict = Verdict(case)

    def violated(self, what: str) -> None:
        self.verdict.violations.append(what)

    def run(self) -> Verdict:
        stage, phase = self.stage, self.case.phase
        try:
            stage.set(phase.healthy)
            phase.arrange(stage, self.binary)
            if self.case.stubborn:
                (stage.root / "stubborn").touch()
            with held_lock(stage) if phase.locked else nullcontext():
                ended, self.verdict.seconds = stop(stage, self.binary, self.case)
            self.check_end(ended)
            self.check_journal()
            if phase.settled or phase.journal == "restored":
                self.check_recover()
        except (CannotArrange, subprocess.SubprocessError, OSError, ValueError) as error:
            self.violated(f"{type(error).__name__}: {error}")
        return self.verdict

    def check_end(self, ended: Ended) -> None:
        phase = self.case.phase
        if ended.status != 128 + self.case.signal:
            self.violated(f"exit {ended.status}: {ended.said}")
        lines = ended.out.strip().splitlines()
        answer = ([line for line in lines if "live now: " in line] or lines)[-1:]
        if not answer or phase.says not in answer[0]:
            self.violated(f"the answer does not say '{phase.says}': {ended.said}")
        self.verdict.violations += differences("files", self.stage.live(), phase.live)
        self.verdict.violations += [f"a command is left: {each}"
                                    for each in commands_in(self.stage.root, self.binary)]
        # Not at once: a fork of ours, made for the other job, has our own lock until its exec.
        self.verdict.violations += wait_for_keepers(self.stage, self.binary)

    def check_journal(self) -> None:
        phase, journal = self.case.phase, self.stage.journal()
        found = "" if journal is None else str(journal["phase"])
        if found != phase.journal:
            self.violated(f"the journal is at '{found}', not '{phase.journal}'")
        elif journal is not None and bool(journal["owed"]) != phase.owed:
            self.violated(f"the rollback command is owed: {journal['owed']}")

    def check_recover(self) -> None:
        """What is owed is paid once, and only what is owed."""
        phase, owed = self.case.phase, owes_a_command(self.stage.journal())
        (self.stage.root / "steps").write_text("")
        self.stage.hold("")
        ended = self.stage.call(self.binary, ["recover"])
        if ended.status != phase.settled:
            self.violated(f"'recover' exited with {ended.status}: {ended.said}")
        paid = self.stage.steps().count("rollback")
        if paid != int(owed):
            self.violated(f"'recover' ran the rollback command {paid} times")
        self.verdict.violations += differences("after recover", self.stage.live(), OLD)
        if self.stage.journal() is not None:
            self.violated("a journal is left after 'recover'")


def try_case(stage: Stage, binary: str, case: Case) -> Verdict:
    for _ in range(TRIES):
        verdict = Trial(stage, binary, case).run()
        if verdict.seconds <= LIMIT or verdict.violations:
            return verdict
    verdict.violations.append(f"it took {verdict.seconds:.1f} s to end")
    return verdict


def print_table(verdicts: list[Verdict]) -> None:
    print_violations(verdicts)
    print(f"\n{'phase':<32}{'signals':>8}{'violated':>10}{'longest, s':>12}")
    for phase in PHASES:
        own = [each for each in verdicts if each.case.phase is phase]
        if own:
            print(f"{phase.name:<32}{len(own):>8}{sum(bool(each.violations) for each in own):>10}"
                  f"{max(each.seconds for each in own):>12.2f}")


def try_all(cases: list[Case], binary: str, sites: list[Stage]) -> int:
    begun = time.monotonic()
    verdicts = side_by_side(lambda stage, case: try_case(stage, binary, case), cases, sites)
    print_table(verdicts)
    broken = sum(bool(each.violations) for each in verdicts)
    longest = max(each.seconds for each in verdicts)
    print(f"\n{len(verdicts)} signals, {broken} violated, longest to the end {longest:.2f} s, "
          f"{time.monotonic() - begun:.0f} s in all")
    return 1 if broken else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--only", action="append", choices=[phase.name for phase in PHASES])
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    cases = [Case(phase, number, to_group) for phase in PHASES for number in SIGNALS
             for to_group in (False, True) if not options.only or phase.name in options.only]
    return on_tmpfs(lambda scratch: try_all(cases, options.binary, stages(scratch, options.jobs)))


if __name__ == "__main__":
    sys.exit(main())
