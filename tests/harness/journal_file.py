# SPDX-License-Identifier: Apache-2.0
"""The file of an open run's journal: one record a line, each with the digest of what stands before
its seal, and blanks behind them. The last whole one counts."""

import hashlib
import json
import re
from pathlib import Path

from harness.recovery import Journal

SEALED = re.compile(r'(\{.*),"sha256":"([0-9a-f]{64})"\}')


def sealed(record: Journal) -> str:
    opened = json.dumps(record, separators=(",", ":"))[:-1]
    return f'{opened},"sha256":"{hashlib.sha256(opened.encode()).hexdigest()}"}}\n'


def read_journal(path: Path) -> Journal | None:
    """None: no run is open. ValueError: there is a file, and nothing in it is whole."""
    try:
        text = path.read_text()
    except FileNotFoundError:
        return None
    for line in reversed(text.split("\n")):
        found = SEALED.fullmatch(line)
        if found and hashlib.sha256(found[1].encode()).hexdigest() == found[2]:
            record = json.loads(line)
            return None if record.get("ended") else record
    raise ValueError(f"no whole record in {path}")


def write_journal(path: Path, record: Journal) -> None:
    path.write_text(sealed(record) + " " * 4096 + "\n")
