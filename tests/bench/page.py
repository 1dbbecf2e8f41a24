# SPDX-License-Identifier: Apache-2.0
"""docs/performance.md: what stands between its markers is made here, the rest by people."""

from pathlib import Path

from contenders import Contender
from report import peers_table, plot, ratio_table, times_table
from rounds import Samples

BEGIN, END = "<!-- made by tests/bench/bench.py -->", "<!-- end -->"
PLOTTED = "1,000"


def generated(measured: dict[str, tuple[str, Samples]], contenders: list[Contender]) -> str:
    all_samples = {name: samples for name, (_, samples) in measured.items()}
    places = sorted({place for place, _ in measured.values()})
    parts = [f"Measured on {'; '.join(places)}, each service a script of 2 KB but for the last "
             "column. Medians; in brackets the least and the most of the rounds.\n",
             ratio_table(all_samples), peers_table(all_samples, contenders)]
    for name, samples in all_samples.items():
        parts.append(f"### {name} services\n\n{times_table(samples, contenders)}")
    return "\n".join(parts)


def write_page(measured: dict[str, tuple[str, Samples]], contenders: list[Contender],
               docs: Path) -> None:
    page = docs / "performance.md"
    text = page.read_text()
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    page.write_text(f"{before}{BEGIN}\n{generated(measured, contenders)}\n{END}{after}")
    if PLOTTED in measured:
        (docs / "performance.svg").write_text(plot(PLOTTED, measured[PLOTTED][1], contenders))
    print(f"written: {page} and its plot")
