#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that the property test finds mistakes: the program is replaced by one that makes them.

    bite.py --binary build/dev/backstep

Each mistake must be found within so many histories, and be called by its name. Exit 0: each was;
1: not so; 125: cannot be done here.
"""

import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from harness.program import on_tmpfs, options_parser  # noqa: E402
from harness.stories import tell  # noqa: E402
from history import History  # noqa: E402
from random_histories import steps_of  # noqa: E402

CARELESS = str(Path(__file__).resolve().with_name("careless.py"))
# What the violation is called, and within how many histories it must come up.
WANTED = {
    "removes": ("removed", "untracked"),
    "overwrites": ("untracked",),
    "drops": ("lost",),
    "loses": ("import",),
}
AT_MOST = 60


def find(root: Path, mistake: str) -> str:
    """The violation, or "" where it was not found."""
    os.environ["CARELESS_MISTAKE"] = mistake
    for seed in range(1, AT_MOST + 1):
        told = tell(History(root, CARELESS, seed), steps_of(seed))
        for violation in told.violations:
            if violation.startswith(WANTED[mistake]):
                return f"history {seed}, {len(told.taken)} steps: {violation[:160]}"
    return ""


def find_all(place: Path) -> int:
    found = {mistake: find(place / "history", mistake) for mistake in WANTED}
    for mistake, violation in found.items():
        print(f"{mistake:10} {violation or f'NOT FOUND in {AT_MOST} histories'}")
    return 0 if all(found.values()) else 1


def main() -> int:
    options = options_parser(__doc__).parse_args()
    os.environ["CARELESS_BINARY"] = options.binary
    return on_tmpfs(find_all)


if __name__ == "__main__":
    sys.exit(main())
