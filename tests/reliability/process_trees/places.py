# SPDX-License-Identifier: Apache-2.0
"""Where the program runs: as root on the host, as process 1 of a container's namespaces, and as a
user without any capability. In each an earlier deploy has left a daemon behind, the decoy."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from harness.files import entrypoint, script
from harness.running import PATIENCE, run, start, wait_until
from harness.tree import Tree
from tagged import VARIABLE, children_of, find_tagged

USER = 1000
AS_USER = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups",
           "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]
AS_PROCESS_1 = ["unshare", "--pid", "--mount", "--fork", "--mount-proc", "--kill-child"]
DECOY = "setsid sleep 1000 >/dev/null 2>&1 &"
RESULTS = ("began", "grown", "checked", "after")


class NotSeen(Exception):
    """The tree had not grown in time, or the program was gone before it was seen or stopped."""


class CannotPrepare(Exception):
    pass


@dataclass(frozen=True)
class Place:
    name: str
    wrapper: tuple[str, ...]
    user: int = 0

    @property
    def is_process_1(self) -> bool:
        return "--pid" in self.wrapper


PLACES = [Place("host, root", ()), Place("process 1", tuple(AS_PROCESS_1)),
          Place("uid 1000", tuple(AS_USER), USER)]


def why_not(place: Place) -> str:
    if not place.wrapper:
        return ""
    if shutil.which(place.wrapper[0]) is None:
        return f"{place.wrapper[0]} is not installed here"
    ended = subprocess.run([*place.wrapper, "true"], check=False, capture_output=True, text=True)
    return "" if ended.returncode == 0 else f"not permitted here: {ended.stderr.strip()}"


class Site(Tree):
    """A workspace in one place, with its decoy; used for one run after the other."""

    def __init__(self, root: Path, place: Place, binary: str, tag: str) -> None:
        super().__init__(root)
        self.place, self.binary, self.decoy_tag = place, binary, tag
        self.write({entrypoint("action_service"): script("old")})
        shutil.copy(Path(__file__).with_name("hopper.py"), root)
        for path in (root, *root.rglob("*")):
            os.chown(path, place.user, place.user)
        if not place.is_process_1:
            self.deploy_decoy()

    def deploy_decoy(self) -> None:
        ended = run([*self.place.wrapper, self.binary, "run", "--deploy", DECOY], self.root,
                    {VARIABLE: self.decoy_tag}, PATIENCE)
        if ended.status != 0:
            raise CannotPrepare(f"the decoy's deploy exited with {ended.status}: {ended.said}")

    def start(self, arguments: list[str], tag: str) -> "subprocess.Popen[str]":
        for name in RESULTS:
            (self.root / name).unlink(missing_ok=True)
        command = [*self.place.wrapper, self.binary, *arguments]
        if self.place.is_process_1:
            # The decoy's run is its first child; then the program takes the shell's place.
            both = (f'{VARIABLE}={self.decoy_tag} "$0" run --deploy "{DECOY}" && '
                    f'{VARIABLE}={tag} exec "$0" "$@"')
            command = [*self.place.wrapper, "sh", "-c", both, self.binary, *arguments]
            tag = ""  # or `unshare` would be taken for one of the tree
        return start(command, self.root, {VARIABLE: tag})

    def program_of(self, process: "subprocess.Popen[str]") -> int:
        if not self.place.is_process_1:
            return process.pid
        wait_until(lambda: bool(children_of(process.pid)) or process.poll() is not None)
        found = children_of(process.pid)
        if not found:
            raise NotSeen("process 1 was gone before it was seen")
        return found[0]

    def has_decoy(self) -> bool:
        return bool(find_tagged(self.decoy_tag, self.binary))

    def instant(self, name: str) -> float | None:
        """When the command made that file, in the clock of time.time()."""
        try:
            return (self.root / name).stat().st_mtime
        except FileNotFoundError:
            return None
