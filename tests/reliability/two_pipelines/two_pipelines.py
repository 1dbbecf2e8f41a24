#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two pipelines, each an owner of its own, deploy to one store in turns: well, badly, stopped half
way, killed in any command, with `begin` and `finish`, one while the other runs. Whenever a call has
ended by itself and nobody's `begin` is open, the version lies there that was accepted last.

    two_pipelines.py --binary build/dev/backstep [--seeds 8] [--first 1]
"""

import argparse
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))

from harness.files import Files, differences, entrypoint, script  # noqa: E402
from harness.program import SHOWN, on_tmpfs, options_parser  # noqa: E402
from harness.running import HANG, end_of, start, wait_for_file  # noqa: E402
from harness.tree import Tree  # noqa: E402

STEPS = 14
SERVICES = ["action_service", "central_sequence_service", "typesense_client_service"]
HEALTHY = "! grep -q bad services/*/entrypoint.sh"
PHASES = ["generate", "deploy", "check", "rollback"]


class Violation(Exception):
    pass


def version(word: str) -> Files:
    return {entrypoint(service): script(word) for service in SERVICES}


def generator(word: str) -> str:
    return f"for s in services/*/; do printf '#!/bin/sh\\necho {word}\\n' >\"$s/entrypoint.sh\"; done"


class Together(Tree):
    """What the two have done so far, and what must lie there because of it."""

    aside = Tree.aside | {"reached"}

    def __init__(self, root: Path, binary: str, seed: int) -> None:
        super().__init__(root)
        self.binary, self.seed = binary, seed
        self.random = random.Random(seed)
        # On another commit nobody puts back what a killed generator left, for nothing is on record:
        # there no generator is killed.
        self.same_commit = seed % 2 == 1
        self.version = 0
        self.accepted = "v0"
        self.begun_by = ""  # whose `begin` is open
        self.story: list[str] = []
        self.write(version("v0"))

    def start(self, owner: str, arguments: list[str]) -> "subprocess.Popen[str]":
        commit = "aaaa" if self.same_commit else owner
        return start([self.binary, *arguments], self.root, {
            "GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": owner, "GITHUB_SHA": commit})

    def end(self, process: "subprocess.Popen[str]", *statuses: int) -> None:
        ended = end_of(process)
        if ended.status not in statuses:
            raise Violation(f"exit {ended.status}, not {statuses}: {ended.said}")

    def call(self, owner: str, arguments: list[str], *statuses: int) -> None:
        self.story.append(f"{owner} {arguments[0]}")
        self.end(self.start(owner, arguments), *statuses)

    def run_arguments(self, word: str, hang: str = "") -> list[str]:
        texts = {"generate": generator(word), "deploy": "true", "check": HEALTHY,
                 "rollback": "true"}
        if hang:
            before = f"{generator(word)}; " if hang == "generate" else ""
            texts[hang] = f"{before}{HANG}; {texts[hang]}"
        return ["run", "--generate", texts["generate"], "--deploy", texts["deploy"],
                "--health-check", texts["check"], "--rollback-command", texts["rollback"],
                "--check-baseline", "false", "--health-retries", "1", "--health-start-period", "0s",
                "--health-interval", "10ms", "--lock-wait", "50ms", "--keep-last", "3"]

    def next_word(self, kind: str) -> str:
        self.version += 1
        return f"{kind} v{self.version}"

    def reach(self, process: "subprocess.Popen[str]") -> None:
        if not wait_for_file(process, self.root / "reached"):
            process.kill()
            raise Violation(f"it did not hang: {end_of(process).said}")

    def good(self, owner: str) -> None:
        word = self.next_word("good")
        self.call(owner, self.run_arguments(word), 0)
        self.accepted = word

    def bad(self, owner: str) -> None:
        self.call(owner, self.run_arguments(self.next_word("bad")), 20)

    def half(self, owner: str) -> None:
        arguments = self.run_arguments(self.next_word("half"))
        arguments[2] = f"echo half >services/{SERVICES[1]}/entrypoint.sh; exit 7"
        self.call(owner, arguments, 5)

    def killed(self, owner: str) -> None:
        phase = self.random.choice(PHASES if self.same_commit else PHASES[1:])
        self.story.append(f"{owner} killed in {phase}")
        kind = "bad" if phase == "rollback" else self.random.choice(["good", "bad"])
        (self.root / "reached").unlink(missing_ok=True)
        process = self.start(owner, self.run_arguments(self.next_word(kind), phase))
        self.reach(process)
        process.kill()
        end_of(process)
        if not self.wait_for_lock():
            raise Violation("the lock is never free again")

    def overtaken(self, owner: str) -> None:
        """The other comes while this one deploys."""
        word = self.next_word("good")
        self.story.append(f"{owner} holds the store")
        (self.root / "reached").unlink(missing_ok=True)
        process = self.start(owner, self.run_arguments(word, "deploy")[:4]
                             + ["touch reached; until [ -e go ]; do sleep 0.02; done"]
                             + self.run_arguments(word)[5:])
        self.reach(process)
        other = "B" if owner == "A" else "A"
        self.call(other, self.run_arguments(self.next_word("bad")), 11)
        self.call(other, ["backup", "--lock-wait", "0s"], 11)
        (self.root / "go").touch()
        self.end(process, 0)
        (self.root / "go").unlink()
        self.accepted = word

    def begun(self, owner: str) -> None:
        self.call(owner, ["begin", "--health-check", HEALTHY, "--rollback-command", "true",
                          "--check-baseline", "false", "--lock-wait", "50ms"], 0)
        self.begun_by = owner
        self.begun_word = self.next_word(self.random.choice(["good", "bad"]))
        subprocess.run(["sh", "-c", generator(self.begun_word)], cwd=self.root, check=True)

    def finished(self) -> None:
        """First the other, who finds it guarded; then its owner, or somebody who recovers it."""
        owner, other = self.begun_by, "B" if self.begun_by == "A" else "A"
        self.call(other, self.run_arguments(self.next_word("bad")), 11)
        self.call(other, ["finish", "--status", "success"], 0)
        end = self.random.choice(["success", "failure", "recover"])
        if end == "recover":
            self.call(other, ["recover"], 20, 21)
        elif end == "success" and self.begun_word.startswith("good"):
            self.call(owner, ["finish", "--status", "success"], 0)
            self.accepted = self.begun_word
        else:
            self.call(owner, ["finish", "--status", end], 20, 21)
        self.begun_by = ""

    def step(self) -> bool:
        """True: all is settled now."""
        if self.begun_by:
            self.finished()
            return True
        owner = self.random.choice(["A", "B"])
        chosen = self.random.choice([self.good, self.bad, self.half, self.killed, self.killed,
                                     self.overtaken, self.begun])
        chosen(owner)
        return chosen not in (self.killed, self.begun)

    def check(self) -> None:
        found = differences("files", self.live(), version(self.accepted))
        if found:
            raise Violation("; ".join(found))

    def play(self) -> list[str]:
        try:
            self.good("A")
            for _ in range(STEPS):
                if self.step():
                    self.check()
            self.begun_by = ""
            self.call("A", ["recover"], 0, 20, 21)
            self.check()
            self.call("A", ["verify"], 0)
            return []
        except (Violation, OSError, subprocess.SubprocessError) as error:
            return [f"seed {self.seed}: {', then '.join(self.story)}: {error}"]


def play_all(options: argparse.Namespace, scratch: Path) -> int:
    begun = time.monotonic()

    def play(seed: int) -> tuple[int, list[str]]:
        together = Together(scratch / str(seed), options.binary, seed)
        violations = together.play()
        shutil.rmtree(scratch / str(seed), ignore_errors=True)
        return len(together.story), violations

    with ThreadPoolExecutor(2) as pool:
        played = list(pool.map(play, range(options.first, options.first + options.seeds)))
    violations = [each for _, found in played for each in found]
    print("\n".join(violations[:SHOWN]))
    print(f"{options.seeds} stories of {sum(calls for calls, _ in played)} calls, "
          f"{len(violations)} violations, {time.monotonic() - begun:.0f} s in all")
    return 1 if violations else 0


def main() -> int:
    parser = options_parser(__doc__)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=8)
    options = parser.parse_args()
    return on_tmpfs(lambda scratch: play_all(options, scratch))


if __name__ == "__main__":
    sys.exit(main())
