# SPDX-License-Identifier: Apache-2.0
"""A workspace whose commands say where they are, and wait there when they are told to.

Each command is `sh step.sh NAME`. It notes its name; the n-th one named NAME waits if `hold` holds
"NAME n", and says so through a fifo, with a child in a session of its own to be found afterwards.
Where a file `signals` names a signal, it then sends that to the program, its keeper's parent.
"""

import os
import select
import subprocess
import time
from pathlib import Path

from harness.files import Files, entrypoint, script
from harness.running import PATIENCE, Ended, end_of, start
from harness.tree import FRESH, Tree

OLD: Files = {
    entrypoint("action_service"): script("old action", 0o755, 200),
    entrypoint("central_sequence_service"): script("old central", 0o700, 300_000),
    entrypoint("typesense_client_service"): script("old typesense", 0o644, 9_000),
    "compose.yml": script("old compose", 0o640, 100),
}
NEW: Files = {
    entrypoint("action_service"): script("new action", 0o750, 210),
    entrypoint("added_service"): script("new added", 0o755, 150),
    entrypoint("central_sequence_service"): script("new central", 0o755, 290_000),
    entrypoint("typesense_client_service"): script("new typesense", 0o755, 9_500),
    "compose.yml": script("new compose", 0o644, 120),
}

STEPS = """\
name=$1
echo "$name" >>steps
number=$(grep -cx "$name" steps)
if [ "$name" = generate ]; then sh generate.sh; fi
if [ "$(cat hold)" = "$name $number" ]; then
  [ ! -e stubborn ] || trap '' TERM HUP
  setsid tail -f /dev/null &
  echo "$name $number" >reached
  program=$(sed -n 's/^PPid:\t//p' "/proc/$PPID/status")
  [ ! -e signals ] || ! grep -q '^backstep' "/proc/$program/comm" ||
    kill -"$(cat signals)" "$program"
  exec tail -f /dev/null
fi
if [ "$name" = check ]; then exec grep -q "$(cat healthy)" services/action_service/entrypoint.sh; fi
"""

CONFIG = """\
files: [compose.yml]
generate: [sh, step.sh, generate]
deploy: [sh, step.sh, deploy]
health_check: {test: [CMD, sh, step.sh, check], retries: 1, start_period: 0s, interval: 10ms}
rollback: {command: [sh, step.sh, rollback]}
retention: {keep_last: 1, keep_good: 1, keep_within: 0s}
lock_wait: 1m
"""


def read_all(arguments: list[str]) -> list[str]:
    """Every file is read: what else is known of a young one depends on the kernel's tick."""
    return arguments if arguments[0] == "verify" else [*arguments, "--checksum"]


class Stage(Tree):
    """`healthy` is the word that the check looks for: "old" fails every new version."""

    aside = Tree.aside | {"generate.sh", "step.sh", "healthy", "steps", "hold", "reached", "signals",
                          "stubborn"}

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.reached = root / "reached"

    def set(self, healthy: str = "old", live: Files | None = None) -> None:
        self.clear()
        self.write(OLD if live is None else live)
        (self.root / "services/added_service").mkdir(exist_ok=True)
        (self.root / "backstep.yml").write_text(CONFIG)
        (self.root / "generate.sh").write_text(self.write_generator(Path(FRESH), NEW))
        (self.root / "step.sh").write_text(STEPS)
        (self.root / "healthy").write_text(healthy)
        (self.root / "steps").touch()
        self.hold("")

    def hold(self, step: str) -> None:
        (self.root / "hold").write_text(step)

    def steps(self) -> list[str]:
        return (self.root / "steps").read_text().split()

    def start(self, binary: str, arguments: list[str], owner: str = "") -> "subprocess.Popen[str]":
        named = {"BACKSTEP_OWNER": owner} if owner else {}
        return start([binary, *read_all(arguments)], self.root, named, new_session=True)

    def call(self, binary: str, arguments: list[str], owner: str = "") -> Ended:
        return end_of(self.start(binary, arguments, owner), PATIENCE)

    def stop_itself(self, step: str, name: str) -> None:
        """The program gets the signal from the command itself: always at the same moment."""
        self.hold(step)
        (self.root / "signals").write_text(name)
        (self.root / "reached").unlink(missing_ok=True)

    def open_reached(self) -> int:
        """Before the command starts: the read end of the fifo that the held command writes to."""
        self.reached.unlink(missing_ok=True)
        os.mkfifo(self.reached)
        return os.open(self.reached, os.O_RDONLY | os.O_NONBLOCK)


def stages(scratch: Path, jobs: int) -> list[Stage]:
    return [Stage(scratch / f"job{job}" / "workspace") for job in range(jobs)]


def wait_readable(descriptor: int) -> bool:
    """A word is there. The end of a fifo that nobody has opened yet is not told by poll."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if any(events & select.POLLIN for _, events in poll.poll(100)):
            return True
    return False
