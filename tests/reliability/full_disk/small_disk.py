# SPDX-License-Identifier: Apache-2.0
"""A workspace on a disk of a few KiB: a tmpfs, mounted where nobody else sees it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "crash"))

from workspace import (  # noqa: E402  (what a file is, and how it is read without the program)
    FileSet,
    entrypoint,
    read_file,
    read_files,
    script,
    write_files,
)

PAGE = 4096
PRIVATE = "BACKSTEP_TROUBLE_MOUNTS"
PLENTY = 1 << 20
TAKEN = "taken"

OLD: FileSet = {
    entrypoint("action_service"): script(0o755, "old action", 300),
    entrypoint("central_service"): script(0o750, "old central", 9_000),
    "compose.yml": script(0o640, "old compose", 5_000),
}
NEW: FileSet = {
    entrypoint("action_service"): script(0o755, "new action", 310),
    entrypoint("added_service"): script(0o755, "new added", 4_500),
    entrypoint("central_service"): script(0o755, "new central", 8_500),
    "compose.yml": script(0o644, "new compose", 6_000),
}


def start_again_in_private_mounts() -> str:
    """This very call once more where what it mounts vanishes with it. Returns why it cannot."""
    if os.environ.get(PRIVATE):
        return ""
    if shutil.which("unshare") is None or os.geteuid() != 0:
        return "only root may mount, and needs unshare for it"
    probe = ["unshare", "--mount", "sh", "-ec", "mount -t tmpfs none /mnt"]
    if subprocess.run(probe, check=False, capture_output=True).returncode != 0:
        return "mounting is not permitted here"
    os.environ[PRIVATE] = "1"
    os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])
    return "not reached"


class SmallDisk:
    """Mounted at `place`; unmounted at the end of the block."""

    def __init__(self, place: Path, size: int) -> None:
        self.place = place
        self.size = size

    def __enter__(self) -> "SmallDisk":
        self.place.mkdir(parents=True, exist_ok=True)
        # size=0 would be a disk without a limit.
        self._mount("-t", "tmpfs", "-o", f"size={max(self.size, PAGE)},mode=755", "tmpfs")
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "-l", self.place], check=True)

    def grow(self) -> None:
        self._mount("-o", f"remount,size={PLENTY}")

    def leave_free(self, free: int) -> None:
        """All but `free` bytes are taken, by a file of its own."""
        at = os.statvfs(self.place)
        with open(self.place / TAKEN, "wb") as file:
            file.write(b"x" * max(0, at.f_bavail * at.f_frsize - free))

    def _mount(self, *arguments: str) -> None:
        subprocess.run(["mount", *arguments, self.place], check=True)


class Tree:
    """The workspace, and the next version beside it on a disk that is large enough."""

    def __init__(self, root: Path, fresh: Path, store: Path, binary: str) -> None:
        self.root = root
        self.fresh = fresh
        self.store = store
        self.binary = binary
        self.said = ""

    def make(self) -> None:
        write_files(self.root, OLD)
        (self.root / "services/added_service").mkdir(exist_ok=True)
        shutil.rmtree(self.fresh, ignore_errors=True)
        write_files(self.fresh, NEW)
        # Renamed into place, so that what is torn was torn by the program under test.
        steps = [f"cp -p {self.fresh}/{path} {path}.fresh && mv {path}.fresh {path} || "
                 f"{{ rm -f {path}.fresh; exit 1; }}" for path in NEW]
        (self.fresh / "generate.sh").write_text("\n".join(steps) + "\n")

    def call(self, *arguments: str) -> int:
        """The output goes to a pipe: no disk is needed for it."""
        environment = {"PATH": "/usr/bin:/bin", "HOME": "/", "BACKSTEP_FILES": "compose.yml",
                       "BACKSTEP_BACKUPS_DIR": str(self.store), "LANG": "C.UTF-8"}
        ended = subprocess.run([self.binary, *arguments], cwd=self.root, env=environment, timeout=60,
                               capture_output=True, text=True, check=False)
        self.said = ended.stdout + ended.stderr
        return ended.returncode

    def run(self, deploy: str) -> int:
        return self.call("run", "--generate", f"sh {self.fresh}/generate.sh", "--deploy", deploy,
                         "--rollback-command", "true", "--health-check", "true")

    def generate(self) -> None:
        subprocess.run(["sh", self.fresh / "generate.sh"], cwd=self.root, check=True)

    def live(self) -> FileSet:
        """Every file of the workspace: one of ours that was left over is a difference."""
        files = {f"services/{path}": state
                 for path, state in read_files(self.root / "services").items()}
        for path in self.root.iterdir():
            if path.is_file() and path.name != TAKEN:
                files[path.name] = read_file(str(path))
        return files

    def has_journal(self) -> bool:
        return (self.store / ".backstep/journal.json").exists()
