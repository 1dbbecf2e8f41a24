# SPDX-License-Identifier: Apache-2.0
"""What a command may grow into: each as shell text, which makes the file `grown` once all of it is
there."""

from collections.abc import Iterable
from dataclasses import dataclass

STAY = "sleep 1000"
GROWN = ": >grown"


@dataclass(frozen=True)
class Shape:
    name: str
    text: str
    processes: int  # at least so many at once: the counting must be able to see them
    needs_grace: bool = False  # TERM does not end it
    slow: bool = False         # takes a while to grow
    ends_itself: bool = False  # the command is over at once, and what it left holds its output


SHAPES = [
    Shape("plain", f"{GROWN}; exec {STAY}", 1),
    Shape("a; true", f"{GROWN}; {STAY}; true", 2),
    Shape("a & b & wait", f"{STAY} & {STAY} & {GROWN}; wait", 3),
    Shape("ignores TERM", f"trap '' TERM INT HUP; setsid {STAY} & {GROWN}; {STAY}; {STAY}", 3,
          needs_grace=True),
    Shape("stops itself", f"{GROWN}; kill -STOP $$; {STAY}", 1),
    Shape("floods", f"{GROWN}; exec yes", 1),
    Shape("closes its output", f"exec >&- 2>&-; {GROWN}; {STAY}", 1),
    Shape("setsid grandchild", f"setsid {STAY} & {GROWN}; {STAY}", 3),
    Shape("leaves a child", f"setsid {STAY} & {GROWN}", 1, ends_itself=True),
    Shape("double fork, setsid twice",
          f"(setsid sh -c '(setsid {STAY} &); exec setsid {STAY}' &); {GROWN}; {STAY}", 3),
    Shape("300 x setsid", f"i=0; while [ $i -lt 300 ]; do setsid {STAY} & i=$((i + 1)); done; "
                          f"{GROWN}; wait", 300, slow=True),
    Shape("hopper", f"python3 hopper.py & {GROWN}; {STAY}", 2, needs_grace=True),
]


def unseen(counts: Iterable[tuple[Shape, int]]) -> list[str]:
    """A tree that was never seen as it is says nothing by not being seen afterwards."""
    most: dict[Shape, int] = {}
    for shape, count in counts:
        most[shape] = max(most.get(shape, 0), count)
    return [f"{shape.name}: at most {count} processes were seen, not {shape.processes}"
            for shape, count in most.items() if count < shape.processes]
