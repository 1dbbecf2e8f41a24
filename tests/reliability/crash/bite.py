#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Does the harness bite? Runs it against a build with one seeded bug after the other; each must be
found, and the same build without any must pass.

Exit 0: every bug was caught; 1: one got away, or the build fails without a bug; 125: cannot be done
here.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is

HERE = Path(__file__).resolve().parent
CLI = HERE.parents[1] / "cli"
SKIPPED = 125


@dataclass(frozen=True)
class Bug:
    name: str
    found_by: tuple[str, ...]  # a program of this directory with its options, or one of the cases


def kills(*options: str) -> tuple[str, ...]:
    return ("kill_points.py", "--services", "5", *options)


def errors(*options: str) -> tuple[str, ...]:
    return ("error_points.py", "--services", "1", "--scenario", "run succeeds", "--pairs", "0", *options)


def cuts(*options: str) -> tuple[str, ...]:
    return ("power_cuts.py", "--services", "1", "--cuts", "60", *options)


RUN_FAILS = ("--scenario", "run fails its check")
RUN_SUCCEEDS = ("--scenario", "run succeeds")
RECOVER = ("--scenario", "recover from restoring")

BUGS = [
    Bug("written-in-place", kills("--only", "write", "--points", "30", *RUN_FAILS)),
    Bug("journal-armed-too-late", kills("--points", "100", *RUN_FAILS)),
    Bug("settled-otherwise-the-second-time", kills("--only", "renameat", *RUN_FAILS)),
    Bug("no-fsync-of-files", cuts(*RUN_FAILS)),
    # In a run a later sync of anything commits the names, too; after a backup there is none.
    Bug("no-fsync-of-directories", cuts("--scenario", "backup")),
    Bug("no-fsync-of-the-journal", cuts(*RUN_FAILS)),
    Bug("no-flush-of-what-commands-wrote", cuts(*RUN_SUCCEEDS)),
    Bug("unchecked-readdir", errors("--only", "getdents64", "--points", "60")),
    Bug("unchecked-close", errors("--only", "close", "--points", "150")),
    Bug("unchecked-write", errors("--only", "write", "--points", "60")),
    Bug("no-verify-before-restore",
        ("a_damaged_backup_is_refused_before_anything_is_written.sh",)),
    Bug("lstat-then-open", ("path_race", "200")),
    Bug("kill-of-the-group-only", ("what_a_check_forked_goes_with_it.sh",)),
    Bug("sweep-too-wide", ("a_daemon_of_the_deploy_survives_a_timed_out_check.sh",)),
    Bug("inherited-lock-dropped",
        ("../process_trees/kills.py",)),
]


def command_for(found_by: tuple[str, ...], options: argparse.Namespace,
                wrapped: str) -> list[str]:
    program = found_by[0]
    if program == "path_race":
        return [options.path_race, *found_by[1:], wrapped]
    if program == "../process_trees/kills.py":
        return [sys.executable, str(HERE / program), "--binary", wrapped]
    if program.endswith(".sh"):
        return ["bash", str(CLI / "run_case.sh"), str(CLI / "cases" / program)]
    return [sys.executable, str(HERE / program), "--first", "--binary", options.binary, "--injector",
            options.injector, "--workload", options.workload, *found_by[1:]]


def run(found_by: tuple[str, ...], bug: str, options: argparse.Namespace) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as directory:
        # Whoever clears the environment still runs the program with its bug.
        wrapped = Path(directory) / "backstep"
        wrapped.write_text(f'#!/bin/sh\nCRASH_SEEDED_BUG={bug} exec {options.binary} "$@"\n')
        wrapped.chmod(0o755)
        environment = os.environ | {"CRASH_SEEDED_BUG": bug, "BACKSTEP_BINARY": str(wrapped)}
        ended = subprocess.run(command_for(found_by, options, str(wrapped)), env=environment,
                               capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def is_meant(found_by: tuple[str, ...], output: str, options: argparse.Namespace) -> bool:
    """Caught is a promise that was broken, not a program that does not run. The same calls without a
    bug are tests of their own; a case of the command line is tried here."""
    if found_by[0].endswith(".py"):
        return "VIOLATED" in output
    if found_by[0] == "path_race":
        return "ESCAPED" in output
    return run(found_by, "", options)[0] == 0


def first_trouble(output: str) -> str:
    lines = [line.strip() for line in output.splitlines()]
    for number, line in enumerate(lines):
        if line.startswith("VIOLATED"):
            return next((each for each in lines[number + 1:] if not each.startswith("in: ")), "")
    return next((line for line in reversed(lines) if line), "")


def show(bug: str, program: str, answer: str, seconds: float, trouble: str) -> None:
    print(f"{bug:<36}{program:<22.21}{answer:<9}{seconds:>5.1f} s  {trouble[:90]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="the build with the bugs")
    parser.add_argument("--injector", required=True)
    parser.add_argument("--workload", required=True)
    parser.add_argument("--path-race", help="the program that flips names to symlinks")
    parser.add_argument("--bug", action="append", help="only this one")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    bad = 0
    print(f"{'seeded bug':<36}{'found by':<22}{'':<9}{'':>7}  as")
    for bug in BUGS:
        if options.bug and bug.name not in options.bug:
            continue
        begun = time.monotonic()
        status, output = run(bug.found_by, bug.name, options)
        answer = {0: "MISSED", SKIPPED: "skipped"}.get(status, "caught")
        if answer == "caught" and not is_meant(bug.found_by, output, options):
            answer = "BROKEN"
        show(bug.name, Path(bug.found_by[0]).name, answer, time.monotonic() - begun, first_trouble(output))
        bad += answer in ("MISSED", "BROKEN")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
