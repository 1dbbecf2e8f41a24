#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a run costs beyond its commands: a deploy that does nothing, one that prints 1 GB, and 200
checks of one second each, 20 at a time.

    steps.py --binary build/release/backstep [--rounds 5]
"""

import statistics
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from harness.program import options_parser  # noqa: E402
from harness.running import environment  # noqa: E402
from measuring import Cost, Measuring  # noqa: E402
from tree import Tree  # noqa: E402

BUILD = Path(__file__).resolve().parent.parent.parent / "build"
GIGABYTE = 10**9
LINE = b"2026-01-01T00:00:00Z action_service step 17 of 23: pulling layer 4f6e0c done\n"


def median(costs: list[Cost]) -> float:
    return statistics.median(each.wall for each in costs)


class Steps:
    def __init__(self, scratch: Path, binary: str, rounds: int) -> None:
        self.scratch, self.binary, self.rounds = scratch, binary, rounds
        self.measuring = Measuring(scratch)

    def tree(self, name: str, services: int) -> Tree:
        tree = Tree(self.scratch / name, services)
        tree.make()
        return tree

    def run(self, words: list[str], root: Path) -> Cost:
        return self.measuring.run(words, root, environment(root))

    def nothing(self) -> None:
        tree = self.tree("nothing", 10)
        ours = [self.run([self.binary, "run", "--deploy", "true"], tree.root)
                for _ in range(4 * self.rounds)]
        shell = [self.run(["sh", "-c", "true"], tree.root) for _ in range(4 * self.rounds)]
        print(f"run of a deploy that does nothing, 10 services: {median(ours):.1f} ms, "
              f"the command alone {median(shell):.1f} ms")

    def output(self) -> None:
        tree = self.tree("output", 10)
        large = tree.root / "large.txt"
        large.write_bytes(LINE * (GIGABYTE // len(LINE)))
        command = "cat large.txt"
        quiet = [self.binary, "run", "--deploy", command]
        # Whoever reads a pipeline's log is a process at the other end of a pipe.
        ours, alone = [], []
        for _ in range(self.rounds):
            ours.append(self.run(["sh", "-c", f"{' '.join(quiet[:3])} '{command}' | cat >/dev/null"],
                                 tree.root))
            alone.append(self.run(["sh", "-c", f"{command} | cat | cat >/dev/null"], tree.root))
        print(f"deploy that prints 1 GB: {median(ours):.0f} ms, cat {median(alone):.0f} ms: "
              f"{median(ours) / median(alone):.2f}x; "
              f"peak {max(each.memory for each in ours):.1f} MB")

    def checks(self) -> None:
        tree = self.tree("checks", 200)
        (tree.root / "backstep.yml").write_text(
            "deploy: 'true'\nhealth_check: {baseline: false}\n"
            "each_service: {health_check: {test: sleep 1, retries: 1, start_period: 0s}}\n")
        ours = [self.run([self.binary, "run"], tree.root) for _ in range(self.rounds)]
        print(f"200 checks of 1 s, 20 at a time: {median(ours):.0f} ms, "
              f"peak {max(each.memory for each in ours):.1f} MB")


def main() -> int:
    parser = options_parser(__doc__, BUILD / "release" / "backstep")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--directory", type=Path, default=BUILD)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="steps-", dir=options.directory) as scratch:
        steps = Steps(Path(scratch), options.binary, options.rounds)
        steps.nothing()
        steps.output()
        steps.checks()
    return 0


if __name__ == "__main__":
    sys.exit(main())
