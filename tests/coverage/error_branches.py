#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the lines that throw or catch, and those of them that were reached, from gcov's counters."""

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"store": "src/store/**/*.cc", "backup": "src/backup/**/*.cc", "journal": "src/journal/*.cc",
         "deploy": "src/deploy/**/*.cc",
         "the staged file": "src/system/files/staged_file.cc"}
ERROR = re.compile(r"\bthrow\b|\bcatch \(|\[\[noreturn\]\]|\brefuse\(")


def counts_of(build: Path) -> dict[str, dict[int, int]]:
    """Source file -> line -> how often it ran, over all objects that hold it."""
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    with tempfile.TemporaryDirectory() as directory:
        objects = [str(path) for path in (build / "src").rglob("*.gcda")]
        for start in range(0, len(objects), 50):
            subprocess.run(["gcov", "--json-format", *objects[start:start + 50]], cwd=directory,
                           check=True, capture_output=True)
            for path in Path(directory).glob("*.gcov.json.gz"):
                for file in json.loads(gzip.decompress(path.read_bytes()))["files"]:
                    for line in file["lines"]:
                        counts[file["file"]][line["line_number"]] += line["count"]
                path.unlink()
    return counts


def main() -> int:
    counts = {str(Path(name).resolve()): lines for name, lines in counts_of(Path(sys.argv[1])).items()}
    missed_lines = []
    print(f"{'room':<20}{'lines':>8}{'reached':>9}{'':>6}{'error branches':>18}{'reached':>9}")
    for room, pattern in ROOMS.items():
        lines = reached = errors = errors_reached = 0
        for path in sorted(ROOT.glob(pattern)):
            text = path.read_text().splitlines()
            for number, count in counts.get(str(path), {}).items():
                lines += 1
                reached += count > 0
                if ERROR.search(text[number - 1]):
                    errors += 1
                    errors_reached += count > 0
                    if count == 0:
                        missed_lines.append(f"{path.relative_to(ROOT)}:{number}: {text[number - 1].strip()}")
        share = 100 * reached / lines if lines else 0
        print(f"{room:<20}{lines:>8}{reached:>9}{share:>5.1f}%{errors:>18}{errors_reached:>9}")
    print("\nnot reached:" if missed_lines else "\nall are reached")
    print("\n".join(missed_lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
