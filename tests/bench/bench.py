#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A deploy step, backup and restore, beside what somebody would use instead and beside what they must
cost at least. Whole processes, several rounds, each on a file system that was made for it; the bytes are
looked at after each.

    bench.py                      all of it; writes docs/performance.md and its plot
    bench.py --part 1,000         one part of it; the others stay as they were last measured
    bench.py --quick              in a minute; writes nothing
    bench.py --smoke              only that what is measured is correct

Peers that are not installed are left out, and said. What a container costs is taken from the file that
BACKSTEP_COSTS named when container.a_run_costs_little_beyond_its_commands was run: see --container.
"""

import argparse
import dataclasses
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from contenders import FLOOR, OURS, SAFE_FLOOR, all_contenders  # noqa: E402
from growth import IMAGE_SIZE, growth_table  # noqa: E402
from harness.program import options_parser  # noqa: E402
from harness.scratch import mounts_are_private  # noqa: E402
from images import Image  # noqa: E402
from measuring import Cost, Measuring  # noqa: E402
from page import container_times, generated, write_page  # noqa: E402
from report import CONTENDED, QUIET, Disks, wrong_files  # noqa: E402
from rounds import WORKLOADS, Sample, Workload, run_workload  # noqa: E402
from steps import Steps  # noqa: E402

SOURCE = Path(__file__).resolve().parent.parent.parent
BUILD = SOURCE / "build"
QUICK = {"3": 2, "10": 3, "50": 2, "1,000": 1}  # rounds
OTHERS = ("growth", "steps")
PARTS = [*(each.name for each in WORKLOADS), *OTHERS]
Part = dict[str, Any]  # place, found: samples or a text


def read_options() -> argparse.Namespace:
    parser = options_parser(__doc__, BUILD / "release" / "backstep")
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--directory", type=Path, default=BUILD, help="on whose disk the images lie")
    parser.add_argument("--container", type=Path, default=BUILD / "bench" / "container")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    choose(options)
    return options


def choose(options: argparse.Namespace) -> None:
    """Which parts, what is measured in them, and whether that is kept."""
    options.writes = not options.quick and not options.smoke
    options.workloads = {each.name: each for each in WORKLOADS}
    if options.smoke:
        options.workloads = {"20": Workload("20", 20, 1, contended=True), "60": Workload("60", 60, 1)}
        options.part = [*options.workloads]
    elif options.quick:
        chosen = [(options.workloads[name], rounds) for name, rounds in QUICK.items()]
        options.workloads = {each.name: dataclasses.replace(each, rounds=rounds, contended=each.has_steps)
                             for each, rounds in chosen}
        options.part = [*QUICK, "growth"]
    else:
        options.part = options.part or PARTS


class Bench:
    def __init__(self, options: argparse.Namespace, scratch: Path) -> None:
        self.options, self.scratch = options, scratch
        self.measuring = Measuring(scratch)
        self.contenders = all_contenders(options.binary, self.measuring.floors)
        for contender in self.contenders:
            if contender.why_not():
                print(f"left out: {contender.name}: {contender.why_not()}")
        self.place = ""  # where what comes now is measured

    @contextmanager
    def image(self, size: int) -> Iterator[Image]:
        image = Image(self.scratch, size)
        kind = ["df", "--output=fstype", str(self.scratch)]
        disk = subprocess.run(kind, capture_output=True, text=True, check=True).stdout.split()[-1]
        lies = (f"plain folders on {disk} (no file system can be made: {image.trouble})"
                if image.trouble else f"ext4 in an image on {disk}")
        self.place = f"{lies}, Linux {platform.release().split('-')[0]}, {os.cpu_count()} cores"
        yield image
        image.remove()

    def workload(self, workload: Workload) -> Disks:
        present = [each for each in self.contenders if not each.why_not()]
        found = {}
        with self.image(workload.image_size) as image:
            for disk in (QUIET, CONTENDED) if workload.contended else (QUIET,):
                print(f"{workload.name} services, {disk} disk", flush=True)
                found[disk] = run_workload(workload, present, image, self.measuring, disk == CONTENDED)
        return found

    def growth(self) -> str:
        print("growth", flush=True)
        largest = 100 if self.options.quick else 1000  # number of kept backups
        with self.image(IMAGE_SIZE) as image:
            return growth_table(self.contenders[0], self.options.binary, image, self.measuring, largest)

    def steps(self) -> str:
        print("much output, many checks", flush=True)
        steps = Steps(self.contenders[0], self.options.binary, self.scratch, self.measuring)
        return f"{steps.output()}\n{steps.checks()}\n"

    def part(self, name: str) -> Part:
        self.place = ""
        found = getattr(self, name)() if name in OTHERS else self.workload(self.options.workloads[name])
        return {"place": self.place, "found": found}


def saved(name: str) -> Path:
    return BUILD / "bench" / f"{name.replace(' ', '-')}.json"


def save(name: str, part: Part) -> None:
    saved(name).parent.mkdir(parents=True, exist_ok=True)
    saved(name).write_text(json.dumps(part, default=dataclasses.asdict))


def as_sample(found: dict) -> object:
    if found.keys() == {"cost", "wrong"}:
        return Sample(**found)
    return Cost(**found) if "wall" in found else found


def load_all() -> dict[str, Part]:
    return {name: json.loads(saved(name).read_text(), object_hook=as_sample)
            for name in PARTS if saved(name).exists()}


def show(parts: dict[str, Part], options: argparse.Namespace) -> None:
    measured = {name: part["found"] for name, part in parts.items() if name not in OTHERS}
    texts = {name: part["found"] for name, part in parts.items() if name in OTHERS}
    places = {name: part["place"] for name, part in parts.items() if part["place"]}
    times = container_times(options.container)
    page = generated(measured, texts, places, all_contenders("", ""), times)
    print(page)
    if options.writes:
        write_page(page, measured, times, SOURCE / "docs")


def main() -> int:
    options = read_options()
    mounts_are_private()
    parts = {}
    options.directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.directory) as scratch:
        bench = Bench(options, Path(scratch))
        for name in options.part:
            parts[name] = bench.part(name)
            if options.writes:
                save(name, parts[name])
    wrong = wrong_files({name: part["found"] for name, part in parts.items() if name not in OTHERS})
    show(load_all() if options.writes else parts, options)
    return 1 if {OURS, FLOOR, SAFE_FLOOR} & wrong.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
