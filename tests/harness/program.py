# SPDX-License-Identifier: Apache-2.0
"""What our programs have in common: their options, the place where they work, cases side by side."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol, TypeVar

from harness.scratch import find_tmpfs

SKIPPED = 125
SHOWN = 12  # violations, of many


class Judged(Protocol):
    case: object
    violations: list[str]


Site = TypeVar("Site")
Case = TypeVar("Case")
Verdict = TypeVar("Verdict")


def existing(path: str) -> str:
    found = Path(path).resolve()
    if not found.exists():
        raise argparse.ArgumentTypeError(f"{found} does not exist")
    return str(found)


def options_parser(description: str | None, binary: Path | None = None) -> argparse.ArgumentParser:
    """`binary`: what is taken where none is named."""
    parser = argparse.ArgumentParser(description=description,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=existing, help="the program under test",
                        required=binary is None, default=binary and str(binary))
    return parser


def on_tmpfs(work: Callable[[Path], int], *, why_not: str = "", to_execute: bool = False,
             keep: bool = False) -> int:
    """The exit code of `work`, done in a directory that is gone afterwards; or that of a test which
    cannot be done here, with the reason."""
    sys.stdout.reconfigure(line_buffering=True)  # a long run is watched through a pipe
    os.umask(0o022)  # modes are compared
    place = None if why_not else find_tmpfs(to_execute=to_execute)
    if place is None:
        print(f"skipped: {why_not or 'no tmpfs to work on, and none can be mounted'}")
        return SKIPPED
    scratch = Path(tempfile.mkdtemp(dir=place, prefix="backstep-test-"))
    try:
        return work(scratch)
    finally:
        if not keep:
            shutil.rmtree(scratch, ignore_errors=True)


def print_violations(verdicts: Sequence[Judged]) -> None:
    broken = [each for each in verdicts if each.violations]
    for each in broken[:SHOWN]:
        print(f"VIOLATED {each.case}")
        for violation in each.violations[:4]:
            print(f"         {violation}")
    if len(broken) > SHOWN:
        print(f"         … and {len(broken) - SHOWN} more")


def side_by_side(work: Callable[[Site, Case], Verdict], cases: list[Case],
                 sites: list[Site]) -> list[Verdict]:
    """A thread for each site, and at each site one case at a time."""
    idle: SimpleQueue[Site] = SimpleQueue()
    for site in sites:
        idle.put(site)

    def at_a_free_site(case: Case) -> Verdict:
        site = idle.get()
        try:
            return work(site, case)
        finally:
            idle.put(site)

    with ThreadPoolExecutor(len(sites)) as pool:
        return list(pool.map(at_a_free_site, cases))
