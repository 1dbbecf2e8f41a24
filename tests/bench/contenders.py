# SPDX-License-Identifier: Apache-2.0
"""What somebody would use instead, as they would write it into a pipeline, and the floor. Each works in
the root of a tree and keeps what it stores in `backups/` there."""

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
GENERATE = "cp -r next/. services"  # every script is written anew, few with another content
OURS, ORIGINAL, FLOOR, SAFE_FLOOR = "backstep", "Python original", "floor", "floor, as safe"
SCRIPT, SYNCED_SCRIPT = "cp -a", "cp -a, sync -f"


@dataclass
class Contender:
    """The texts may name {number}, of the backup that is made or restored, and {before}, the one before."""
    name: str
    backup: str
    restore: str
    verify: str = ""
    step: str = ""  # where it is not written by hand
    failed_step: str = ""
    setup: str = ""  # what is done once, by hand
    durable: str = "no"
    verifies: str = "no"
    program: str = ""  # that has to be installed
    most: int = 10_000  # services
    small: bool = True  # also where a deploy step is measured
    large: bool = True  # also with large files
    plain: bool = False  # stores the original's names
    environment: dict[str, str] = field(default_factory=dict)

    def why_not(self) -> str:
        if self.program and shutil.which(self.program) is None:
            return f"{self.program} is not installed"
        return ""

    def command(self, kind: str, number: int) -> list[str] | None:
        text = getattr(self, kind) or self.hand_written(kind)
        text = text.format(number=number, before=number - 1)
        if {";", "||"} & set(shlex.shlex(text, posix=True, punctuation_chars=True)):
            return ["sh", "-ec", text]
        return shlex.split(text) or None

    def hand_written(self, kind: str) -> str:
        """A backup, the generator, the deploy, and the way back where that fails."""
        if not kind.endswith("step"):
            return ""
        deploy = "/bin/false" if kind == "failed_step" else "/bin/true"
        return f"{self.backup}; {GENERATE}; {deploy} || {{{{ {self.restore}; }}}}"

    def environment_in(self, root: Path) -> dict[str, str]:
        given = {key: value.format(root=root) for key, value in self.environment.items()}
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TZ": "UTC", "HOME": str(root),
                "BACKSTEP_HEALTH_MIN_HEALTHY_TIME": "0s", **given}

    def prepare(self, root: Path) -> None:
        (root / "backups").mkdir()
        subprocess.run(["sh", "-ec", self.setup], cwd=root, env=self.environment_in(root), check=True,
                       stdout=subprocess.DEVNULL)


GIT = {"GIT_DIR": "{root}/backups/git", "GIT_WORK_TREE": "{root}", "GIT_CONFIG_NOSYSTEM": "1",
       "GIT_AUTHOR_NAME": "b", "GIT_AUTHOR_EMAIL": "b@localhost",
       "GIT_COMMITTER_NAME": "b", "GIT_COMMITTER_EMAIL": "b@localhost"}


def ours(binary: str, **more: dict[str, str]) -> Contender:
    run = f"{binary} run --generate '{GENERATE}' --rollback-command /bin/true --deploy"
    return Contender(OURS, f"{binary} backup", f"{binary} rollback --files-only --to latest",
                     f"{binary} verify", step=f"{run} /bin/true",
                     failed_step=f"{run} /bin/false || [ $? = 21 ]",  # rolled back, and no check is set
                     durable="yes", verifies="yes", plain=True, most=1_000_000, **more)


def rsync(exact: str = "") -> Contender:
    """Compares whole seconds, and so misses what changes within one, unless it is told to be exact."""
    return Contender(f"rsync -a --link-dest {exact}".strip(),
                     f"rsync -a {exact} --link-dest=../{{before}} services/ backups/{{number}}/",
                     f"rsync -a {exact} --delete backups/{{number}}/ services/", program="rsync", small=False)


def all_contenders(binary: str, floors: str) -> list[Contender]:
    """Ours first, then what it started from."""
    original = f"{sys.executable} {HERE / 'original.py'}"
    copy, back = "cp -a services backups/{number}", "cp -a backups/{number}/. services/"
    step = f"{floors} step sh -ec '{GENERATE}; /bin/true'"
    return [
        ours(binary),
        Contender(ORIGINAL, f"{original} backup", f"{original} rollback", plain=True),
        Contender(SCRIPT, copy, back),
        Contender(SYNCED_SCRIPT, f"{copy}; sync -f backups", f"{back}; sync -f services", durable="yes"),
        rsync("--modify-window=-1"),
        Contender("tar", "tar -cf backups/{number}.tar services", "tar -xf backups/{number}.tar",
                  small=False),
        # Garbage is not collected, or that would go on beside whoever is measured next.
        Contender("git", "git add -A services; git commit -q --allow-empty -m {number}",
                  "git reset -q --hard", "git fsck --full", setup="git init -q; git config gc.auto 0",
                  verifies="yes", program="git", small=False, environment=GIT),
        Contender(FLOOR, f"{floors} backup {{number}}", f"{floors} restore {{number}}", step=step,
                  durable="yes", plain=True, most=1_000_000),
        Contender(SAFE_FLOOR, f"{floors} safe-backup {{number}}", f"{floors} safe-restore {{number}}",
                  durable="yes", verifies="yes", plain=True, most=1_000_000,
                  large=False),  # it reads a file at once, which is the least for small ones alone
    ]
