# SPDX-License-Identifier: Apache-2.0
"""The tables and the plot that are made of the samples, for a terminal and for `docs/`."""

import statistics
from dataclasses import dataclass

from contenders import Contender
from rounds import OPERATIONS, Sample, Samples

OURS, ORIGINAL = "backstep", "Python original"


@dataclass(frozen=True)
class Ratio:
    """Of the other's time to ours, in the same round."""
    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        spread = f" ({short(self.least)}–{short(self.most)})" if self.most > self.least else ""
        return f"{short(self.middle)}×{spread}"


def short(number: float) -> str:
    return f"{number:.0f}" if number >= 99.5 else f"{number:.1f}" if number >= 9.95 else f"{number:.2f}"


def median_ms(samples: list[Sample]) -> float:
    return statistics.median(each.cost.wall for each in samples)


def ratio(samples: Samples, operation: str, other: str, to: str = OURS) -> Ratio | None:
    by_name = samples.get(operation, {})
    if other not in by_name or to not in by_name:
        return None
    ratios = [theirs.cost.wall / ours.cost.wall
              for theirs, ours in zip(by_name[other], by_name[to], strict=True)]
    return Ratio(statistics.median(ratios), min(ratios), max(ratios))


def best_peer(samples: Samples, operation: str, contenders: list[Contender]) -> str | None:
    peers = [each.name for each in contenders
             if not each.floor and each.name != OURS and each.name in samples.get(operation, {})]
    return min(peers, key=lambda name: median_ms(samples[operation][name]), default=None)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def times_table(samples: Samples, contenders: list[Contender]) -> str:
    head = ["median ms", *(each.name for each in OPERATIONS), "CPU ms", "peak MB", "durable",
            "verifies", "wrong files"]
    rows = []
    for contender in contenders:
        own = [samples.get(each.name, {}).get(contender.name, []) for each in OPERATIONS]
        found = [each for samples_of_one in own for each in samples_of_one]
        if not found:
            continue
        cells = [short(median_ms(each)) if each else "" for each in own]
        processor = sum(statistics.median(one.cost.processor for one in each) for each in own if each)
        said = ["", "", ""] if contender.floor else \
            [contender.durable, contender.verifies, str(sum(one.wrong for one in found))]
        name = f"**{contender.name}**" if contender.name == OURS else contender.name
        rows.append([name, *cells, short(processor),
                     f"{max(one.cost.memory for one in found):.1f}", *said])
    return table(head, rows)


def ratio_table(all_samples: dict[str, Samples]) -> str:
    """How many times our time the original takes."""
    rows = []
    for operation in OPERATIONS:
        ratios = [ratio(samples, operation.name, ORIGINAL) for samples in all_samples.values()]
        if any(ratios):
            rows.append([operation.name, *(str(each or "") for each in ratios)])
    rows.append(["our peak memory, MB", *(
        f"{max(one.cost.memory for by_name in samples.values() for one in by_name[OURS]):.1f}"
        for samples in all_samples.values())])
    return table(["Python original ÷ backstep", *all_samples], rows)


def peers_table(all_samples: dict[str, Samples], contenders: list[Contender]) -> str:
    """Our time by that of whoever is quickest beside us."""
    rows = []
    for operation in OPERATIONS:
        cells = []
        for samples in all_samples.values():
            peer = best_peer(samples, operation.name, contenders)
            found = ratio(samples, operation.name, OURS, peer) if peer else None
            cells.append(f"{short(found.middle)} of {peer}" if found else "")
        rows.append([operation.name, *cells])
    return table(["backstep ÷ quickest peer", *all_samples], rows)


COLORS = {OURS: "#1f6feb"}
FLOOR, PEER = "#9aa4af", "#d0a215"
ROW, LEFT, WIDTH, HEAD = 16, 190, 380, 34


def bars(title: str, samples: dict[str, list[Sample]], contenders: list[Contender],
         top: int) -> tuple[list[str], int]:
    named = [(each, median_ms(samples[each.name])) for each in contenders if each.name in samples]
    longest = max(time for _, time in named)
    parts = [f'<text x="0" y="{top + 14}" font-weight="bold">{title}</text>']
    for number, (contender, time) in enumerate(sorted(named, key=lambda pair: pair[1])):
        y = top + 22 + number * ROW
        color = COLORS.get(contender.name, FLOOR if contender.floor else PEER)
        length = max(1.0, time / longest * WIDTH)
        parts.append(f'<text x="{LEFT - 6}" y="{y + 11}" text-anchor="end">{contender.name}</text>'
                     f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{ROW - 4}" fill="{color}"/>'
                     f'<text x="{LEFT + length + 4:.1f}" y="{y + 11}">{short(time)} ms</text>')
    return parts, top + HEAD + len(named) * ROW


def plot(workload: str, samples: Samples, contenders: list[Contender]) -> str:
    parts: list[str] = []
    top = 0
    for operation in OPERATIONS:
        if len(samples.get(operation.name, {})) > 1:
            found, top = bars(f"{operation.name}, {workload} services", samples[operation.name],
                              contenders, top)
            parts += found
    width = LEFT + WIDTH + 90
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" width="{width}" '
            f'height="{top}" font-family="sans-serif" font-size="11">\n'
            f'<rect width="{width}" height="{top}" fill="white"/>\n' + "\n".join(parts) + "\n</svg>\n")
