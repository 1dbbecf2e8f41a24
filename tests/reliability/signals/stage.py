# SPDX-License-Identifier: Apache-2.0
"""A workspace whose commands say where they are, and wait there when they are told to.

Each command is `sh step.sh NAME`. It notes its name; the n-th one named NAME waits if `hold` holds
"NAME n", and says so through a fifo, with a child in a session of its own to be found afterwards.
Where a file `signals` names a signal, it then sends that to the program, its keeper's parent.
"""

import os
import select
import shutil
import subprocess
import time
from pathlib import Path

from tracing import environment
from workspace import FRESH, FileSet, Workspace, entrypoint, script, stored_name

PATIENCE = 20.0

OLD: FileSet = {
    entrypoint("action_service"): script(0o755, "old action", 200),
    entrypoint("central_sequence_service"): script(0o700, "old central", 300_000),
    entrypoint("typesense_client_service"): script(0o644, "old typesense", 9_000),
    "compose.yml": script(0o640, "old compose", 100),
}
NEW: FileSet = {
    entrypoint("action_service"): script(0o750, "new action", 210),
    entrypoint("added_service"): script(0o755, "new added", 150),
    entrypoint("central_sequence_service"): script(0o755, "new central", 290_000),
    entrypoint("typesense_client_service"): script(0o755, "new typesense", 9_500),
    "compose.yml": script(0o644, "new compose", 120),
}
LOCK = "backups/.backstep/lock"

STEPS = """\
name=$1
echo "$name" >>steps
number=$(grep -cx "$name" steps)
if [ "$name" = generate ]; then {moves}; fi
if [ "$(cat hold)" = "$name $number" ]; then
  [ ! -e stubborn ] || trap '' TERM HUP
  setsid tail -f /dev/null &
  echo "$name $number" >reached
  program=$(sed -n 's/^PPid:\t//p' "/proc/$PPID/status")
  [ ! -e signals ] || ! grep -q '^backstep' "/proc/$program/comm" ||
    kill -"$(cat signals)" "$program"
  exec tail -f /dev/null
fi
if [ "$name" = check ]; then exec grep -q "$(cat healthy)" {probed}; fi
"""

# Every file is read: what else is known of a young one depends on the kernel's tick.
CONFIG = """\
files: [compose.yml]
checksum: true
generate: [sh, step.sh, generate]
deploy: [sh, step.sh, deploy]
health_check: {test: [CMD, sh, step.sh, check], retries: 1, start_period: 0s, interval: 10ms}
rollback: {command: [sh, step.sh, rollback]}
retention: {keep_last: 1, keep_good: 1, keep_within: 0s}
lock_wait: 1m
"""


class Stage(Workspace):
    """`healthy` is the word that the check looks for: "old" fails every new version."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, "")
        self.reached = root / "reached"

    def set(self, healthy: str = "old", live: FileSet | None = None) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        self.write(OLD if live is None else live)
        (self.root / "services/added_service").mkdir(exist_ok=True)
        self.write({f"{FRESH}/{stored_name(path)}": state for path, state in NEW.items()})
        (self.root / "backstep.yml").write_text(CONFIG)
        moves = "; ".join(f"cp -p {FRESH}/{stored_name(path)} {path}" for path in NEW)
        (self.root / "generate.sh").write_text(f"{moves}\n")
        steps = STEPS.format(moves=moves, probed=entrypoint("action_service"))
        (self.root / "step.sh").write_text(steps)
        (self.root / "healthy").write_text(healthy)
        (self.root / "steps").touch()
        self.hold("")

    def hold(self, step: str) -> None:
        (self.root / "hold").write_text(step)

    def steps(self) -> list[str]:
        return (self.root / "steps").read_text().split()

    def live(self) -> FileSet:
        """The tracked files and what lies among the services; not the stage's own properties."""
        return {path: state for path, state in super().live().items()
                if path.startswith("services/") or path in OLD}

    def start(self, binary: str, arguments: list[str], owner: str = "") -> subprocess.Popen[str]:
        named = {"BACKSTEP_OWNER": owner} if owner else {}
        return subprocess.Popen([binary, *arguments], cwd=self.root, start_new_session=True,
                                env=environment(self.root) | named,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)

    def call(self, binary: str, arguments: list[str],
             owner: str = "") -> subprocess.CompletedProcess[str]:
        process = self.start(binary, arguments, owner)
        output, _ = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, output, "")

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


def wait_readable(descriptor: int) -> bool:
    """A word is there. The end of a fifo that nobody has opened yet is not told by poll."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if any(events & select.POLLIN for _, events in poll.poll(100)):
            return True
    return False
