# SPDX-License-Identifier: Apache-2.0
"""What somebody would use instead, as they would use it, and the floors. Each works in the root of a
tree and keeps what it stores in `backups/` there."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
Command = list[str]


def shell(text: str) -> Command:
    return ["sh", "-ec", text]


@dataclass
class Contender:
    name: str
    durable: str = "no"
    verifies: str = "no"
    program: str = ""  # that has to be installed
    largest: int = 1_000_000  # number of services
    huge: bool = True  # also with files of megabytes
    plain: bool = False  # stores the original's names
    floor: bool = False
    operations: tuple[str, ...] = ("backup", "restore")
    environment: dict[str, str] = field(default_factory=dict)

    def why_not(self) -> str:
        if self.program and shutil.which(self.program) is None:
            return f"{self.program} is not installed"
        return ""

    def environment_in(self, root: Path) -> dict[str, str]:
        given = {key: value.format(root=root) for key, value in self.environment.items()}
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", "HOME": str(root), **given}

    def prepare(self, root: Path) -> None:
        """What is done once, by hand."""
        (root / "backups").mkdir()
        for command in self.setup():
            subprocess.run(command, cwd=root, env=self.environment_in(root), check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def setup(self) -> list[Command]:
        return []

    def backup(self, number: int) -> Command:
        """The `number`th, from 1."""
        raise NotImplementedError

    def restore(self, number: int) -> Command:
        """The newest, which is the `number`th."""
        raise NotImplementedError

    def verify(self) -> Command | None:
        return None


@dataclass
class Ours(Contender):
    binary: str = ""

    def backup(self, number: int) -> Command:
        return [self.binary, "backup"]

    def restore(self, number: int) -> Command:
        return [self.binary, "rollback", "--files-only", "--to", "latest"]

    def verify(self) -> Command | None:
        return [self.binary, "verify"]


class Original(Contender):
    def backup(self, number: int) -> Command:
        return [sys.executable, str(HERE / "original.py"), "backup"]

    def restore(self, number: int) -> Command:
        return [sys.executable, str(HERE / "original.py"), "rollback"]


class Copy(Contender):
    def backup(self, number: int) -> Command:
        return ["cp", "-a", "services", f"backups/{number}"]

    def restore(self, number: int) -> Command:
        return ["cp", "-a", f"backups/{number}/.", "services/"]


class CopyAndSync(Copy):
    def backup(self, number: int) -> Command:
        return shell(f"cp -a services backups/{number}; sync -f backups")

    def restore(self, number: int) -> Command:
        return shell(f"cp -a backups/{number}/. services/; sync -f services")


class Rsync(Contender):
    def backup(self, number: int) -> Command:
        link = [f"--link-dest=../{number - 1}"] if number > 1 else []
        return ["rsync", "-a", *link, "services/", f"backups/{number}/"]

    def restore(self, number: int) -> Command:
        return ["rsync", "-a", "--delete", f"backups/{number}/", "services/"]


class Tar(Contender):
    def backup(self, number: int) -> Command:
        return ["tar", "-cf", f"backups/{number}.tar", "services"]

    def restore(self, number: int) -> Command:
        return ["tar", "-xf", f"backups/{number}.tar"]


class Git(Contender):
    def setup(self) -> list[Command]:
        # Or it would go on collecting garbage beside whoever is measured next.
        return [["git", "init", "-q"], ["git", "config", "gc.auto", "0"]]

    def backup(self, number: int) -> Command:
        return shell(f"git add -A services; git commit -q --allow-empty -m {number}")

    def restore(self, number: int) -> Command:
        return ["git", "reset", "-q", "--hard"]

    def verify(self) -> Command | None:
        return ["git", "fsck", "--full"]


class Restic(Contender):
    def setup(self) -> list[Command]:
        return [["restic", "-q", "init"]]

    def backup(self, number: int) -> Command:
        return ["restic", "-q", "backup", "services"]

    def restore(self, number: int) -> Command:
        return ["restic", "-q", "restore", "latest", "--target", "."]

    def verify(self) -> Command | None:
        return ["restic", "-q", "check", "--read-data"]


class Borg(Contender):
    def setup(self) -> list[Command]:
        return [["borg", "init", "-e", "none"]]

    def backup(self, number: int) -> Command:
        return ["borg", "create", f"::{number}", "services"]

    def restore(self, number: int) -> Command:
        return ["borg", "extract", f"::{number}"]

    def verify(self) -> Command | None:
        return ["borg", "check", "--verify-data"]


@dataclass
class Floor(Contender):
    binary: str = ""
    what: str = ""

    def backup(self, number: int) -> Command:
        to = [] if self.what == "list" else [f"backups/{number}"]
        return [self.binary, self.what, "services", *to]

    def restore(self, number: int) -> Command:
        if self.what == "list":
            return [self.binary, "list", "services"]
        return [self.binary, "back", "services", f"backups/{number}"]


GIT = {"GIT_DIR": "{root}/backups/git", "GIT_WORK_TREE": "{root}", "GIT_CONFIG_NOSYSTEM": "1",
       "GIT_AUTHOR_NAME": "b", "GIT_AUTHOR_EMAIL": "b@localhost",
       "GIT_COMMITTER_NAME": "b", "GIT_COMMITTER_EMAIL": "b@localhost"}
RESTIC = {"RESTIC_REPOSITORY": "{root}/backups/restic", "RESTIC_PASSWORD": "b"}
BORG = {"BORG_REPO": "{root}/backups/borg", "BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK": "yes"}


def all_contenders(binary: str, floors: str) -> list[Contender]:
    """Ours first, then what it started from."""
    return [
        Ours("backstep", durable="yes", verifies="yes", plain=True, binary=binary),
        Original("Python original", plain=True),
        Copy("cp -a", largest=10_000),
        CopyAndSync("cp -a, sync -f", durable="yes"),
        Rsync("rsync -a --link-dest", program="rsync"),
        Tar("tar"),
        Git("git", verifies="yes", program="git", largest=10_000, huge=False, environment=GIT),
        Restic("restic", durable="yes", verifies="yes", program="restic", largest=1_000, huge=False,
               environment=RESTIC),
        Borg("borg", durable="backup only", verifies="yes", program="borg", largest=1_000,
             huge=False, environment=BORG),
        Floor("floor: six calls a file", floor=True, binary=floors, what="files"),
        Floor("floor: packed", floor=True, binary=floors, what="packed", operations=("backup",)),
        Floor("floor: list only", floor=True, binary=floors, what="list"),
    ]
