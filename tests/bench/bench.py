#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Backup, restore and verify beside what somebody would use instead, and beside what they must cost
at least. Whole processes, all in turn, several rounds; the bytes are looked at after each.

    bench.py                          every workload; writes docs/performance.md and its plot
    bench.py --workload 1,000         one of them; the others stay as they were last measured
    bench.py --quick                  two workloads and the main peers in a minute; writes nothing
    bench.py --smoke                  only that what is measured is correct

Peers that are not installed are left out, and said.
"""

import argparse
import dataclasses
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from contenders import Contender, all_contenders  # noqa: E402
from harness.program import options_parser  # noqa: E402
from measuring import Cost, compile_tool  # noqa: E402
from page import write_page  # noqa: E402
from report import peers_table, ratio_table, times_table  # noqa: E402
from rounds import WORKLOADS, Sample, Samples, Workload, run_workload  # noqa: E402

SOURCE = Path(__file__).resolve().parent.parent.parent
BUILD = SOURCE / "build"
QUICK_PEERS = {"backstep", "Python original", "cp -a, sync -f", "rsync -a --link-dest", "tar", "git"}
QUICK = {"10": 5, "1,000": 3}


def read_options() -> argparse.Namespace:
    parser = options_parser(__doc__, BUILD / "release" / "backstep")
    parser.add_argument("--workload", action="append", choices=[each.name for each in WORKLOADS])
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--directory", type=Path, default=BUILD, help="where the trees are made")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    return parser.parse_args()


def chosen(options: argparse.Namespace) -> list[Workload]:
    if options.smoke:
        return [Workload("20", 20, 1)]
    if options.quick:
        return [dataclasses.replace(each, rounds=QUICK[each.name]) for each in WORKLOADS
                if each.name in QUICK]
    return [each for each in WORKLOADS if not options.workload or each.name in options.workload]


def installed(contenders: list[Contender], options: argparse.Namespace) -> list[Contender]:
    found = []
    for contender in contenders:
        if (options.quick or options.smoke) and not contender.floor \
                and contender.name not in QUICK_PEERS:
            continue
        if contender.why_not():
            print(f"left out: {contender.name}: {contender.why_not()}")
        else:
            found.append(contender)
    return found


def place_of(scratch: Path) -> str:
    command = ["stat", "--file-system", "--format=%T", str(scratch)]
    kind = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    return f"{kind}, Linux {platform.release().split('-')[0]}, {len(os.sched_getaffinity(0))} cores"


def saved(workload: Workload) -> Path:
    return BUILD / "bench" / f"{workload.services}-{workload.size}.json"


def save(workload: Workload, samples: Samples, place: str) -> None:
    saved(workload).parent.mkdir(parents=True, exist_ok=True)
    plain = {operation: {name: [dataclasses.asdict(each) for each in found]
                         for name, found in by_name.items()} for operation, by_name in samples.items()}
    saved(workload).write_text(json.dumps({"place": place, "samples": plain}))


def load(workload: Workload) -> tuple[str, Samples] | None:
    if not saved(workload).exists():
        return None
    found = json.loads(saved(workload).read_text())
    samples = {operation: {name: [Sample(Cost(**each["cost"]), each["wrong"]) for each in some]
                           for name, some in by_name.items()}
               for operation, by_name in found["samples"].items()}
    return found["place"], samples


def print_all(measured: dict[str, Samples], contenders: list[Contender], place: str) -> None:
    print(f"\n{place}")
    for name, samples in measured.items():
        print(f"\n{name} services\n\n{times_table(samples, contenders)}")
    print(f"{ratio_table(measured)}\n{peers_table(measured, contenders)}")


def wrong_of_ours(measured: dict[str, Samples]) -> int:
    return sum(each.wrong for samples in measured.values() for by_name in samples.values()
               for each in by_name.get("backstep", []))


def main() -> int:
    options = read_options()
    scratch = Path(tempfile.mkdtemp(prefix="bench-", dir=options.directory))
    try:
        contenders = installed(all_contenders(options.binary, compile_tool("floors", scratch)), options)
        place = place_of(scratch)
        measured: dict[str, Samples] = {}
        # Removed at the very end: files are made slower on ext4 after many were removed.
        for workload in chosen(options):
            rounds = options.rounds or workload.rounds
            measured[workload.name] = run_workload(workload, contenders, scratch, rounds,
                                                   lambda text: print(text, flush=True))
            if not options.quick and not options.smoke:
                save(workload, measured[workload.name], place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    if options.smoke:
        print("every backup and restore was correct" if not wrong_of_ours(measured) else "WRONG")
        return 1 if wrong_of_ours(measured) else 0
    print_all(measured, contenders, place)
    if not options.quick:
        found = {each.name: load(each) for each in WORKLOADS}
        write_page({name: each for name, each in found.items() if each}, contenders, SOURCE / "docs")
    return 1 if wrong_of_ours(measured) else 0


if __name__ == "__main__":
    sys.exit(main())
