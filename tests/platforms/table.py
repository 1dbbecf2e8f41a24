#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The table of docs/platforms.md, made of what the cases of this folder have run.

    table.py CELLS DOCUMENT           is the document's table that of the cells?
    table.py CELLS DOCUMENT --write   makes it so

CELLS is a directory with a file for each case that passed: lines of platform, cell and client. Exit 0:
it is; 1: not so; 125: cases are missing, so nothing can be said.
"""

import argparse
import sys
from pathlib import Path

BEGIN, END = "<!-- made by tests/platforms/table.py -->", "<!-- end of the table -->"
PLATFORMS = {
    "github": "GitHub Actions",
    "gitlab": "GitLab CI",
    "woodpecker": "Woodpecker",
    "drone": "Drone, Harness",
    "bitbucket": "Bitbucket Pipes",
    "kubernetes": "GitHub's runner on Kubernetes (container hooks)",
    "gitea": "Gitea, Forgejo",
}
COLUMNS = ["good deploy", "rollback", "cancel", "outputs", "report"]
NOT_RUN = "not run"

Cells = dict[tuple[str, str], set[str]]


def read_cells(directory: Path) -> Cells:
    cells: Cells = {}
    for file in sorted(directory.glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            platform, column, client = line.split("\t")
            if platform not in PLATFORMS or column not in COLUMNS:
                sys.exit(f"{file.name}: no such platform or column: {line!r}")
            cells.setdefault((platform, column), set()).add(client)
    return cells


def shown(clients: set[str]) -> str:
    """Real clients first."""
    return ", ".join(sorted(clients, key=lambda each: (each == "replayed", each))) or NOT_RUN


def table(cells: Cells) -> str:
    rows = ["| platform | " + " | ".join(COLUMNS) + " |", "| --- |" + " --- |" * len(COLUMNS)]
    for platform, name in PLATFORMS.items():
        found = [shown(cells.get((platform, column), set())) for column in COLUMNS]
        rows.append(f"| {name} | " + " | ".join(found) + " |")
    return "\n".join(rows)


def parts(text: str) -> tuple[str, str, str]:
    before, begun, rest = text.partition(BEGIN + "\n")
    inside, ended, after = rest.partition("\n" + END)
    if not begun or not ended:
        sys.exit(f"the document has no place for the table: {BEGIN} … {END}")
    return before + begun, inside, ended + after


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cells", type=Path)
    parser.add_argument("document", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--case", action="append", default=[], help="must have left its cells")
    options = parser.parse_args()
    missing = [each for each in options.case if not (options.cells / f"{each}.tsv").exists()]
    if missing:
        print(f"skipped: these did not pass here: {', '.join(missing)}")
        return 125
    made = table(read_cells(options.cells))
    before, inside, after = parts(options.document.read_text(encoding="utf-8"))
    if options.write:
        options.document.write_text(before + made + after, encoding="utf-8")
    elif inside != made:
        print(f"{options.document} says otherwise than what was run:\n{made}\n"
              f"put it there: {' '.join(sys.argv)} --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
