# SPDX-License-Identifier: Apache-2.0
"""One command over its time: the program is stopped at the moment at which it says that the command
has ended, what is left is counted, and then it goes on."""

import fcntl
import os
import resource
import select
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field

from harness.running import PATIENCE, wait_until
from places import CannotPrepare, NotSeen, Place, Site
from shapes import Shape
from tagged import find_tagged, kill_tagged, new_tag, state_of

KINDS = ["deploy", "generate", "check"]
TIMEOUT = 0.4
SLOW_TIMEOUT = 1.5
GRACE = 0.2
READ_AFTER_END = 0.2  # what a command left may hold its output so long
LIMIT = 0.3
ALWAYS = 10.0  # on any machine, however busy
TRIES = 4
HISTORY = "backups/.backstep/history.jsonl"
TICK = 0.01  # of the clock that stamps files, and some
STANDSTILL = 0.04  # a machine that lets a process wait so long says little about the program


@dataclass(frozen=True)
class Case:
    shape: Shape
    place: Place
    kind: str

    def __str__(self) -> str:
        return f"{self.shape.name}, {self.place.name}, {self.kind}"

    def arguments(self, timeout: float) -> list[str]:
        text = f": >began; {self.shape.text}"
        after = [f"--{self.kind}-timeout", f"{timeout * 1000:.0f}ms", "--stop-grace",
                 f"{GRACE * 1000:.0f}ms", "--keep-last", "1", "--rollback-command", ": >after"]
        if self.kind == "generate":
            return ["run", "--generate", text, "--deploy", "true", *after]
        if self.kind == "deploy":
            return ["run", "--deploy", text, *after]
        after[0] = "--health-timeout"
        return ["run", "--check-baseline", "false", "--deploy", "true", "--health-check",
                f"[ ! -e checked ] || exit 0; : >checked; {text}", "--health-retries", "1",
                "--health-start-period", "0s", "--health-interval", "10ms", *after]

    @property
    def status(self) -> int:
        failed = {"generate": 5, "deploy": 21, "check": 20}
        return 0 if self.shape.ends_itself else failed[self.kind]

    @property
    def words(self) -> str:
        """What it says when the command has ended; none when it is left to itself. No warning about
        an earlier run may hold the same words."""
        subject = "attempt 1:" if self.kind == "check" else f"❌ {self.kind}"
        if not self.shape.ends_itself:
            return f"{subject} timed out after "
        return f"{subject} passed" if self.kind == "check" else ""

    @property
    def may_stay(self) -> bool:
        """A deploy or generator that ended well may leave a daemon."""
        return self.shape.ends_itself and self.kind != "check"


@dataclass
class Verdict:
    case: Case
    tag: str
    grown: int = 0
    survivors: int = 0
    overshoot: float = 0.0
    repeats: int = 0
    standstill: float = 0.0  # of the machine, while it was measured
    violations: list[str] = field(default_factory=list)


class Jitter:
    """How long the machine let an ordinary process wait at most, beyond what it asked for."""

    def __enter__(self) -> "Jitter":
        self.worst, self.ended = 0.0, threading.Event()
        self.thread = threading.Thread(target=self.measure)
        self.thread.start()
        return self

    def measure(self) -> None:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
        while True:
            before = time.monotonic()
            if self.ended.wait(0.01):
                return
            self.worst = max(self.worst, time.monotonic() - before - 0.01)

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()


class Run:
    def __init__(self, site: Site, case: Case, timeout: float) -> None:
        self.site, self.case, self.timeout = site, case, timeout
        self.verdict = Verdict(case, new_tag())
        self.heard = float("inf")  # when we heard that the command had ended
        self.stopped = 0.0  # how long we kept the program from going on

    def left(self) -> list[int]:
        """Of the command: the rollback command may have begun when the program is stopped late."""
        return find_tagged(self.verdict.tag, self.site.binary, but_for="BACKSTEP_PHASE=rollback")

    def go(self) -> Verdict:
        process = self.site.start(self.case.arguments(self.timeout), self.verdict.tag)
        guard = threading.Timer(PATIENCE, process.kill)
        guard.start()
        try:
            self.program = self.site.program_of(process)
            counting = threading.Thread(target=self.count_grown, args=[process])
            counting.start()
            said = self.follow(process)
            counting.join()
            if process.wait(PATIENCE) != self.case.status:
                self.violated(f"exit {process.returncode}, not {self.case.status}: {said[-300:]}")
            self.check_end()
            return self.verdict
        finally:
            guard.cancel()
            process.kill()
            process.communicate()
            kill_tagged(self.verdict.tag, self.site.binary)

    def violated(self, what: str) -> None:
        self.verdict.violations.append(what)

    def count_grown(self, process: subprocess.Popen[str]) -> None:
        wait_until(lambda: self.site.instant("grown") is not None or process.poll() is not None)
        self.verdict.grown = len(self.left())

    def follow(self, process: subprocess.Popen[str]) -> str:
        """Reads all that it says, and looks around when it says that the command has ended. Until then
        each piece is read while the program is stopped: into a pipe of one page it writes no more before
        that, so it cannot be further than the beginning of its next line."""
        assert process.stdout is not None
        pipe = process.stdout.fileno()
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, resource.getpagesize())
        said, seen = b"", not self.case.words
        while True:
            if not seen:
                select.select([pipe], [], [])
                self.send(signal.SIGSTOP)
            piece = os.read(pipe, 1 << 16)
            said += piece
            lines = said.decode(errors="replace").split("\n")
            if not seen and any(self.case.words in line and "│" not in line for line in lines[:-1]):
                seen = True
                self.look_around()
            self.send(signal.SIGCONT)
            if not piece:
                break
            said = said[-2000:]
        if not seen:
            raise CannotPrepare(f"it did not say '{self.case.words}': {said.decode(errors='replace')}")
        return said.decode(errors="replace")

    def send(self, number: signal.Signals) -> None:
        try:
            os.kill(self.program, number)
        except ProcessLookupError:  # it has ended and is gone
            return

    def look_around(self) -> None:
        self.heard = time.time()
        if not self.is_stopped_in_time():
            # Too late. Elsewhere what is left is found at the end, too; a process 1 takes it along.
            if self.site.place.is_process_1:
                raise NotSeen("it had gone on before it was stopped")
            return
        stopped_at = time.time()
        self.verdict.survivors = len(self.left())
        if not self.site.has_decoy():
            self.violated("the daemon of an earlier deploy was ended")
        self.stopped = time.time() - stopped_at

    def is_stopped_in_time(self) -> bool:
        wait_until(lambda: state_of(self.program) in ("T", "Z", ""))
        if self.site.instant("after") is not None:
            # As late as that the health check may be running again, which looks like the first.
            return False
        return state_of(self.program) == "T"

    def overshoot(self) -> float:
        """No more than this: what it did next came later than the end, and we heard of it later."""
        began = self.site.instant("began")
        went_on = self.site.instant("after" if self.case.status >= 20 else HISTORY)
        if began is None or went_on is None or self.site.instant("grown") is None:
            raise NotSeen("the command did not come as far as to be judged")
        if self.heard + TICK < began:
            # A busy machine: its time was over before its first word, and the check after the rollback
            # is the one that began.
            raise NotSeen("its time was over before its first word")
        allowed = READ_AFTER_END if self.case.shape.ends_itself else self.timeout
        if self.case.shape.needs_grace:
            allowed += GRACE
        return min(self.heard, went_on - self.stopped) - began - allowed

    def check_end(self) -> None:
        self.verdict.overshoot = self.overshoot()
        if not self.case.may_stay:
            self.verdict.survivors = max(self.verdict.survivors, len(self.left()))
        elif not self.site.place.is_process_1 and not self.left():
            self.violated("what a command that ended well had left was ended")
        if self.verdict.survivors:
            self.violated(f"{self.verdict.survivors} processes of the command are left")
        if self.verdict.overshoot > ALWAYS:
            self.violated(f"it went on {self.verdict.overshoot * 1000:.0f} ms late")


def limit_of(case: Case) -> float:
    """The grace belongs to whoever did not need it, too."""
    return LIMIT if case.shape.needs_grace else LIMIT + GRACE


def try_case(site: Site, case: Case) -> Verdict:
    """Again where it was late, for a busy machine may have let it wait, and with more time where the
    tree did not grow. Where the machine stands still each time, only what holds on any is judged."""
    timeout = SLOW_TIMEOUT if case.shape.slow else TIMEOUT
    verdict = Verdict(case, "")
    for repeats in range(TRIES):
        try:
            with Jitter() as jitter:
                verdict = Run(site, case, timeout).go()
            verdict.repeats, verdict.standstill = repeats, jitter.worst
            if verdict.overshoot <= limit_of(case) or verdict.violations:
                return verdict
        except NotSeen as unseen:
            timeout *= 2
            verdict.violations = [f"not seen in {repeats + 1} tries: {unseen}"]
        except (CannotPrepare, subprocess.SubprocessError, OSError) as error:
            verdict.violations = [f"{type(error).__name__}: {error}"]
            return verdict
    if not verdict.violations and verdict.standstill <= STANDSTILL:
        verdict.violations.append(f"it went on {verdict.overshoot * 1000:.0f} ms late, "
                                  f"in each of {TRIES} tries")
    return verdict
