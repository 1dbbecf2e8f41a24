# SPDX-License-Identifier: Apache-2.0
"""docs/performance.md: what stands between its markers is made here, the rest by people."""

from pathlib import Path

from contenders import SAFE_FLOOR, Contender
from plot import plot
from report import (CONTENDED, QUIET, Measured, floor_table, memory_line, short, steps_table, times_table,
                    vanity_line, wrong_line)
from rounds import FAILED_STEP, FIRST_STEP, STEP

BEGIN, END = "<!-- made by tests/bench/bench.py -->", "<!-- end -->"
VANITY = "100,000"
# What container.a_run_costs_little_beyond_its_commands writes down, in microseconds.
IN_CONTAINER = {
    "start": "`docker run` of busybox's `true`",
    "version": "`docker run` of `backstep version`",
    "step": "`docker run` of a step: 10 services, a deploy that does nothing",
    "floor": "the floor: `docker run`, four fsyncs, the command alone",
    "inside": "the same step where the container runs already",
    "inside_floor": "its floor: four fsyncs, the command alone",
    "memory": "the same step on a file system in memory, where no flush costs anything",
    "memory_floor": "its floor",
    "command": "each command more, beyond itself",
}


def container_times(costs: Path) -> dict[str, float]:
    """In ms; empty where no container was measured."""
    if not costs.exists():
        return {}
    return {name: float(time) / 1000 for name, time in map(str.split, costs.read_text().splitlines())}


def container_part(times: dict[str, float]) -> str:
    lines = [f"- {what}: {short(times[name])} ms" for name, what in IN_CONTAINER.items() if name in times]
    return "\n".join(lines) + "\n" if lines else "Not measured here.\n"


def sizes_part(measured: Measured, contenders: list[Contender]) -> str:
    parts = [f"### {name} services\n\n{times_table(disks, contenders)}"
             for name, disks in measured.items() if name != VANITY]
    vanity = [vanity_line(VANITY, measured[VANITY])] if VANITY in measured else []
    return "\n".join([*parts, *vanity, wrong_line(measured)])


def place_line(places: dict[str, str]) -> str:
    """Of each part, where they differ."""
    by_place: dict[str, list[str]] = {}
    for part, place in places.items():
        by_place.setdefault(place, []).append(part)
    said = [place if len(by_place) == 1 else f"{', '.join(parts)} on {place}"
            for place, parts in by_place.items()]
    return f"Measured on {'; '.join(said)}. Medians.\n"


def generated(measured: Measured, texts: dict[str, str], places: dict[str, str],
              contenders: list[Contender], times: dict[str, float]) -> str:
    steps = "\n".join(steps_table(each, measured, contenders) for each in (STEP, FIRST_STEP, FAILED_STEP))
    floors = "\n".join([*(floor_table(measured, each) for each in (QUIET, CONTENDED)),
                        floor_table(measured, QUIET, SAFE_FLOOR)])
    return "\n".join([
        place_line(places), f"## A deploy step\n\n{steps}", f"## In a container\n\n{container_part(times)}",
        f"## Beside the floor\n\n{floors}\n{memory_line(measured)}",
        f"## Backup and restore by themselves\n\n{sizes_part(measured, contenders)}",
        f"## As the store grows\n\n{texts.get('growth', '')}",
        f"## Much output, many checks\n\n{texts.get('steps', '')}"])


def write_page(text: str, measured: Measured, times: dict[str, float], docs: Path) -> None:
    page = docs / "performance.md"
    before, rest = page.read_text().split(BEGIN, 1)
    _, after = rest.split(END, 1)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")
    if picture := plot(measured, times.get("start")):
        (docs / "performance.svg").write_text(picture)
    print(f"written: {page} and its plot")
