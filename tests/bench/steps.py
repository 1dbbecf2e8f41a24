# SPDX-License-Identifier: Apache-2.0
"""What commands cost beyond themselves: a deploy that prints 1 GB, and 200 checks of one second each, 20
at a time."""

import statistics
from pathlib import Path

from contenders import Contender
from measuring import Cost, Measuring
from tree import Tree

GIGABYTE = 10**9
LINE = b"2026-01-01T00:00:00Z action_service step 17 of 23: pulling layer 4f6e0c done\n"
CHECKS = ("deploy: 'true'\nhealth_check: {baseline: false}\n"
          "each_service: {health_check: {test: sleep 1, retries: 1, start_period: 0s, min_healthy_time: 0s}}\n")


def median(costs: list[Cost]) -> float:
    return statistics.median(each.wall for each in costs)


class Steps:
    def __init__(self, contender: Contender, binary: str, scratch: Path, measuring: Measuring) -> None:
        self.contender, self.binary, self.measuring = contender, binary, measuring
        self.scratch = scratch

    def run(self, words: list[str], services: int, rounds: int, settings: str = "") -> list[Cost]:
        tree = Tree(self.scratch / f"steps-{services}", services)
        if not tree.root.exists():
            tree.make()
        (tree.root / "backstep.yml").write_text(settings)
        return [self.measuring.run(words, tree.root, self.contender.environment_in(tree.root))
                for _ in range(rounds)]

    def output(self) -> str:
        large = self.scratch / "large.txt"
        large.write_bytes(LINE * (GIGABYTE // len(LINE)))
        command = f"cat {large}"
        # Whoever reads a pipeline's log is a process at the other end of a pipe.
        ours = self.run(["sh", "-c", f"{self.binary} run --deploy '{command}' | cat >/dev/null"], 10, 3)
        alone = self.run(["sh", "-c", f"{command} | cat | cat >/dev/null"], 10, 3)
        large.unlink()
        return (f"A deploy that prints 1 GB: {median(ours):.0f} ms; with `cat` in our place "
                f"{median(alone):.0f} ms; peak {max(each.memory for each in ours):.1f} MB.")

    def checks(self) -> str:
        ours = self.run([self.binary, "run"], 200, 1, CHECKS)
        return (f"200 checks of 1 s, 20 at a time: {median(ours):.0f} ms, "
                f"peak {max(each.memory for each in ours):.1f} MB.")
