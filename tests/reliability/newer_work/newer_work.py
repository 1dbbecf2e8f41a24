#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A run is killed, then somebody works on its files, then it is settled: in each phase of the
journal, with each kind of edit, by each verb and each owner. What came later is never overwritten
but where the design says so, and then it is kept as evidence.

    newer_work.py --binary build/dev/backstep [--calls 30] [--crash deploying] [--recovery recover]

With --calls the failing run is also killed at that many of its system calls.

Exit 0: so it was in every case; 1: not so; 125: cannot be done here.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from crashes import CRASHES, Crash, crashes_at_calls, make_all  # noqa: E402
from harness.files import Files, differences, entrypoint  # noqa: E402
from harness.journal_file import read_journal, write_journal  # noqa: E402
from harness.program import on_tmpfs, options_parser, print_violations  # noqa: E402
from harness.running import Ended  # noqa: E402
from harness.tracing import why_not_here  # noqa: E402
from harness.tree import Tree  # noqa: E402
from model import RECOVERIES, Recovery, expect, is_refused, settles  # noqa: E402
from scene import ADDED, git, version  # noqa: E402

CALL = "a call of its own"


def edit_as_an_editor(root: Path) -> None:
    written = root / entrypoint("written")
    with written.open("r+", encoding="utf-8") as file:
        file.write("#!/bin/sh\necho by hand\n")
        file.truncate()
    beside = root / "services/renamed/.swap"
    beside.write_text("#!/bin/sh\necho by hand, renamed\n")
    beside.chmod(0o755)
    beside.rename(root / entrypoint("renamed"))
    (root / entrypoint("moded")).chmod(0o644)
    (root / entrypoint("deleted")).unlink()
    Tree(root).put(entrypoint(ADDED), version("by hand", ADDED))


def edit_oddly(root: Path) -> None:
    directory, symlink = root / entrypoint("directory"), root / entrypoint("symlink")
    directory.unlink()
    directory.mkdir()
    (directory / "kept").write_text("kept\n")
    (root / "elsewhere").write_text("elsewhere\n")
    symlink.unlink()
    symlink.symlink_to("../../elsewhere")


def check_out_another_commit(root: Path) -> None:
    git(root, "checkout", "--quiet", "--force", "other")


EDITS: dict[str, Callable[[Path], None]] = {
    "an editor": edit_as_an_editor,
    "a checkout": check_out_another_commit,
    "something odd": edit_oddly,
    "nobody": lambda _root: None,
}


@dataclass(frozen=True)
class Case:
    crash: Crash
    edit: str
    recovery: Recovery

    def __str__(self) -> str:
        return f"{self.crash}, then {self.edit}, then {self.recovery}"

    @property
    def row(self) -> str:
        return self.crash.name if self.crash in CRASHES else CALL

    @property
    def statuses(self) -> set[int]:
        if is_refused(self.crash, self.recovery):
            return {11}
        if self.recovery.verb == "run":
            # What lies oddly in a script's place stops the backup of the new run, unless the restore
            # has moved it away.
            return {0, 6} if self.edit == "something odd" else {0}
        return {0, 20, 21, 22} if self.edit == "something odd" else {0, 20, 21}


@dataclass
class Verdict:
    case: Case
    kept: int = 0
    replaced: int = 0
    violations: list[str] = field(default_factory=list)


class Trial:
    def __init__(self, case: Case, root: Path, binary: str) -> None:
        self.case, self.tree, self.binary = case, Tree(root), binary
        self.verdict = Verdict(case)

    def run(self) -> Verdict:
        EDITS[self.case.edit](self.tree.root)
        before = self.tree.places()
        wanted = expect(self.case.crash, self.case.recovery, before)
        ended = self.call(self.case.recovery.arguments)
        if ended.status not in self.case.statuses:
            self.violated(f"exit {ended.status}: {ended.out[-400:]}")
        odd = self.case.edit == "something odd"
        if odd and ended.status == 22 and settles(self.case.crash, self.case.recovery):
            self.check_stopped(before, ended.out)
            return self.verdict
        self.verdict.kept, self.verdict.replaced = len(wanted.kept), len(wanted.replaced)
        self.must_be(wanted.live)
        for path in wanted.kept:
            if f"{path} was changed after run" not in ended.out:
                self.violated(f"{path} is kept and not named: {ended.out[-400:]}")
        self.check_evidence(before, wanted.replaced)
        if settles(self.case.crash, self.case.recovery):
            self.check_again(ended.status)
        return self.verdict

    def violated(self, what: str) -> None:
        self.verdict.violations.append(what)

    def must_be(self, wanted: Files) -> None:
        self.verdict.violations += differences("files", self.tree.places(), wanted)

    def call(self, arguments: list[str]) -> Ended:
        return self.case.recovery.job.call(self.binary, self.tree.root, arguments)

    def check_stopped(self, before: Files, said: str) -> None:
        """It may refuse to go on over something odd: then nothing was changed, and it says what."""
        self.must_be(before)
        if entrypoint("directory") not in said and entrypoint("symlink") not in said:
            self.violated(f"it does not say what lies in its way: {said[-400:]}")

    def check_evidence(self, before: Files, replaced: list[str]) -> None:
        kept = {entry.content for files in self.tree.evidence() for entry in files.values()}
        for path in replaced:
            if before[path].kind == "file" and before[path].content not in kept:
                self.violated(f"the replaced {path} is nowhere")

    def check_again(self, status: int) -> None:
        """Settling twice equals settling once. A run that was refused left what is owed."""
        settled = self.tree.places()
        self.verdict.violations += [f"{path} is left" for path in self.tree.staged()]
        ended = self.call(["recover"])
        if status != 6 and (ended.status != 0 or "no run is open" not in ended.out):
            self.violated(f"something is open after it: {ended.status} {ended.out[-300:]}")
        self.must_be(settled)


def stand_for_the_tree(root: Path) -> None:
    """The copy is taken for the tree in which the run was killed, so its journal must know it."""
    journal = root / "backups/.backstep/journal.json"
    record = read_journal(journal)
    if record is None:
        return
    values = subprocess.run(["stat", "-c", "%d %i %.9W", str(root)], check=True,
                            capture_output=True, text=True).stdout.split()
    record["tree"] = {"path": str(root.resolve()), "device": int(values[0]),
                      "inode": int(values[1]), "birth_ns": int(values[2].replace(".", ""))}
    write_journal(journal, record)


def try_case(case: Case, made: dict[str, Path], scratch: Path, binary: str) -> Verdict:
    directory = Path(tempfile.mkdtemp(dir=scratch))
    try:
        root = directory / "workspace"
        subprocess.run(["cp", "-a", str(made[case.crash.name]), str(root)], check=True)
        stand_for_the_tree(root)
        return Trial(case, root, binary).run()
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        return Verdict(case, violations=[f"{type(error).__name__}: {error}"])
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def print_results(verdicts: list[Verdict], seconds: float) -> None:
    print_violations(verdicts)
    print(f"\n{'killed at':<24}{'cases':>7}{'violated':>10}{'files kept':>12}{'put back':>10}")
    for name in [*(crash.name for crash in CRASHES), CALL]:
        own = [each for each in verdicts if each.case.row == name]
        if own:
            print(f"{name:<24}{len(own):>7}{sum(bool(each.violations) for each in own):>10}"
                  f"{sum(each.kept for each in own):>12}{sum(each.replaced for each in own):>10}")
    print(f"\n{len(verdicts)} cases, {sum(bool(each.violations) for each in verdicts)} violated, "
          f"{seconds:.0f} s in all")


def chosen_cases(options: argparse.Namespace) -> list[Case]:
    return [Case(crash, edit, recovery) for crash in CRASHES for edit in EDITS
            for recovery in RECOVERIES
            if (not options.crash or crash.name in options.crash)
            and (not options.edit or edit in options.edit)
            and (not options.recovery or recovery.name in options.recovery)]


def try_all(options: argparse.Namespace, scratch: Path) -> int:
    begun = time.monotonic()
    made = make_all(CRASHES, options.binary, scratch / "made")
    cases = chosen_cases(options)
    if options.calls:
        crashes, more = crashes_at_calls(options.binary, scratch / "calls", options.calls)
        made |= more
        # Each kind of recovery in turn, so that each call costs one case.
        cases += [Case(crash, list(EDITS)[number % 2], RECOVERIES[number % len(RECOVERIES)])
                  for number, crash in enumerate(crashes)]
    with ThreadPoolExecutor(options.jobs) as pool:
        verdicts = list(pool.map(
            lambda case: try_case(case, made, scratch, options.binary), cases))
    print_results(verdicts, time.monotonic() - begun)
    return 1 if any(each.violations for each in verdicts) else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--crash", action="append", choices=[each.name for each in CRASHES])
    parser.add_argument("--recovery", action="append", choices=[each.name for each in RECOVERIES])
    parser.add_argument("--edit", action="append", choices=list(EDITS))
    parser.add_argument("--calls", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    reason = why_not_here() or ("" if shutil.which("git") else "git is not installed here")
    return on_tmpfs(lambda scratch: try_all(options, scratch), why_not=reason)


if __name__ == "__main__":
    sys.exit(main())
