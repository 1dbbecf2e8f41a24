# SPDX-License-Identifier: Apache-2.0
"""A script is written anew with the same size and backed up at once, over and over: who takes the
file's size and time for its content misses one now and then.

    rewrites.py --binary build/release/backstep [--times 300]     exit 1: we missed one
"""

import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from contenders import Contender, ours, rsync  # noqa: E402
from harness.disks import Disk, Kind, NoDisk  # noqa: E402
from harness.program import options_parser  # noqa: E402
from tree import Tree  # noqa: E402

TIMES = 300
WHOLE_SECONDS = Kind("ext4 with stamps of whole seconds", ("mkfs.ext4", "-q", "-F", "-I", "128"),
                     "loop", 0)


def newest_bytes(contender: Contender, root: Path, number: int, service: str) -> bytes:
    if contender.plain:
        newest = max(path for path in (root / "backups").iterdir() if path.name[0] != ".")
        return (newest / f"{service}_entrypoint.sh").read_bytes()
    return (root / "backups" / str(number) / service / "entrypoint.sh").read_bytes()


def missed_by(contender: Contender, scratch: Path, times: int) -> int:
    """How many of the backups hold an earlier text."""
    tree = Tree(scratch / contender.name.replace(" ", "-"), 2)
    tree.make()
    contender.prepare(tree.root)
    service = tree.names[0]
    missed = 0
    for number in range(1, times + 1):
        text = f"#!/bin/sh\necho {number:06}\n".encode()
        Path(tree.path(service)).write_bytes(text)
        subprocess.run(contender.command("backup", number), cwd=tree.root, check=True,
                       env=contender.environment_in(tree.root), stdout=subprocess.DEVNULL)
        missed += newest_bytes(contender, tree.root, number, service) != text
    return missed


def missed_in(place: Path, contenders: list[Contender], times: int) -> int:
    """By us, which is the first."""
    found = [missed_by(contender, place, times) for contender in contenders]
    for contender, missed in zip(contenders, found, strict=True):
        print(f"  {contender.name}: {missed} of {times} rewrites missed")
    return found[0]


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--alone", action="store_true", help="without the others")
    parser.add_argument("--times", type=int, default=TIMES)
    options = parser.parse_args()
    contenders = [ours(options.binary, environment={"BACKSTEP_KEEP_LAST": str(options.times)})]
    if not options.alone and not rsync().why_not():
        contenders.append(rsync())
    with tempfile.TemporaryDirectory(prefix="rewrites-") as scratch:
        print("where this machine keeps its files:")
        missed = missed_in(Path(scratch), contenders, options.times)
        try:
            disk = Disk(WHOLE_SECONDS, Path(scratch) / "disk")
        except NoDisk as reason:
            print(f"left out: {WHOLE_SECONDS.name}: {reason}")
        else:
            print(f"{WHOLE_SECONDS.name}:")
            missed += missed_in(disk.root, contenders, options.times)
            disk.remove()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
