# SPDX-License-Identifier: Apache-2.0
"""What must hold after a call that a signal found at any moment: judged by what it left, for the
moment itself decides whether it went on, went back or had not begun."""

import signal
from collections.abc import Callable
from dataclasses import dataclass

from harness.files import Files, differences
from harness.recovery import owes_a_command
from harness.running import all_sets_verify, commands_in, wait_for_keepers
from phases import NOTHING, OWED, UNCHECKED, Arrange
from stage import NEW, OLD, Stage

LIMIT = 10.0  # from the signal to the end: by then a pipeline's cancel has not become a KILL yet
UNTOUCHED = ("", "begun")


@dataclass(frozen=True)
class Story:
    """One call, and how it ends when no signal comes."""

    name: str
    arguments: list[str]
    arrange: Arrange
    normal_exit: int
    healthy: str = "old"
    accepts: bool = False
    initial: Callable[[], Files] = lambda: OLD
    stopped_by: str = ""  # the signal that its own deploy sends, before any of ours
    paid_exit: int = 20


@dataclass
class Ending:
    status: int
    output: str
    seconds: float
    signals: tuple[int, ...]  # the ones that it may have seen

    @property
    def stopped(self) -> bool:
        return self.status in [128 + number for number in self.signals]

    @property
    def died(self) -> bool:
        """Before it watched for signals; a shell shows it as 128+n too."""
        return self.status in [-number for number in self.signals]

    def answer_says(self, words: str) -> bool:
        """The line that tells what is live; the last one, where it ended before it could tell."""
        lines = self.output.splitlines()
        answers = [line for line in lines if "live now: " in line] or lines[-1:]
        return bool(answers) and words in answers[-1]


class Judgement:
    """`known` is the number of the history's lines before the call."""

    def __init__(self, story: Story, stage: Stage, ending: Ending, known: int) -> None:
        self.story, self.stage, self.ending = story, stage, ending
        self.violations: list[str] = []
        self.journal = stage.journal()
        self.events = stage.history()[known:]

    def violated(self, what: str) -> None:
        self.violations.append(f"{what} (exit {self.ending.status}, history {self.events}): "
                               f"{' '.join(self.ending.output.split())[-200:]}")

    def must_say(self, words: str) -> None:
        if not self.ending.answer_says(words):
            self.violated(f"the answer does not say '{words}'")

    def must_be(self, wanted: Files) -> None:
        self.violations += differences("files", self.stage.live(), wanted)

    def judge(self, binary: str) -> list[str]:
        self.violations += [f"a command is left: {each}"
                            for each in commands_in(self.stage.root, binary)]
        self.violations += wait_for_keepers(self.stage, binary)
        if self.journal is not None and self.journal["phase"] == "restored":
            self.judge_owed()
        elif self.journal is None and self.events and self.events[-1] not in UNTOUCHED:
            self.judge_complete(self.events[-1])
        else:
            self.judge_untouched()
        return self.violations

    def judge_owed(self) -> None:
        assert self.journal is not None
        self.must_be(OLD)
        if not self.ending.stopped:
            self.violated("a journal is left, yet no signal is in its exit code")
        self.must_say(OWED if self.journal["owed"] else UNCHECKED)

    def judge_complete(self, event: str) -> None:
        if event == "accepted":
            self.must_be(NEW)
            if self.ending.status != 0:
                self.violated("accepted, yet not 0")
            return
        self.must_be(OLD)
        if event == "restored" and not self.ending.stopped:
            self.violated("nothing was deployed, yet no signal is in its exit code")
        if event == "rolled_back" and self.ending.status != self.story.normal_exit:
            self.violated(f"all was done, yet not {self.story.normal_exit}")

    def judge_untouched(self) -> None:
        """Nothing on record: it ended before it changed anything."""
        self.must_be(self.story.initial())
        if self.ending.stopped:
            self.must_say(NOTHING)
        elif not self.ending.died:
            self.violated("no signal is in its exit code")


def check_recover(story: Story, stage: Stage, binary: str) -> list[str]:
    """It brings the old set back, or leaves the accepted one; and ends the journal."""
    journal, before = stage.journal(), stage.live()
    stage.hold("")
    (stage.root / "signals").unlink(missing_ok=True)
    ended = stage.call(binary, ["recover"])
    status = story.paid_exit if owes_a_command(journal) else 0
    found = []
    if ended.status != status:
        found.append(f"'recover' exited with {ended.status}, not {status}: {ended.said}")
    found += differences("after recover", stage.live(), before if journal is None else OLD)
    if stage.journal() is not None:
        found.append("a journal is left after 'recover'")
    return found + all_sets_verify(stage.call(binary, ["verify", "--json"]), "at last")


def numbers_of(names: list[str]) -> tuple[int, ...]:
    return tuple(signal.Signals[f"SIG{name}"] for name in names if name)
