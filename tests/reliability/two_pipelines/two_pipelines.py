#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two pipelines, each an owner of its own, deploy to one store in turns: well, badly, stopped half
way, killed in any command, with `begin` and `finish`, one while the other runs. Whenever a call has
ended by itself and nobody's `begin` is open, the version lies there that was accepted last.

    two_pipelines.py --binary build/dev/backstep [--seeds 8] [--first 1]
"""

import argparse
import fcntl
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(1, str(Path(__file__).resolve().parent.parent / "crash"))

from scratch import find_tmpfs  # noqa: E402
from tracing import environment  # noqa: E402

SKIPPED = 125
LONGEST = 60
PATIENCE = 20.0
STEPS = 14
SERVICES = ["action_service", "central_sequence_service", "typesense_client_service"]
HANG = "[ -e reached ] || { touch reached; exec tail -f /dev/null; }"
HEALTHY = "! grep -q bad services/*/entrypoint.sh"
PHASES = ["generate", "deploy", "check", "rollback"]


class Violation(Exception):
    pass


def script(word: str) -> str:
    return f"#!/bin/sh\necho {word}\n"


def generator(word: str) -> str:
    return f"for s in services/*/; do printf '#!/bin/sh\\necho {word}\\n' >\"$s/entrypoint.sh\"; done"


class Together:
    """What the two have done so far, and what must lie there because of it."""

    def __init__(self, root: Path, binary: str, seed: int) -> None:
        self.root, self.binary, self.seed = root, binary, seed
        self.random = random.Random(seed)
        # On another commit nobody puts back what a killed generator left, for nothing is on record:
        # there no generator is killed.
        self.same_commit = seed % 2 == 1
        self.version = 0
        self.accepted = "v0"
        self.begun_by = ""  # whose `begin` is open
        self.story: list[str] = []
        for service in SERVICES:
            (root / "services" / service).mkdir(parents=True)
            (root / "services" / service / "entrypoint.sh").write_text(script("v0"))

    def environment(self, owner: str) -> dict[str, str]:
        return environment(self.root) | {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": owner,
                                         "GITHUB_SHA": "aaaa" if self.same_commit else owner}

    def start(self, owner: str, arguments: list[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen([self.binary, *arguments], cwd=self.root, text=True,
                                env=self.environment(owner), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def call(self, owner: str, arguments: list[str], *statuses: int) -> None:
        self.story.append(f"{owner} {arguments[0]}")
        process = self.start(owner, arguments)
        output = process.communicate(timeout=LONGEST)[0]
        if process.returncode not in statuses:
            raise Violation(f"exit {process.returncode}, not {statuses}: {output[-500:]}")

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
        deadline = time.monotonic() + PATIENCE
        while not (self.root / "reached").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise Violation(f"it did not hang: {process.communicate()[0][-500:]}")
            time.sleep(0.002)

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
        process.communicate()
        with open(self.root / "backups/.backstep/lock", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

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
        output = process.communicate(timeout=LONGEST)[0]
        (self.root / "go").unlink()
        if process.returncode != 0:
            raise Violation(f"the one overtaken: exit {process.returncode}: {output[-500:]}")
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
        for service in SERVICES:
            found = (self.root / "services" / service / "entrypoint.sh").read_text()
            if found != script(self.accepted):
                raise Violation(f"{service} is {found!r}, not {script(self.accepted)!r}")

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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, type=lambda path: str(Path(path).resolve(True)))
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=8)
    options = parser.parse_args()
    scratch_root = find_tmpfs()
    if scratch_root is None:
        print("skipped: no tmpfs to work on, and none can be mounted")
        return SKIPPED
    scratch = Path(tempfile.mkdtemp(dir=scratch_root, prefix="backstep-together-"))
    begun = time.monotonic()

    def play(seed: int) -> tuple[int, list[str]]:
        together = Together(scratch / str(seed), options.binary, seed)
        violations = together.play()
        shutil.rmtree(scratch / str(seed), ignore_errors=True)
        return len(together.story), violations

    try:
        with ThreadPoolExecutor(2) as pool:
            played = list(pool.map(play, range(options.first, options.first + options.seeds)))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    violations = [each for _, found in played for each in found]
    print("\n".join(violations[:12]))
    print(f"{options.seeds} stories of {sum(calls for calls, _ in played)} calls, "
          f"{len(violations)} violations, {time.monotonic() - begun:.0f} s in all")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
