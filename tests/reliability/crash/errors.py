# SPDX-License-Identifier: Apache-2.0
"""What must hold when a call of the program fails instead of killing it."""

import errno
import os
import re
from dataclasses import dataclass, replace

from attempt import Attempt, Verdict, earlier
from calls import TRIES, Hangs, Injection, NeverCame, Point, Programs, Trace, trace_calls
from harness.running import Ended, wait_for_keepers
from scenarios import CannotPrepare, Scenario
from workspace import Workspace

ERRORS = [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE,
          errno.EINTR]
# What these fail to do is not done: exit 0 without a word would be a lie.
MUST_BE_SAID = {"fsync", "fdatasync", "syncfs", "write", "pwrite64", "renameat", "renameat2", "mkdirat",
                "ftruncate", "getdents64", "unlinkat"}
REPEATED_WHEN_INTERRUPTED = {"write", "pread64", "read", "openat2", "flock"}
LIVE_ALL_THE_SAME = re.compile(r"the new version(, healthy)?[^,]*, but|of the deploy forbids a rollback, but")
NOT_KEPT = "the failed files could not be kept"


def is_left_out(point: Point, error: int) -> bool:
    """A service whose directory may not be entered is no part of a version, and that is said; what
    then is where follows from there."""
    if error not in (errno.EACCES, errno.EPERM) or point.call != "statx":
        return False
    is_script = "tracked_files.cc" in point.site and point.subject.endswith("entrypoint.sh")
    return is_script or "restore_plan.cc" in point.site


@dataclass(frozen=True)
class Fault:
    point: Point
    error: int
    always: bool

    def injection(self) -> Injection:
        return Injection(self.point, f"{'always-' if self.always else ''}error={self.error}")

    @property
    def text(self) -> str:
        return os.strerror(self.error)

    def has_path(self) -> bool:
        return not re.search(r"pipe:|anon_inode:|socket:|/dev/|/proc/|\(deleted\)|^\?",
                             self.point.subject)

    def must_be_said(self) -> bool:
        # The lock's text names its holder for those who wait; nothing rests on it.
        written = self.point.call == "close" and self.point.subject.endswith("(written)") \
            and self.has_path() and "/lock " not in self.point.subject
        if self.error == errno.EINTR and self.point.call in REPEATED_WHEN_INTERRUPTED:
            return False
        # Where there is no room for the blanks of a journal, its record alone is written.
        if self.error in (errno.ENOSPC, errno.EDQUOT) and not self.always \
                and ".journal.json.backstep-new" in self.point.subject:
            return False
        return written or self.point.call in MUST_BE_SAID


class FaultyAttempt(Attempt):
    """A kill's promises hold here too; and the exit code and the words have to be right."""

    def __init__(self, scenario: Scenario, workspace: Workspace, programs: Programs,
                 fault: Fault) -> None:
        super().__init__(scenario, workspace, programs)
        self.fault = fault
        self.ended = Ended(0, "", "")

    def look(self) -> None:
        super().look()
        if LIVE_ALL_THE_SAME.search(self.ended.out + self.ended.error):
            self.settled = "new"
            self.wanted = self.workspace.versions.new
            # Where the journal takes no change, the history's line says it: nothing is owed.
            if self.journal is not None and "accepted" in self.history:
                self.journal["phase"] = "accepted"

    def check_end(self, ended: Ended) -> None:
        self.ended = ended
        if ended.status == self.scenario.normal_exit:
            self.check_normal_end()
        else:
            self.check_words()
        if ended.status < 0 or ended.status > 128:
            self.violations.append(f"ended by a signal: {ended.status}")

    def check_normal_end(self) -> None:
        if not self.scenario.left_open and self.workspace.journal() is not None:
            self.violations.append(f"exit {self.ended.status}, yet a journal is left")
        if self.fault.must_be_said() and self.fault.text not in self.ended.out + self.ended.error:
            self.violations.append(f"exit {self.ended.status}, and not a word of '{self.fault.text}': "
                                   f"{self.ended.said}")

    def check_words(self) -> None:
        said = self.ended.out + self.ended.error
        if self.fault.point.call == "read":
            return  # of pipes between our own processes; what they answer is said as what it means
        if self.fault.text not in said:
            self.violations.append(f"exit {self.ended.status} without the cause: {self.ended.said}")
        elif self.fault.has_path() and not re.search(r"'[^']+'", said):
            self.violations.append(f"exit {self.ended.status} without a path: {self.ended.said}")

    def check_recover(self) -> None:
        before = len(self.violations)
        super().check_recover()
        if NOT_KEPT in self.ended.out + self.ended.error:
            self.violations[before:] = [each for each in self.violations[before:]
                                        if not each.startswith("evidence:")]


def shape(subject: str) -> str:
    """What must be said depends on what a call is about. Only names that are made of the time differ
    always, and which service it is makes no difference."""
    return re.sub(r"\d+", "#", re.sub(r"^services/[^/]+/", "services/#/", subject))


def nearest(point: Point, trace: Trace) -> Point | None:
    """The call that is meant, where it came in this run. Of which pipe or signal the n-th read is, is
    the scheduler's affair, and nothing rests on it: there each will do."""
    alike = [each for each in trace.points if each.call == point.call
             and (point.call == "read" or shape(each.subject) == shape(point.subject))]
    return min(alike, key=lambda each: abs(each.number - point.number), default=None)


def attempt_fault(scenario: Scenario, workspace: Workspace, programs: Programs,
                  fault: Fault) -> Verdict:
    """How many others come before the n-th close is the scheduler's affair where shells are asked side
    by side. A run in which another one failed is no answer, but shows where the one that is meant came:
    there it is looked for in the next run, for a busy machine stays busy."""
    tried = fault
    for number in range(3 * TRIES):
        verdict, came = attempt_once(scenario, workspace, programs, tried)
        if verdict.hit:
            return verdict
        tried = replace(fault, point=replace(fault.point, number=came.number) if came else
                        earlier(fault.point, number % TRIES))
    return Verdict([fault.injection()], hit=False)


def attempt_once(scenario: Scenario, workspace: Workspace, programs: Programs,
                 fault: Fault) -> tuple[Verdict, Point | None]:
    """And where the call that is meant came, when another one failed."""
    attempt = FaultyAttempt(scenario, workspace, programs, fault)
    injections = [fault.injection()]
    try:
        attempt.begin()
        command = [*injections[0].words(), "--", programs.binary, *scenario.arguments]
        ended, trace = trace_calls(programs.injector, command, workspace.root)
        came = nearest(fault.point, trace)
        if came is None or came.number != fault.point.number:
            wait_for_keepers(workspace, programs.binary)
            return Verdict(injections, hit=False), came
        attempt.check_end(ended)
        attempt.check_all()
    except NeverCame:
        wait_for_keepers(workspace, programs.binary)
        return Verdict(injections, hit=False), None
    except (CannotPrepare, Hangs, ValueError, OSError) as error:
        attempt.violations.append(f"{type(error).__name__}: {error}")
    if attempt.violations:
        attempt.violations.append(f"it had exited with {attempt.ended.status}: {attempt.ended.said}")
    return Verdict(injections, violations=attempt.violations), None
