#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that the property test finds mistakes: the program is replaced by one that makes them.

    bite.py --binary build/dev/backstep

Each mistake must be found within so many histories, and be called by its name. Exit 0: each was;
1: not so; 125: cannot be done here.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "crash"))

from random_histories import SKIPPED, steps_of, tell  # noqa: E402
from scratch import find_tmpfs  # noqa: E402

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
        told = tell(root, str(HERE / "careless.py"), seed, steps_of(seed))
        for violation in told.violations:
            if violation.startswith(WANTED[mistake]):
                return f"history {seed}, {len(told.taken)} steps: {violation[:160]}"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    options = parser.parse_args()
    os.environ["CARELESS_BINARY"] = str(Path(options.binary).resolve(strict=True))
    sys.stdout.reconfigure(line_buffering=True)
    scratch = find_tmpfs()
    if scratch is None:
        print("skipped: no tmpfs to work on, and none can be mounted")
        return SKIPPED
    place = Path(tempfile.mkdtemp(dir=scratch, prefix="backstep-bite-"))
    try:
        found = {mistake: find(place / "history", mistake) for mistake in WANTED}
    finally:
        shutil.rmtree(place, ignore_errors=True)
    for mistake, violation in found.items():
        print(f"{mistake:10} {violation or f'NOT FOUND in {AT_MOST} histories'}")
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
