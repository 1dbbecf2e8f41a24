# SPDX-License-Identifier: Apache-2.0
"""One picture: what a deploy step costs, ours and what people write instead, on a quiet and on a
contended disk, beside the start of a container that does nothing."""

from contenders import ORIGINAL, OURS, SCRIPT, SYNCED_SCRIPT
from report import CONTENDED, QUIET, Disks, Measured, median_of, short
from rounds import STEP

DURABLE, OTHER_DURABLE, LOSES, CONTAINER = "#1f6feb", "#79b0f5", "#d0a215", "#6e7781"
BARS = [(SCRIPT, "sh script, cp -a", LOSES), (ORIGINAL, "the original Python", LOSES),
        (SYNCED_SCRIPT, "sh script, cp -a, sync", OTHER_DURABLE), (OURS, "backstep", DURABLE)]
ROW, LEFT, BAR, GAP, TOP = 17, 150, 270, 70, 74
Bar = tuple[str, float, str]


def text(x: float, y: float, words: str, style: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {style}>{words}</text>'


def bar(x: float, y: float, one: Bar, scale: float, named: bool) -> str:
    name, milliseconds, color = one
    length = max(1.0, milliseconds * scale)
    label = text(x - 6, y + 12, name, 'text-anchor="end"') if named else ""
    return (f'{label}<rect x="{x}" y="{y}" width="{length:.1f}" height="{ROW - 4}" fill="{color}"/>' +
            text(x + length + 4, y + 12, f"{short(milliseconds)} ms"))


def bars_of(disks: Disks, disk: str) -> list[Bar]:
    found = [(label, median_of(disks, disk, STEP, name), color) for name, label, color in BARS]
    return [(label, time, color) for label, time, color in found if time is not None]


def groups_of(measured: Measured, disk: str, container: float | None) -> list[tuple[str, list[Bar]]]:
    groups = [(f"{name} services", bars_of(disks, disk)) for name, disks in measured.items()
              if STEP in disks.get(disk, {})]
    nothing = [("docker run, nothing in it", container, CONTAINER)] if container else []
    return groups + [("for comparison", nothing)] if groups and nothing else groups


def column(x: float, groups: list[tuple[str, list[Bar]]], scale: float, named: bool) -> tuple[list[str], int]:
    parts, y = [], TOP
    for title, bars in groups:
        parts.append(text(x, y + 12, title, 'font-weight="bold"'))
        for number, one in enumerate(bars, 1):
            parts.append(bar(x, y + number * ROW, one, scale, named))
        y += (len(bars) + 1) * ROW + 8
    return parts, y


def plot(measured: Measured, container: float | None) -> str:
    """`container`: ms of a `docker run` of nothing, where that was measured. "" where no step was."""
    all_groups = {disk: groups_of(measured, disk, container) for disk in (QUIET, CONTENDED)}
    if not all(all_groups.values()):
        return ""
    longest = max(one[1] for groups in all_groups.values() for _, bars in groups for one in bars)
    parts = [text(0, 16, "What a deploy step adds: backup, generator, a deploy that does nothing",
                  'font-size="15" font-weight="bold"')]
    for x, color, words in ((0, DURABLE, "blue: durable, on the disk when the step ends"),
                            (300, LOSES, "yellow: not durable, a power cut may take the backup")):
        parts += [f'<rect x="{x}" y="28" width="12" height="12" fill="{color}"/>', text(x + 18, 38, words)]
    for number, (disk, groups) in enumerate(all_groups.items()):
        x = LEFT + number * (BAR + GAP)
        words = "a quiet disk" if disk == QUIET else "a disk on which another program writes and syncs"
        parts.append(text(x, 62, words, 'font-style="italic"'))
        found, height = column(x, groups, BAR / longest, named=number == 0)
        parts += found
    width = LEFT + 2 * (BAR + GAP)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -4 {width + 8} {height + 8}" '
            f'width="{width}" height="{height}" font-family="sans-serif" font-size="11">\n'
            '<rect x="-8" y="-4" width="100%" height="100%" fill="white"/>\n' +
            "\n".join(parts) + "\n</svg>\n")
