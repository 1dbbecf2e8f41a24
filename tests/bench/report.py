# SPDX-License-Identifier: Apache-2.0
"""The tables that are made of the samples, for a terminal and for `docs/`."""

import statistics
from collections.abc import Callable

from contenders import FLOOR, OURS, Contender
from rounds import (BACKUP_ONE, OPERATIONS, RESTORE_ALL, RESTORE_NONE, STEP, WORKLOADS, Sample,
                    Samples)

Disks = dict[str, Samples]  # quiet, contended
Measured = dict[str, Disks]  # by the workload's name
QUIET, CONTENDED = "quiet", "contended"
GOALS = {BACKUP_ONE: 1.3, RESTORE_ALL: 1.5, RESTORE_NONE: 2.0}
GOALS_FOR = ("50", "1,000", "10,000")
KILOBYTES_GOAL = 1.3
SERVICES = {each.name: each.services for each in WORKLOADS}


def short(number: float) -> str:
    return f"{number:.0f}" if number >= 99.5 else f"{number:.1f}" if number >= 9.95 else f"{number:.2f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def median_ms(samples: list[Sample]) -> float:
    return statistics.median(each.cost.wall for each in samples)


def median_of(disks: Disks, disk: str, operation: str, name: str) -> float | None:
    found = disks.get(disk, {}).get(operation, {}).get(name)
    return median_ms(found) if found else None


def cell(disks: Disks, operation: str, name: str) -> str:
    """On the quiet disk, and on the contended one where that was measured."""
    found = [median_of(disks, disk, operation, name) for disk in (QUIET, CONTENDED)]
    return " / ".join(short(each) for each in found if each is not None)


def rows_of(contenders: list[Contender], cells: Callable[[str], list[str]]) -> list[list[str]]:
    """Of those who took part, and whether what they leave is durable and looked at."""
    rows = []
    for contender in contenders:
        name = contender.name
        if any(found := cells(name)):
            rows.append([f"**{name}**" if name == OURS else name, *found, contender.durable,
                         contender.verifies])
    return rows


def steps_table(operation: str, measured: Measured, contenders: list[Contender]) -> str:
    small = {name: disks for name, disks in measured.items() if operation in disks[QUIET]}
    return table([f"{operation}, ms, quiet / contended", *(f"{name} services" for name in small),
                  "durable", "verifies"],
                 rows_of(contenders, lambda name: [cell(each, operation, name)
                                                   for each in small.values()]))


def times_table(disks: Disks, contenders: list[Contender]) -> str:
    names = [each.name for each in OPERATIONS]
    unit = "ms, quiet / contended" if CONTENDED in disks else "ms"
    return table([unit, *names, "durable", "verifies"],
                 rows_of(contenders, lambda name: [cell(disks, each, name) for each in names]))


def ratio_to(floor: str, samples: Samples, operation: str) -> tuple[float, str] | None:
    """Median of the rounds, and as it is written: with the least and the most."""
    by_name = samples.get(operation, {})
    if OURS not in by_name or floor not in by_name:
        return None
    ratios = [ours.cost.wall / least.cost.wall
              for ours, least in zip(by_name[OURS], by_name[floor], strict=True)]
    middle = statistics.median(ratios)
    return middle, f"{short(middle)} ({short(min(ratios))}–{short(max(ratios))})"


def bold(text: str, missed: bool) -> str:
    return f"**{text}**" if missed else text


def floor_table(measured: Measured, disk: str, floor: str = FLOOR) -> str:
    """With the least and the most of the rounds. Bold is what misses its goal, which are set to FLOOR."""
    chosen = {name: disks[disk] for name, disks in measured.items()
              if disk in disks and floor in disks[disk].get(BACKUP_ONE, {})}
    goals = GOALS if floor == FLOOR else {}

    def cell_of(name: str, samples: Samples, operation: str) -> str:
        found = ratio_to(floor, samples, operation)
        missed = found and name in GOALS_FOR and found[0] > goals.get(operation, found[0])
        return bold(found[1], bool(missed)) if found else ""

    rows = []
    for operation in [STEP, *(each.name for each in OPERATIONS)]:
        cells = [cell_of(name, samples, operation) for name, samples in chosen.items()]
        if any(cells):
            rows.append([operation, *cells, *([str(goals.get(operation, ""))] if goals else [])])
    return table([f"backstep ÷ {floor}, {disk} disk", *chosen, *(["goal"] if goals else [])], rows)


def peak(disks: Disks, operation: str) -> float:
    return max(each.cost.memory for each in disks[QUIET][operation][OURS])


def memory_line(measured: Measured) -> str:
    """What each file more costs: the large tree beside the small one."""
    few, many = "3", "10,000"
    if few not in measured or many not in measured:
        return ""
    files = SERVICES[many] - SERVICES[few]
    peaks = [(each.name, peak(measured[few], each.name), peak(measured[many], each.name))
             for each in OPERATIONS]
    each_file = [(name, (large - small) * 1024 / files) for name, small, large in peaks]
    said = ", ".join(f"{name} {bold(f'{number:.2f}', number > KILOBYTES_GOAL)}" for name, number in each_file)
    return (f"Peak memory: {max(small for _, small, _ in peaks):.1f} MB at {few} services, "
            f"{max(large for _, _, large in peaks):.1f} MB at {many}; in KB for each file "
            f"(goal {KILOBYTES_GOAL}): {said}.\n")


def vanity_line(name: str, disks: Disks) -> str:
    said = ", ".join(f"{each.name} {median_of(disks, QUIET, each.name, OURS) / 1000:.1f} s"
                     for each in OPERATIONS)
    largest = max(peak(disks, each.name) for each in OPERATIONS)
    return f"{name} services, which nobody has, one round: {said}; peak {largest:.0f} MB.\n"


def wrong_files(measured: Measured) -> dict[str, int]:
    """By contender: files whose bytes were not as they should be."""
    wrong: dict[str, int] = {}
    for disks in measured.values():
        for samples in disks.values():
            for by_name in samples.values():
                for name, found in by_name.items():
                    wrong[name] = wrong.get(name, 0) + sum(each.wrong for each in found)
    return {name: number for name, number in wrong.items() if number}


def wrong_line(measured: Measured) -> str:
    said = ", ".join(f"{number} by {name}" for name, number in wrong_files(measured).items())
    return f"Files that were not as they should be, in all rounds: {said or 'none'}.\n"
