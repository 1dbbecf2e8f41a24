# SPDX-License-Identifier: Apache-2.0
"""The options of the programs that let calls fail, be killed or lose their power."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from calls import Programs, why_not_here
from harness import program
from jobs import processors
from scenarios import ALL, Scenario


def options_parser(description: str | None) -> argparse.ArgumentParser:
    """With the options that all programs of this directory take."""
    parser = program.options_parser(description)
    parser.add_argument("--symbols", type=program.existing, help="the same with debug information")
    parser.add_argument("--injector", type=program.existing, required=True)
    parser.add_argument("--workload", type=program.existing, required=True)
    parser.add_argument("--all", action="store_true", help="every point")
    parser.add_argument("--scenario", action="append", metavar="NAME")
    parser.add_argument("--services", action="append", type=int, metavar="N")
    parser.add_argument("--only", action="append", metavar="CALL", help="only this system call")
    parser.add_argument("--jobs", type=int, default=len(processors()))
    parser.add_argument("--first", action="store_true", help="end with the first violation")
    parser.add_argument("--keep", action="store_true", help="keep the workspaces of violations")
    return parser


def programs_of(options: argparse.Namespace) -> Programs:
    return Programs(options.binary, options.symbols or options.binary, options.injector,
                    options.workload)


def chosen_scenarios(options: argparse.Namespace) -> list[Scenario]:
    found = [each for each in ALL
             if (not options.scenario or each.name in options.scenario)
             and (not options.services or each.services in options.services)]
    if not found:
        sys.exit(f"no such scenario; there are: {', '.join(sorted({each.name for each in ALL}))}")
    return found


def on_tmpfs(options: argparse.Namespace, work: Callable[[Path], int]) -> int:
    return program.on_tmpfs(work, why_not=why_not_here(options.injector), keep=options.keep)
